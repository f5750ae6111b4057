package paper

import (
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stealbench/internal/analysis"
	"stealbench/internal/counts"
	"stealbench/internal/recording"
)

var update = flag.Bool("update", false, "write testdata/golden.md")

var variants = []string{"chaselev", "twin", "nometrics", "batchless", "sharedline"}

// root makes results/one with fib on 1 and 2 workers and results/bare with
// the base only, and returns the folder that holds results.
func root(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "results/one"), variants, 8, 1, 2)
	write(t, filepath.Join(dir, "results/bare"), []string{"chaselev"}, 1, 1, 2)
	write(t, filepath.Join(dir, "results/wide"), variants, 8, 1, 2, 4, 8)
	writeCounts(t, filepath.Join(dir, "results/one-counts"))
	writeOpen(t, filepath.Join(dir, "results/open"))
	return dir
}

// writeCounts counts 2 events a task of fib, on the variants that the model asks for.
func writeCounts(t *testing.T, dir string) {
	t.Helper()
	var all []*counts.Count
	for variant, locked := range map[string]int64{"chaselev": 102, "nometrics": 100, "batchless": 300, "sharedline": 300} {
		c := &counts.Count{Spec: counts.Spec{Variant: variant, Workload: "fib", Size: "small", Runs: 1}, Report: counts.Report{Tasks: 100}, Locked: locked}
		c.Groups[counts.Metrics] = locked - 100
		all = append(all, c)
	}
	if err := counts.Write(dir, nil, all); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, dir string, variants []string, cells int, workers ...int) {
	t.Helper()
	keys := []recording.Key{{Name: "cpu", Value: "EPYC | 7B13 <x>"}, {Name: "cpus", Value: "8"}, {Name: "commit", Value: "1a2b3c4"},
		{Name: "rules", Value: "estimate (one linker layout instead of 8)"},
		{Name: "rmw-private", Value: "2.4 ns"}, {Name: "rmw-shared", Value: "20.0 ns"}, {Name: "core-to-core", Value: "60.0 ns"}}
	w, err := recording.Create(dir, keys, variants, len(workers)*cells)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, n := range workers {
		for i := range cells {
			blocks := map[string][]recording.Block{}
			noise := []float64{-0.001, 0, 0.001, 0}[i%4]
			for _, v := range variants {
				x := math.Exp(map[string]float64{"twin": noise, "nometrics": -0.05 + noise/4, "batchless": noise / 2,
					"sharedline": float64(n)*0.4 + noise/3}[v])
				blocks[v] = []recording.Block{{Slots: 9, Values: []recording.Value{
					{Unit: recording.NsPerTask, V: 20 * x}, {Unit: recording.XBase, V: x}, {Unit: recording.TasksPerOp, V: 100}}}}
			}
			if err := w.WriteCell(recording.Cell{Workload: "fib", Size: "default", Workers: n, Layout: i}, blocks); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Finish(); err != nil {
		t.Fatal(err)
	}
}

// writeOpen makes a recording of an open loop, in which sharedline's queue grows and the
// tail is noise.
func writeOpen(t *testing.T, dir string) {
	t.Helper()
	const cells = 8
	w, err := recording.Create(dir, nil, variants, cells)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for i := range cells {
		blocks := map[string][]recording.Block{}
		noise := []float64{-1, 0, 1, 0}[i%4]
		for _, v := range variants {
			b := recording.Block{Slots: 9, Values: []recording.Value{
				{Unit: recording.NsPerTask, V: 3000}, {Unit: recording.XBase, V: 1}, {Unit: recording.TasksPerOp, V: 100},
				{Unit: recording.Arrivals, V: 612345}, {Unit: recording.LateNs, V: 120}, {Unit: recording.BehindSlots, V: map[string]float64{"sharedline": 9}[v]}}}
			for k, q := range analysis.Quantiles {
				x := map[string]float64{"twin": 0.01, "nometrics": -0.002, "batchless": 0.05, "sharedline": 0.7}[v]
				if v == "twin" {
					x *= noise * float64(1+3*k)
				}
				b.Values = append(b.Values, recording.Value{Unit: q.Unit, V: float64(int(1500 * math.Exp(float64(k)+x)))})
			}
			blocks[v] = []recording.Block{b}
		}
		if err := w.WriteCell(recording.Cell{Workload: "open_95", Size: "default", Workers: 1, Layout: i}, blocks); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Finish(); err != nil {
		t.Fatal(err)
	}
}

const page = "# Title <!-- a comment -->\n" +
	"<!-- recording=results/one -->\n" +
	"It is <!-- n:delta(fib,2,sharedline) -->?<!-- /n -->; <!-- n:delta(fib, 2, batchless) --><!-- /n -->;\n" +
	"<!-- n:removed(fib,2,sharedline) --><!-- /n -->; <!-- n:removed(fib,2,batchless) --><!-- /n -->;\n" +
	"<!-- n:overhead(fib,2,sharedline) --><!-- /n -->; <!-- n:floor(fib,2) --><!-- /n -->; <!-- n:floorpct(fib,2) --><!-- /n -->;\n" +
	"<!-- n:median(fib,1,chaselev) --><!-- /n -->; <!-- n:cells --><!-- /n -->; <!-- n:cells(fib,1) --><!-- /n -->; <!-- n:key(cpu) --><!-- /n -->\n" +
	"\n```\n<!-- begin:delta --> in a fence is text\n```\n\n" +
	"<!-- begin:host -->\nold\n<!-- end:host -->\n\n" +
	"<!-- begin:descriptive -->\n<!-- end:descriptive -->\n\n" +
	"<!-- begin:delta -->\n<!-- end:delta -->\n\n" +
	"<!-- begin:overhead -->\n<!-- end:overhead -->\n\n" +
	"<!-- begin:removed -->\n<!-- end:removed -->\n\n" +
	"<!-- begin:readme -->\n<!-- end:readme -->\n\n" +
	"<!-- begin:parameters -->\n<!-- end:parameters -->\n\n" +
	"<!-- begin:mva recording=results/wide -->\n<!-- end:mva -->\n\n" +
	"<!-- begin:mvaideal -->\n<!-- end:mvaideal -->\n\n" +
	"<!-- begin:projection -->\n<!-- end:projection -->\n\n" +
	"<!-- begin:predicted -->\n<!-- end:predicted -->\n\n" +
	"<!-- begin:usl -->\n<!-- end:usl -->\n\n" +
	"<!-- begin:usl recording=results/one -->\n<!-- end:usl -->\n\n" +
	"<!-- begin:delta recording=results/bare --><!-- end:delta -->\n" +
	"<!-- begin:overhead --><!-- end:overhead -->\n" +
	"<!-- begin:removed --><!-- end:removed -->\n" +
	"<!-- begin:mva --><!-- end:mva -->\n" +
	"<!-- begin:predicted --><!-- end:predicted -->\n" +
	"<!-- begin:latency --><!-- end:latency -->\n" +
	"<!-- begin:latency recording=results/open --><!-- end:latency -->\n" +
	"<!-- n:latency(open_95,1,sharedline,p99-ns) --><!-- /n -->; <!-- n:latency(open_95,1,twin,p50-ns) --><!-- /n -->\nlast line\n"

func TestRewrite(t *testing.T) {
	dir := root(t)
	got, err := Rewrite("paper.md", []byte(page), dir)
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "golden.md")
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("differs from %s (-update writes it):\n%s", golden, got)
	}
	again, err := Rewrite("paper.md", got, dir)
	if err != nil {
		t.Fatal(err)
	}
	if string(again) != string(got) {
		t.Errorf("a second rewrite changes it:\n%s", again)
	}
	if err := Check("paper.md", got, dir); err != nil {
		t.Errorf("Check after Rewrite: %v", err)
	}
}

// TestOneCellIsWithinNothing: without an interval the model's bounds hold nothing.
func TestOneCellIsWithinNothing(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "results/one"), variants, 1, 1, 2)
	writeCounts(t, filepath.Join(dir, "results/one-counts"))
	got, err := Rewrite("paper.md", []byte("<!-- begin:mva recording=results/one -->\n<!-- end:mva -->\n"), dir)
	if err != nil {
		t.Fatal(err)
	}
	for want, n := range map[string]int{"| yes |": 0, "| n/a |": 2, "it is in 0 of 0 rows": 1} {
		if strings.Count(string(got), want) != n {
			t.Errorf("want %q %d times in\n%s", want, n, got)
		}
	}
}

