package plots

import (
	"path/filepath"
	"strings"
	"testing"

	"stealbench/internal/analysis"
	"stealbench/internal/recording"
)

// audits gives the fib cells of a recording the freshness of an audited workload:
// lanes without a batch of age 0, which no logarithmic axis has.
func audits(rec *recording.Recording) {
	ages := map[string]float64{"chaselev": 4500, "twin": 4500, "interval1": 15, "interval61": 1100, "parkonly": 1e6, "batchless": 0, "sharedline": 0}
	for i, c := range rec.Cells {
		if c.Workload != "fib" {
			continue
		}
		rec.Cells[i].Workload = "audited"
		for lane, age := range ages {
			if b := c.Blocks[lane]; b != nil {
				for _, unit := range recording.FreshnessUnits {
					b[0].Values = append(b[0].Values, recording.Value{Unit: unit, V: age * (1 + 0.02*float64(c.Layout%5))})
				}
			}
		}
	}
}

// TestFreshness: a figure of a recording with an audited workload, also with one cell,
// and of no other.
func TestFreshness(t *testing.T) {
	lanes := []string{"chaselev", "twin", "nometrics", "batchless", "sharedline", "interval1", "interval61", "parkonly"}
	for _, cells := range []int{1, 8} {
		rec := synthetic(lanes, []int{1, 2}, cells)
		if _, err := One(rec, t.TempDir(), "freshness"); err == nil || !strings.HasSuffix(err.Error(), "gives no figure freshness") {
			t.Errorf("without an audited workload: got %v, want an error that names the figure", err)
		}
		audits(rec)
		dir := t.TempDir()
		if *keep != "" {
			dir = *keep
		}
		paths, err := One(rec, dir, "freshness")
		if err != nil || len(paths) != 2 {
			t.Fatalf("%d cells: got %v, %v, want an SVG and a PNG", cells, paths, err)
		}
		svg := string(read(t, filepath.Join(dir, "freshness.svg")))
		for _, want := range []string{"244 ticks", "1 tick", "parks only", "batchless", "shared line", "audited, 2 workers"} {
			if !strings.Contains(svg, want) {
				t.Errorf("%d cells: the figure does not say %q", cells, want)
			}
		}
	}
}

// TestFront: by age the line joins the lanes that the paper's table marks.
func TestFront(t *testing.T) {
	rec, err := recording.Read(filepath.Join("..", "results", "2026-11-26-amd-epyc-f25m1-2cpu-E5-2"))
	if err != nil {
		t.Fatal(err)
	}
	groups, err := analysis.Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range groups {
		for _, pt := range freshPoints(g, latenesses[0]) {
			if pt.front != pt.OnFront {
				t.Errorf("%s, %d workers, %s: got %v on the front, want %v", g.Label, g.Workers, pt.Lane, pt.front, pt.OnFront)
			}
		}
	}
}
