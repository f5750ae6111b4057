package plots

import (
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"

	"stealbench/internal/analysis"
)

// grain shows where an effect ends: how much slower than the base each way of counting
// is, over the length of a task. A panel per number of workers.
func grain(s source) *figure {
	labels, workers := s.axes()
	labels = slices.DeleteFunc(labels, func(l string) bool { return !strings.HasPrefix(l, "grain_") })
	var variants []string
	for _, v := range s.rec.Variants {
		if v != analysis.Base && v != analysis.Twin && !strings.HasPrefix(v, "mutex") { // those differ in the queue
			variants = append(variants, v)
		}
	}
	if len(labels) < 3 || variants == nil {
		return nil
	}
	panels := make([][]curve, len(workers))
	floors := make([][]xy, len(workers))
	for i, n := range workers {
		panels[i] = make([]curve, len(variants))
		for _, l := range labels {
			one, g := analysis.Find(s.groups, l, workers[0]), analysis.Find(s.groups, l, n)
			if one == nil || g == nil || one.Cells == 0 || g.Cells == 0 {
				continue
			}
			x := math.Log(one.Descriptive(analysis.Base).Median * float64(workers[0]))
			for j, v := range variants {
				panels[i][j].variant = v
				panels[i][j].points = append(panels[i][j].points, point{x: x, Interval: g.Delta(v).Interval})
			}
			if d := g.Delta(analysis.Twin); d.Absent == "" && !math.IsInf(d.Floor, 0) {
				floors[i] = append(floors[i], xy{x, d.Floor})
			}
		}
	}
	across := "time per task of the base with " + plural(workers[0], "worker")
	if workers[0] > 1 {
		across += ", times their number"
	}
	f := frame{
		title: "Where it ends: cost of counting by the length of a task",
		note: "Percent slower than batched, mean over cells with 95 % interval; linear within 1 %, logarithmic beyond. " +
			"Across: " + across + ".",
		swatch: s.floorName(),
	}
	lo, hi := curvesRange(panels)
	return s.curvesFigure("grain", f, len(workers), func(i int) *plot.Plot {
		return curvesPanel(plural(workers[i], "worker"), "ns per task", "% slower than batched", logTicks{}, lo, hi, floors[i], panels[i])
	})
}
