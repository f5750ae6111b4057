package report

import (
	"bytes"
	"flag"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"stealbench/internal/recording"
)

var update = flag.Bool("update", false, "rewrite testdata/page.golden")

// evil is what a text would be that wants to be more than text.
const evil = `</script><script>alert("x")</script><img src=https://example.org/x.png>&'"`

// synthetic is a recording of one workload, with cells that differ a little.
func synthetic(dir string, variants ...string) *recording.Recording {
	rec := &recording.Recording{Dir: dir, Variants: variants, Complete: true, Done: 4, Planned: 4,
		Keys: []recording.Key{{Name: "cpu", Value: evil}, {Name: "cpus", Value: "2"}, {Name: "rules", Value: "estimate: shared host"}}}
	for cell := range 4 {
		c := recording.CellData{Cell: recording.Cell{Workload: "fib", Size: "default", Workers: 1 + cell%2, Layout: cell / 2}, Blocks: map[string][]recording.Block{}}
		for i, v := range variants {
			ns := 20 + float64(cell)/8 + float64(i)
			c.Blocks[v] = []recording.Block{{Slots: 10, Values: []recording.Value{{Unit: recording.NsPerTask, V: ns},
				{Unit: recording.XBase, V: 1 + float64(i)/16 + float64(cell)/256}, {Unit: recording.TasksPerOp, V: 100}}}}
		}
		rec.Cells = append(rec.Cells, c)
	}
	return rec
}

// sample is one of everything, and texts that must be escaped.
func sample() Input {
	return Input{
		Claims: []Claim{
			{"1", "agrees", "Sharing is slow " + evil, "it is slower by 30 % " + evil, "slower by 160 % [130, 194]", "plots/figures/16cpu/workers", "results/a, results/b", "make bench", "5"},
			{"", "", "where it ends", "", "", "3.11", "", "make grain", "2"},
		},
		Figures:    []Figure{{"plots/figures/16cpu/workers", "Time " + evil, "results/a", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)}},
		Recordings: []*recording.Recording{synthetic("results/a", "chaselev", "twin", "nometrics", "sharedline"), synthetic("results/b", "chaselev")},
	}
}

func written(t *testing.T, in Input) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestGolden compares the page, but for its styles and scripts, with testdata/page.golden.
func TestGolden(t *testing.T) {
	page := written(t, sample())
	if again := written(t, sample()); again != page {
		t.Error("the page differs on the second writing")
	}
	for _, re := range []string{`(?s)<style>.*?</style>\n`, `(?s)<script>.*?</script>\n`, `'sha256-[^']*'|&#39;sha256-.*?&#39;`} {
		page = regexp.MustCompile(re).ReplaceAllString(page, "")
	}
	golden := filepath.Join("testdata", "page.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if page == string(want) {
		return
	}
	got, wants := strings.Split(page, "\n"), strings.Split(string(want), "\n")
	for i, line := range got {
		if i >= len(wants) || line != wants[i] {
			t.Fatalf("%s:%d: got %q: if that is meant, go test ./internal/report -update", golden, i+1, line)
		}
	}
	t.Fatalf("%s: the page ends after %d lines, want %d", golden, len(got), len(wants))
}

var (
	// fetchRE finds what a browser would fetch; a place in the page or data: it need not.
	fetchRE = regexp.MustCompile(`(?i)(?:\b(?:src|href|srcset|action|poster|xlink:href)\s*=\s*["']?|url\(\s*["']?|@import\s*["']?)(?:https?:|//|file:|[./\w-]+\.\w)`)
	httpRE  = regexp.MustCompile(`https?://[^"'\\<)\s]*`)
)

// TestFetchesNothing: no address but the namespaces of SVG, and none that is fetched.
func TestFetchesNothing(t *testing.T) {
	in := sample()
	in.Claims[0].Statement, in.Claims[0].Test, in.Figures[0].Caption = "plain", "plain", "plain"
	in.Recordings[0].Keys, in.Recordings[1].Keys = nil, nil
	page := written(t, in)
	if m := fetchRE.FindString(page); m != "" {
		t.Errorf("the page fetches %q", m)
	}
	for _, m := range httpRE.FindAllString(page, -1) {
		if m != "http://www.w3.org/2000/svg" {
			t.Errorf("the page names %s", m)
		}
	}
	if !fetchRE.MatchString(`<img src="https://example.org/x.png">`) || !fetchRE.MatchString(`<script src=x.js>`) || !fetchRE.MatchString(`url(x.woff2)`) {
		t.Error("the check finds no fetch at all")
	}
}

// TestEscapes: a text stays a text.
func TestEscapes(t *testing.T) {
	page := written(t, sample())
	for _, bad := range []string{"<img src=https", `<script>alert`} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q from a text", bad)
		}
	}
	if got := strings.Count(page, "<script"); got != 2 {
		t.Errorf("got %d scripts, want data and code", got)
	}
}

// TestCommittedPage: of the repository's own paper and figures.
func TestCommittedPage(t *testing.T) {
	const top = "../.."
	documents := []string{"paper.md", "README.md", "PERFORMANCE.md"}
	figures, err := Figures(top, documents)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(top, "plots", "figures", "*.svg"))
	if err != nil {
		t.Fatal(err)
	}
	deeper, err := filepath.Glob(filepath.Join(top, "plots", "figures", "*", "*.svg"))
	if err != nil {
		t.Fatal(err)
	}
	deepest, err := filepath.Glob(filepath.Join(top, "plots", "figures", "*", "*", "*.svg"))
	if err != nil {
		t.Fatal(err)
	}
	if len(figures) != len(files)+len(deeper)+len(deepest) || len(deeper) == 0 {
		t.Errorf("got %d figures, want the %d of plots/figures and the %d and %d of its folders", len(figures), len(files), len(deeper), len(deepest))
	}
	page := html.UnescapeString(written(t, Input{Figures: figures, Recordings: sample().Recordings}))
	for _, f := range figures {
		if f.Caption == "" || f.Recording == "" || !strings.Contains(page, `src="`+string(f.URL())+`"`) {
			t.Errorf("%s: caption %q, recording %q: want both, and the figure in the page", f.Path, f.Caption, f.Recording)
		}
	}
}

func TestFigureShownNowhere(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"paper.md": "# Nothing\n", "plots/figures/lost.svg": "<svg/>"} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, err := Figures(dir, []string{"paper.md"})
	if want := "plots/figures/lost.svg: is shown in none of paper.md"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
}

func TestNoRecordings(t *testing.T) {
	empty := synthetic("results/a", "chaselev")
	empty.Cells = nil
	for want, recs := range map[string][]*recording.Recording{"name folders of results/": nil, "results/a: has no cells": {empty}} {
		var b bytes.Buffer
		if err := Write(&b, Input{Recordings: recs}); err == nil || !strings.Contains(err.Error(), want) || b.Len() > 0 {
			t.Errorf("got %v and %d bytes, want an error that says %q", err, b.Len(), want)
		}
	}
}
