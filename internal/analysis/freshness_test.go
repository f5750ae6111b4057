package analysis

import (
	"testing"

	"stealbench/internal/recording"
)

// TestFreshness: medians over cells of the blocks' medians, the most of maxima, and
// the lanes that no other beats in cost and in age. A lane without counters has none.
func TestFreshness(t *testing.T) {
	lanes := []string{"chaselev", "nometrics", "batchless", "sharedline", "parkonly"}
	eight := func(ns float64) []float64 { return []float64{ns, ns, ns, ns, ns, ns, ns, ns} }
	rec := record(lanes, times{"chaselev": eight(21), "nometrics": eight(20), "batchless": eight(25), "sharedline": eight(40), "parkonly": eight(22)})
	ages := map[string]float64{"chaselev": 4000, "batchless": 20, "sharedline": 0, "parkonly": 1e6}
	for i, c := range rec.Cells {
		for lane, age := range ages {
			for k := range c.Blocks[lane] {
				b := &c.Blocks[lane][k]
				b.Values = append(b.Values, recording.Value{Unit: recording.AuditSamples, V: 10})
				for _, unit := range recording.FreshnessUnits {
					b.Values = append(b.Values, recording.Value{Unit: unit, V: age + float64(i+10*k)})
				}
			}
		}
	}
	groups, err := Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	all := groups[0].Freshness()
	front := map[string]bool{"chaselev": true, "batchless": true}
	if len(all) != len(ages) {
		t.Fatalf("got %d lanes, want %d: %v", len(all), len(ages), all)
	}
	for _, f := range all {
		if f.OnFront != front[f.Lane] {
			t.Errorf("%s: got on the front: %v, want %v", f.Lane, f.OnFront, front[f.Lane])
		}
		near(t, f.Lane+" age", f.Sizes[recording.AgeP99].Est, ages[f.Lane]+10+3.5, 1e-9)
		near(t, f.Lane+" oldest", f.MaxAge, ages[f.Lane]+20+7, 1e-9)
		near(t, f.Lane+" samples", f.Samples, 240, 0)
	}
	// Processes of one layout have its luck in common.
	twice := *rec
	for _, c := range rec.Cells {
		c.Proc++
		twice.Cells = append(twice.Cells, c)
	}
	if groups, err = Groups(&twice); err != nil {
		t.Fatal(err)
	}
	for i, f := range groups[0].Freshness() {
		for unit, x := range f.Sizes {
			if x != all[i].Sizes[unit] {
				t.Errorf("%s %s, each layout twice: got %+v, want %+v", f.Lane, unit, x, all[i].Sizes[unit])
			}
		}
	}
	// Maxima are of what is sure where it was recorded.
	for _, c := range rec.Cells {
		for lane := range ages {
			b := &c.Blocks[lane][0]
			b.Values = append(b.Values, recording.Value{Unit: recording.ErrorSureMax, V: 7}, recording.Value{Unit: recording.AgeSureMax, V: 8})
		}
	}
	sure, err := Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range sure[0].Freshness() {
		if f.MaxError != 7 || f.MaxAge != 8 || !f.Sure || all[i].Sure {
			t.Errorf("%s: got at most %v polls and %v ns, sure: %v, before: %v; want 7 and 8, sure, and not before", f.Lane, f.MaxError, f.MaxAge, f.Sure, all[i].Sure)
		}
	}
	if groups, err = Groups(record([]string{"chaselev"}, times{"chaselev": eight(1)})); err != nil || groups[0].Freshness() != nil {
		t.Errorf("another workload: got %v, %v, want none", groups[0].Freshness(), err)
	}
}
