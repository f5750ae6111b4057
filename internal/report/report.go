package report

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"strings"

	"stealbench/internal/recording"
)

// Claim is a row of the claims table. Test says what the numbers of Result are of. Figure is the path of a figure without its ending,
// as plots/figures/16cpu/workers, or a section of the paper; Recording are folders,
// separated by ", ". What is not known is empty.
type Claim struct{ Number, Verdict, Statement, Test, Measured, Figure, Recording, Command, Minutes string }

// Input is what a page is made of.
type Input struct {
	Claims     []Claim
	Figures    []Figure
	Recordings []*recording.Recording // with Dir as the claims name it
}

//go:embed page.html page.css sort.js chart.js picker.js
var files embed.FS

// scripts in the order that they need each other.
var scripts = []string{"sort.js", "chart.js", "picker.js"}

// page is what page.html is filled with.
type page struct {
	Policy  string
	Style   template.CSS
	Script  template.JS
	Claims  []claimRow
	Figures []figureRow
	Data    *data
}

// Write writes the page. The same input gives the same bytes.
func Write(w io.Writer, in Input) error {
	if len(in.Recordings) == 0 {
		return fmt.Errorf("report: no recordings: name folders of results/")
	}
	d, err := collect(in.Recordings)
	if err != nil {
		return err
	}
	style, err := files.ReadFile("page.css")
	if err != nil {
		return err
	}
	var script strings.Builder
	for _, name := range scripts {
		text, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		script.Write(text)
	}
	t, err := template.ParseFS(files, "page.html")
	if err != nil {
		return err
	}
	ids := places(in)
	p := page{Policy: policy(script.String()), Style: template.CSS(style), Script: template.JS(script.String()),
		Claims: claimRows(in.Claims, ids), Data: d}
	for _, f := range in.Figures {
		p.Figures = append(p.Figures, figureRow{f, link{f.Recording, ids[f.Recording]}})
	}
	var out bytes.Buffer // whole or not at all
	if err := t.Execute(&out, p); err != nil {
		return err
	}
	_, err = w.Write(out.Bytes())
	return err
}

// policy forbids the page to fetch anything, and any script but its own: a name in a
// recording that were taken for one does nothing.
func policy(script string) string {
	sum := sha256.Sum256([]byte(script))
	return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src 'sha256-" +
		base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// link is text, and the place in the page that it leads to, "" for none.
type link struct{ Text, ID string }

// sectionRE matches a section of the paper.
var sectionRE = regexp.MustCompile(`^\d+(\.\d+)*$`)

// claimRow is a claim with its links.
type claimRow struct {
	Claim
	FigureLink     link
	RecordingLinks []link
}

// figureRow is a figure with its link.
type figureRow struct {
	Figure
	RecordingLink link
}

// places are the ids of the page's figures and recordings, by path.
func places(in Input) map[string]string {
	ids := map[string]string{}
	for _, f := range in.Figures {
		ids[f.Path] = f.ID()
	}
	for _, r := range in.Recordings {
		ids[r.Dir] = recordingID(r.Dir)
	}
	return ids
}

// claimRows finds what the claims name among the figures and recordings of the page.
func claimRows(claims []Claim, ids map[string]string) []claimRow {
	var rows []claimRow
	for _, c := range claims {
		row := claimRow{Claim: c, FigureLink: link{c.Figure, ids[c.Figure]}}
		if row.FigureLink.ID != "" {
			row.FigureLink.Text = strings.TrimPrefix(c.Figure, figureDir+"/")
		} else if sectionRE.MatchString(c.Figure) {
			row.FigureLink.Text = "paper.md, " + c.Figure
		}
		for name := range strings.SplitSeq(c.Recording, ", ") {
			if name != "" {
				row.RecordingLinks = append(row.RecordingLinks, link{strings.TrimPrefix(name, "results/"), ids[name]})
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// SortNumber is the number, if it is one: other claims come last.
func (c claimRow) SortNumber() string {
	if strings.Trim(c.Number, "0123456789") != "" {
		return ""
	}
	return c.Number
}