func TestCheck(t *testing.T) {
	dir := root(t)
	good, err := Rewrite("paper.md", []byte(page), dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, old, new, want string }{
		{"number", "slower by 123", "slower by 124", `paper.md:3: got "It is`},
		{"table row", "| fib | 1 |", "| fib | 9 |", "paper.md:"},
		{"row added", "last line", "last line", ""},
		{"row gone", "| cells | 16 of 16 |\n", "", `want "| cells | 16 of 16 |"`},
	} {
		bad := strings.Replace(string(good), tt.old, tt.new, 1)
		err := Check("paper.md", []byte(bad), dir)
		if tt.want == "" {
			if err != nil {
				t.Errorf("%s: %v", tt.name, err)
			}
			continue
		}
		if bad == string(good) {
			t.Fatalf("%s: %q is not in the page", tt.name, tt.old)
		}
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestRewriteRefuses(t *testing.T) {
	dir := root(t)
	const one = "<!-- recording=results/one -->\n"
	for _, tt := range []struct{ name, text, want string }{
		{"unknown table", one + "<!-- begin:x --><!-- end:x -->", `p.md:2: no table "x": there are burst, decomposition, delta`},
		{"unknown number", one + "<!-- n:x(1) --><!-- /n -->", `p.md:2: no number "x": there are cells`},
		{"no recording", "\n\n<!-- begin:delta --><!-- end:delta -->", "p.md:3: no recording named above"},
		{"missing recording", "<!-- begin:delta recording=results/none --><!-- end:delta -->", "p.md:1: recording results/none: "},
		{"outside", "<!-- begin:delta recording=../x --><!-- end:delta -->", "inside the repository"},
		{"absolute", "<!-- begin:delta recording=/etc --><!-- end:delta -->", "inside the repository"},
		{"not closed", one + "<!-- begin:delta -->\n", "p.md:2: no <!-- end:delta --> after"},
		{"closed wrongly", one + "<!-- begin:delta --><!-- end:host -->", "no <!-- end:delta -->"},
		{"number not closed", one + "<!-- n:cells --> 9", "no <!-- /n -->"},
		{"closes nothing", one + "<!-- /n -->", "p.md:2: <!-- /n --> closes nothing"},
		{"ends nothing", one + "<!-- end:delta -->", "closes nothing"},
		{"arguments", one + "<!-- n:delta(fib,2) --><!-- /n -->", "2 arguments, want 3"},
		{"no group", one + "<!-- n:delta(fib,3,twin) --><!-- /n -->", "no cells of fib with workers=3"},
		{"workers", one + "<!-- n:delta(fib,two,twin) --><!-- /n -->", "want a number"},
		{"no variant", one + "<!-- n:delta(fib,2,mutexqueue) --><!-- /n -->", "has no mutexqueue"},
		{"no key", one + "<!-- n:key(x) --><!-- /n -->", "no key"},
		{"no twin", "<!-- recording=results/bare --><!-- n:floor(fib,1) --><!-- /n -->", "no twin"},
		{"quantile", one + "<!-- n:latency(fib,2,twin,p98-ns) --><!-- /n -->", `no quantile "p98-ns": there are p50-ns`},
		{"no latency", one + "<!-- n:latency(fib,2,twin,p99-ns) --><!-- /n -->", "has no p99-ns"},
		{"no such workload", one + "<!-- begin:delta only=fib,nothing --><!-- end:delta -->", "has no cells of nothing"},
		{"bad begin", one + "<!-- begin:delta from=x --><!-- end:delta -->", "want begin:NAME"},
	} {
		_, err := Rewrite("p.md", []byte(tt.text), dir)
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v, want one line with %q", tt.name, err, tt.want)
		}
	}
}

func TestUpdate(t *testing.T) {
	dir := root(t)
	path := filepath.Join(dir, "paper.md")
	if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{true, false} {
		got, err := Update(path, dir)
		if err != nil || got != want {
			t.Errorf("update %d: got %v, %v, want changed %v", i+1, got, err, want)
		}
	}
}

// TestOnly: the groups of some workloads, in the order of the marker.
func TestOnly(t *testing.T) {
	s := &source{name: "results/x", groups: []*analysis.Group{{Label: "fib", Workers: 1}, {Label: "uts"}, {Label: "fib", Workers: 2}, {Label: "empty"}}}
	got, err := s.only([]string{"uts", "fib"})
	if err != nil || !slices.Equal(got.groups, []*analysis.Group{s.groups[1], s.groups[0], s.groups[2]}) {
		t.Errorf("got %v, %v, want uts and then both of fib", got, err)
	}
	if _, err := s.only([]string{"uts", "nothing"}); err == nil || err.Error() != "recording results/x: has no cells of nothing" {
		t.Errorf("got %v, want an error that names the workload", err)
	}
}

// TestFigures: a picture is of the recording named last above it, in a table's marker too.
func TestFigures(t *testing.T) {
	got := Figures([]byte("![a](plots/figures/a.png)\n<!-- recording=results/x -->\n![b](plots/figures/b.png) ![web](http://x/y.png)\n" +
		"<!-- begin:delta only=fib recording=results/y -->\n<!-- end:delta -->\n![c](plots/figures/y/c.png) ![c again](plots/figures/y/c.png)\n"))
	want := []Figure{{"", "plots/figures", "a"}, {"results/x", "plots/figures", "b"}, {"results/y", "plots/figures/y", "c"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
