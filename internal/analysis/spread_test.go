package analysis

import (
	"math"
	"math/rand/v2"
	"testing"

	"stealbench/internal/recording"
)

// TestSpreads: spreads that were put into a recording are told, in the order of their
// size, and the plan follows them.
func TestSpreads(t *testing.T) {
	const layouts, processes, blocks = 200, 4, 4
	rng := rand.New(rand.NewPCG(5, 1))
	rec := &recording.Recording{Dir: "results/x", Variants: []string{Base, "other"},
		Keys: []recording.Key{{Name: "cell-time", Value: "400ms"}}}
	for l := range layouts {
		layout := 0.01 * rng.NormFloat64()
		for p := range processes {
			process := layout + 0.02*rng.NormFloat64()
			c := recording.CellData{Blocks: map[string][]recording.Block{}}
			c.Cell = recording.Cell{Workload: "fib", Size: "default", Workers: 2, Layout: l + 1, Proc: p}
			for range blocks {
				x := math.Exp(process + 0.04*rng.NormFloat64())
				for v, x := range map[string]float64{Base: 1, "other": x} {
					c.Blocks[v] = append(c.Blocks[v], recording.Block{Slots: 9, Values: []recording.Value{
						{Unit: recording.NsPerTask, V: 20 * x}, {Unit: recording.XBase, V: x}, {Unit: recording.TasksPerOp, V: 100}}})
				}
			}
			rec.Cells = append(rec.Cells, c)
		}
	}
	groups, err := Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Spreads(rec, groups)
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d spreads, %v, want 1", len(got), err)
	}
	s := got[0]
	near(t, "blocks", SD(s.Row), 4, 0.2)
	near(t, "processes", SD(s.Process), 2, 0.3)
	near(t, "layouts", SD(s.Layout), 1, 0.3)
	// sqrt(0.3/0.5) * 2.8/1 is about 2 processes.
	if s.Processes < 1 || s.Processes > 3 || s.Note != "" {
		t.Errorf("got %d processes, %q, want about 2", s.Processes, s.Note)
	}
	variance := math.Pow(0.01, 2) + (math.Pow(0.02, 2)+math.Pow(0.04, 2)/blocks)/float64(s.Processes)
	near(t, "layouts of the plan", float64(s.Layouts), variance*4/math.Pow(0.00995, 2)+2, 4)

	rec.Cells = rec.Cells[:processes] // of one layout
	if groups, err = Groups(rec); err != nil {
		t.Fatal(err)
	}
	if got, err = Spreads(rec, groups); err != nil || got[0].Layouts != 0 || got[0].Note == "" {
		t.Errorf("one layout: got %+v, %v, want a note and no plan", got, err)
	}
	rec.Keys = nil
	if _, err := Spreads(rec, groups); err == nil {
		t.Error("no cell-time: got no error")
	}
}
