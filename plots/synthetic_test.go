package plots

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"

	"stealbench/internal/analysis"
	"stealbench/internal/recording"
)

var sixVariants = []string{"chaselev", "twin", "nometrics", "batchless", "mutexqueue", "sharedline"}

// synthetic is a recording as a 2-core host would give it: batched metrics
// within noise of none, one shared line several times slower.
func synthetic(variants []string, workers []int, cells int) *recording.Recording {
	rec := &recording.Recording{Dir: "results/2026-01-31-synthetic", Variants: variants, Complete: true,
		Keys: []recording.Key{{Name: "cpu", Value: "AMD EPYC 7B13"}, {Name: "rules", Value: "estimate: shared host"}}}
	rng := rand.New(rand.NewPCG(1, 2))
	for _, w := range []struct {
		name            string
		ns, events, two float64 // ns/task, counted events, slowdown with 2 workers
	}{
		{"spawn_many_remote", 180, 2, 1.4}, {"spawn_many_inside", 55, 2, 0.8}, {"spawn_many_remote_idle", 240, 3, 1.5},
		{"spawn_many_remote_busy", 310, 2, 1.3}, {"yield_many", 21, 1, 0.6}, {"ping_pong", 420, 4, 2.2},
		{"chained_spawn", 48, 2, 1.1}, {"fib", 19, 1, 0.55}, {"nqueens", 60, 1, 0.55}, {"skynet", 35, 1.2, 0.6},
		{"uts_geo", 330, 1, 0.52}, {"uts_bin", 290, 1, 0.53}, {"matmul", 9400, 1, 0.51}, {"empty", 3, 0, 1},
	} {
		for _, n := range workers {
			for cell := range cells {
				c := recording.CellData{Blocks: map[string][]recording.Block{}}
				c.Cell = recording.Cell{Workload: w.name, Size: "default", Workers: n, Layout: cell}
				base := w.ns * math.Pow(w.two, math.Log2(float64(n))) * (1 + 0.02*rng.NormFloat64())
				for _, v := range variants {
					extra := map[string]float64{"nometrics": -0.12, "batchless": 2.4, "sharedline": 2.6, "adjacent": 2.5,
						"mutexbatchless": 2.4, "nodump": -3, "polltimes": 70, "polltimeslog": 72}[v]
					if v == "sharedline" && n > 1 {
						extra = 24 * math.Log2(float64(n))
					}
					if v == "adjacent" && n > 1 {
						extra = 30 // so that true sharing is below zero with two workers
					}
					if v == "mutexqueue" || v == "mutexbatchless" {
						extra += 11 * math.Log2(float64(2*n))
					}
					ns := (base + w.events*extra) * (1 + 0.004*rng.NormFloat64())
					c.Blocks[v] = []recording.Block{{Slots: 100, Values: []recording.Value{
						{Unit: recording.NsPerTask, V: ns}, {Unit: recording.XBase, V: ns / base}, {Unit: recording.TasksPerOp, V: 100},
						{Unit: "parks/op", V: float64(n)}}}}
				}
				rec.Cells = append(rec.Cells, c)
			}
		}
	}
	return rec
}

// bursts is a recording of bursts as the hypothesis has it: a submit costs some ns a park,
// that of all totals several times as many, and an add some ns a task.
func bursts() *recording.Recording {
	rec := synthetic([]string{"chaselev", "twin", "nometrics", "batchless", "sharedline", "allcells"}, []int{1, 2}, 8)
	tasks := map[string]float64{"fib": 1, "skynet": 4, "uts_geo": 16, "uts_bin": 64, "nqueens": 256, "yield_many": 1024}
	var cells []recording.CellData
	for i, c := range rec.Cells {
		n, ok := tasks[c.Workload]
		if !ok {
			continue
		}
		c.Workload = "burst_" + strconv.Itoa(int(n))
		parked := 11000 / n
		for v, blocks := range c.Blocks {
			each := map[string]float64{"chaselev": 0.2 + 60/n, "twin": 0.2 + 60/n, "allcells": 0.3 + 300/n, "batchless": 8 + 10/n,
				"sharedline": float64(8*c.Workers*c.Workers) + 10/n}[v]
			ns := parked + 25 + each + (parked/500+0.3)*math.Sin(float64(i*len(v)))
			blocks[0].Values[0].V, blocks[0].Values[3].V = ns, 100*float64(c.Workers)/n
		}
		cells = append(cells, c)
	}
	rec.Cells = cells
	return rec
}

// open is a recording of open loops: the wait grows with the load, and with what a
// variant costs; at 95 % sharedline does not keep up.
func open(variants []string, cells int) *recording.Recording {
	rec := &recording.Recording{Dir: "results/2026-01-31-open", Variants: variants, Complete: true,
		Keys: []recording.Key{{Name: "cpu", Value: "AMD EPYC 7B13"}, {Name: "rules", Value: "estimate: shared host"}}}
	rng := rand.New(rand.NewPCG(3, 4))
	for _, load := range []float64{0.5, 0.8, 0.95} {
		name := fmt.Sprintf("open_%.0f", 100*load)
		for _, n := range []int{1, 2} {
			for cell := range cells {
				c := recording.CellData{Blocks: map[string][]recording.Block{}}
				c.Cell = recording.Cell{Workload: name, Size: "default", Workers: n, Layout: cell}
				host := math.Exp(0.1 * rng.NormFloat64())
				for _, v := range variants {
					service := 1300 * (1 + map[string]float64{"batchless": 0.01, "sharedline": 0.03 * float64(n), "mutexqueue": 0.02}[v])
					wait := service * load / (1 - math.Min(load*service/1300, 0.99)) / float64(n) * host
					behind := 0.0
					if v == "sharedline" && load > 0.9 && n > 1 {
						behind, wait = 10, wait*8
					}
					b := recording.Block{Slots: 10, Values: []recording.Value{
						{Unit: recording.NsPerTask, V: service + wait}, {Unit: recording.XBase, V: 1}, {Unit: recording.TasksPerOp, V: 1000},
						{Unit: recording.Arrivals, V: load * 7e5 * float64(n)}, {Unit: recording.LateNs, V: 90}, {Unit: recording.BehindSlots, V: behind}}}
					for _, q := range analysis.Quantiles {
						tail := -math.Log(1 - q.P)
						b.Values = append(b.Values, recording.Value{Unit: q.Unit, V: (service + wait*tail) * math.Exp(0.01*tail*rng.NormFloat64())})
					}
					c.Blocks[v] = []recording.Block{b}
				}
				rec.Cells = append(rec.Cells, c)
			}
		}
	}
	return rec
}
