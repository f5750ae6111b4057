package plots

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot"

	"stealbench/internal/analysis"
)

// burst shows where a submit costs as much as an add per event: what counting costs by
// the tasks between two parks, each of which needs a submit. A panel per number of
// workers.
func burst(s source) *figure {
	var lanes []string
	for _, v := range []string{analysis.Base, "batchless", "sharedline", "allcells"} {
		if s.rec.Has(v) {
			lanes = append(lanes, v)
		}
	}
	at := s.burstsAt()
	if len(at) < 3 || len(lanes) < 2 || !s.rec.Has(analysis.NoMetrics) {
		return nil
	}
	_, workers := s.axes()
	panels, floors := burstCurves(at, workers, lanes)
	f := frame{
		title: "What counting costs where workers park often",
		note: "ns per task above no metrics, mean over cells with 95 % interval; linear within 1 ns, logarithmic beyond. " +
			"Across: tasks between two parks of a worker, as counted; a task is two events. Within the band nothing is told from noise.",
		variants: lanes,
		names:    map[string]string{analysis.Base: "chaselev (submits what changed)", "allcells": "allcells (submits all totals)"},
		swatch:   s.floorName(),
	}
	lo, hi := curvesRange(panels)
	return s.curvesFigure("burst", f, len(workers), func(i int) *plot.Plot {
		return curvesPanel(plural(workers[i], "worker"), "tasks per park", "ns above none", powerTicks{}, lo, hi, floors[i], panels[i])
	})
}

// burstsAt is log2 of the tasks between two parks, of all groups of bursts.
func (s source) burstsAt() map[*analysis.Group]float64 {
	at := map[*analysis.Group]float64{}
	for _, g := range s.groups {
		if n, ok := g.TasksPerPark(s.rec); ok && g.Bursts() {
			at[g] = math.Log2(n)
		}
	}
	return at
}

// burstCurves are the lanes' curves and the floor for each number of workers.
func burstCurves(at map[*analysis.Group]float64, workers []int, lanes []string) ([][]curve, [][]xy) {
	groups := slices.SortedFunc(maps.Keys(at), func(a, b *analysis.Group) int { return cmp.Compare(at[a], at[b]) })
	panels := make([][]curve, len(workers))
	floors := make([][]xy, len(workers))
	for i, n := range workers {
		panels[i] = make([]curve, len(lanes))
		for _, g := range groups {
			x := at[g]
			if g.Workers != n {
				continue
			}
			for j, v := range lanes {
				panels[i][j].variant = v
				panels[i][j].points = append(panels[i][j].points, point{x, g.Overhead(v).Interval})
			}
			if floor, ok := g.Floor(); ok && !math.IsInf(floor, 0) {
				floors[i] = append(floors[i], xy{x, floor})
			}
		}
	}
	return panels, floors
}

// powerTicks marks the powers of four on an axis of math.Log2 values.
type powerTicks struct{}

func (powerTicks) Ticks(min, max float64) []plot.Tick {
	var ticks []plot.Tick
	for v := 2 * math.Ceil(min/2); v <= max; v += 2 {
		ticks = append(ticks, plot.Tick{Value: v, Label: strconv.FormatFloat(math.Exp2(v), 'g', -1, 64)})
	}
	return ticks
}
