package plots

import (
	"gonum.org/v1/plot"

	"stealbench/internal/analysis"
)

// intervals are the lanes of the base by their event interval.
var intervals = []struct{ lane, label string }{
	{"interval1", "1"}, {"interval4", "4"}, {"interval16", "16"}, {"interval61", "61"},
	{analysis.Base, "244"}, {"interval1024", "1024"}, {"parkonly", "parks"},
}

// interval shows what maintenance costs by how often it is done, beside an add per
// event. A panel per workload and number of workers.
func interval(s source) *figure {
	with := 0
	for _, l := range intervals {
		if s.rec.Has(l.lane) {
			with++
		}
	}
	if with < 4 || !s.rec.Has(analysis.NoMetrics) {
		return nil
	}
	var panels [][]curve
	for _, g := range s.groups {
		batched, each := curve{variant: analysis.Base}, curve{variant: "batchless"}
		for i, l := range intervals {
			if o := g.Overhead(l.lane); o.Absent == "" {
				batched.points = append(batched.points, point{x: float64(i), Interval: o.Interval})
			}
			if o := g.Overhead("batchless"); o.Absent == "" {
				each.points = append(each.points, point{x: float64(i), Interval: o.Interval})
			}
		}
		panels = append(panels, []curve{batched, each})
	}
	var ticks plot.ConstantTicks
	for i, l := range intervals {
		ticks = append(ticks, plot.Tick{Value: float64(i), Label: l.label})
	}
	f := frame{
		title: "What maintenance costs, by the event interval",
		note: "ns per task above no metrics, mean over cells with 95 % interval; linear within 1 ns, logarithmic beyond. " +
			"Across: ticks between two maintenances, at which the clock is read and the batch published. batchless adds whenever it counts, so it is the same all along.",
		swatch: s.floorName(),
	}
	lo, hi := curvesRange(panels)
	return s.curvesFigure("interval", f, len(panels), func(i int) *plot.Plot {
		g := s.groups[i]
		return curvesPanel(g.Label+", "+plural(g.Workers, "worker"), "event interval, ticks", "ns above none", ticks, lo, hi, floorOf(g), panels[i])
	})
}
