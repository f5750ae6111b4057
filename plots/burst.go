package plots

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strconv"

	"gonum.org/v1/plot"

	"stealbench/internal/analysis"
	"stealbench/internal/counts"
	"stealbench/internal/stat"
)

// burst shows where a submit costs as much as an add per event: by the tasks between two
// parks, each of which needs a submit, the locked instructions that were counted, and the
// time. A panel of counts, and one per number of workers.
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
		note: "Across: tasks between two parks of a worker; a task is two events, and allcells submits all totals, chaselev what changed. " +
			"Time: ns per task above no metrics, mean over cells with 95 % interval; linear within 1 ns, logarithmic beyond. Pale: not told from noise.",
		swatch: s.floorName(),
	}
	exact := s.parkCounts(lanes)
	if exact != nil {
		f.note += " Counts: exact, with 1 worker, from " + filepath.Base(filepath.Dir(s.parks.Path)) + "."
	}
	lo, hi := curvesRange(panels)
	n := len(workers)
	if exact != nil {
		n++
	}
	return s.curvesFigure("burst", f, n, func(i int) *plot.Plot {
		if exact != nil {
			if i == 0 {
				return exactPanel(exact)
			}
			i--
		}
		title := "time, " + plural(workers[i], "worker")
		if !slices.ContainsFunc(panels[i], told) {
			title += ": nothing told from noise"
		}
		return curvesPanel(title, "tasks per park", "ns above none", powerTicks{}, lo, hi, floors[i], panels[i])
	})
}

// told says whether any point of a curve is told from noise.
func told(k curve) bool {
	return slices.ContainsFunc(k.points, func(pt point) bool { return !pt.noise })
}

// parkCounts are the locked instructions of metrics a task, on axes of logarithms: to base 2
// across, as in the other panels, and natural.
func (s source) parkCounts(lanes []string) []curve {
	if s.parks == nil {
		return nil
	}
	var all []curve
	for _, v := range lanes {
		k := curve{variant: v}
		for _, l := range s.parks.Lines {
			var tasks float64
			if _, err := fmt.Sscanf(l.Workload, "burst%g", &tasks); err != nil || l.Variant != v {
				continue
			}
			if n := l.Values[counts.InGroup(counts.Metrics)]; n > 0 {
				k.points = append(k.points, point{x: math.Log2(tasks), Interval: stat.Interval{Est: math.Log(n), Lo: math.Inf(-1), Hi: math.Inf(1)}})
			}
		}
		if len(k.points) > 0 {
			all = append(all, k)
		}
	}
	return all
}

func exactPanel(curves []curve) *plot.Plot {
	p := newPanel("locked instructions, counted")
	p.X.Tick.Marker, p.Y.Tick.Marker = powerTicks{}, logTicks{}
	p.X.Label.Text, p.Y.Label.Text = "tasks per park", "per task, for metrics"
	lo, hi := curvesRange([][]curve{curves})
	p.Y.Min, p.Y.Max = lo-0.3, hi+0.5
	p.X.Min, p.X.Max = xRange(curves)
	p.Add(gridY(p), drawOn(straight, curves))
	return p
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
				o := g.Overhead(v)
				panels[i][j].points = append(panels[i][j].points, point{x: x, Interval: o.Interval, noise: !o.Resolved()})
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
