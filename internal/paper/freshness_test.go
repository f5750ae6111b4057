package paper

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stealbench/internal/analysis"
	"stealbench/internal/recording"
)

// TestFreshness: the table of a recording with an audited workload is testdata/freshness.md.
func TestFreshness(t *testing.T) {
	dir := root(t)
	rec, err := recording.Read(filepath.Join(dir, "results/one"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Table(rec, "freshness"); err != nil || !strings.Contains(got, "no audited workload") {
		t.Errorf("another workload: got %q, %v, want one line", got, err)
	}
	for i, c := range rec.Cells {
		for lane, age := range map[string]float64{"chaselev": 4000, "twin": 4100, "batchless": 0, "sharedline": 30} {
			b := &c.Blocks[lane][0]
			b.Values = append(b.Values, recording.Value{Unit: recording.AuditSamples, V: 100})
			for k, unit := range recording.FreshnessUnits {
				b.Values = append(b.Values, recording.Value{Unit: unit, V: age * (1 + float64(i%8)/100) * float64(k+1)})
			}
		}
	}
	groups, err := analysis.Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	got := freshness(&source{name: "results/one", rec: rec, groups: groups})
	golden := filepath.Join("testdata", "freshness.md")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("differs from %s (-update writes it):\n%s", golden, got)
	}
}
