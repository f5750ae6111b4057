package analysis

import (
	"math"
	"testing"

	"stealbench/internal/recording"
)

// openLoop is a recording of an open loop: quantiles are 1, 2, 3 and 4 us times x of the
// cell and variant.
func openLoop(cells int, x func(variant string, cell int, unit string) float64) *recording.Recording {
	rec := &recording.Recording{Dir: "results/x", Variants: []string{Base, Twin, "batchless"}, Complete: true}
	for i := range cells {
		c := recording.CellData{Cell: recording.Cell{Workload: "open_80", Size: "default", Workers: 1, Layout: i}, Blocks: map[string][]recording.Block{}}
		for _, v := range rec.Variants {
			b := recording.Block{Slots: 10, Values: []recording.Value{
				{Unit: recording.NsPerTask, V: 1000}, {Unit: recording.XBase, V: 1}, {Unit: recording.TasksPerOp, V: 100},
				{Unit: recording.Arrivals, V: 1e6}, {Unit: recording.LateNs, V: map[string]float64{"batchless": 70}[v]},
				{Unit: recording.BehindSlots, V: map[string]float64{"batchless": 6}[v]}}}
			for k, q := range Quantiles {
				b.Values = append(b.Values, recording.Value{Unit: q.Unit, V: 1000 * float64(k+1) * x(v, i, q.Unit)})
			}
			c.Blocks[v] = []recording.Block{b, b}
		}
		rec.Cells = append(rec.Cells, c)
	}
	return rec
}

// TestLatency: quantiles are medians over cells, ratios are of the same block, and the
// twin in that quantile says what is noise.
func TestLatency(t *testing.T) {
	// Cells differ by up to a factor of 9, as hosts do; the ratio to the base does not.
	rec := openLoop(9, func(v string, cell int, unit string) float64 {
		x := float64(cell + 1)
		noise := math.Exp(0.01 * float64(cell%3-1))
		switch {
		case v == Twin && unit == recording.P999Ns:
			return x * math.Exp(0.5*float64(cell%3-1)) // the tail is noisy
		case v == Twin:
			return x * noise
		case v == "batchless":
			return x * 1.2
		}
		return x
	})
	groups, err := Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	g := groups[0]
	if !g.Open() || g.Arrivals() != 1e6 || g.Late() != 70 {
		t.Errorf("open %v, %v arrivals, %v ns late; want true, 1e6, 70", g.Open(), g.Arrivals(), g.Late())
	}
	for k, q := range Quantiles {
		l := g.Latency("batchless", q)
		if l.Absent != "" {
			t.Fatal(l.Absent)
		}
		if want := 1200 * float64(k+1) * 5; math.Abs(l.Ns.Est-want) > 1e-6 || l.Ns.Lo >= want || l.Ns.Hi <= want || !l.Ns.Bounded() {
			t.Errorf("%s: got %+v ns, want %v with an interval around it", q.Name, l.Ns, want)
		}
		if math.Abs(l.Est-20) > 1e-9 || l.Half() > 1e-9 {
			t.Errorf("%s: got %v %% [%v, %v], want 20 in every cell", q.Name, l.Est, l.Lo, l.Hi)
		}
		if noisy := q.Unit == recording.P999Ns; l.Resolved() == noisy || noisy != (l.Floor > 20) {
			t.Errorf("%s: resolved %v above a floor of %v %%", q.Name, l.Resolved(), l.Floor)
		}
		if !l.Behind || g.Latency(Base, q).Behind {
			t.Errorf("%s: behind %v, the base %v; want the 6 of 10 slots that are", q.Name, l.Behind, g.Latency(Base, q).Behind)
		}
	}
}

// TestLatencyAbsent: where there is none it says why.
func TestLatencyAbsent(t *testing.T) {
	rec := openLoop(2, func(v string, cell int, unit string) float64 {
		if v == Twin && cell == 1 && unit == recording.P99Ns {
			return 0 // a clock that is too coarse
		}
		return 1
	})
	groups, err := Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	g := groups[0]
	if l := g.Latency(Twin, Quantiles[2]); l.Absent != "the recording has no p99-ns" {
		t.Errorf("got %q, want no p99-ns", l.Absent)
	}
	if l := g.Latency("batchless", Quantiles[2]); l.Absent != "" || l.HasFloor {
		t.Errorf("got %q, floor %v, want a latency without a floor", l.Absent, l.HasFloor)
	}
	if l := g.Latency("mutexqueue", Quantiles[0]); l.Absent == "" {
		t.Error("a variant that is not there has a latency")
	}
	for i := range rec.Cells {
		for v := range rec.Cells[i].Blocks {
			for b := range rec.Cells[i].Blocks[v] {
				rec.Cells[i].Blocks[v][b].Values = rec.Cells[i].Blocks[v][b].Values[:3]
			}
		}
	}
	if groups, err = Groups(rec); err != nil || groups[0].Open() || groups[0].Latency(Base, Quantiles[0]).Absent == "" {
		t.Errorf("no open loop: got %v, %v", err, groups[0].Open())
	}
}
