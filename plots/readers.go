package plots

import (
	"slices"

	"gonum.org/v1/plot"

	"stealbench/internal/analysis"
)

type readerKind struct{ suffix, label string }

// readerKinds are the lanes of a variant by who reads its counters.
var readerKinds = []readerKind{
	{"_unread", "nobody"}, {"_1hz", "1 Hz"}, {"_1khz", "1 kHz"}, {"_spin", "spinning"}, {"_spin2", "2 spinning"},
}

// readers shows what those who count pay for those who read. A panel per workload and
// number of workers.
func readers(s source) *figure {
	var variants []string
	for _, v := range []string{analysis.Base, "batchless", "sharedline"} {
		if s.rec.Has(v + readerKinds[0].suffix) {
			variants = append(variants, v)
		}
	}
	if variants == nil || !s.rec.Has(analysis.NoMetrics) {
		return nil
	}
	kinds := slices.DeleteFunc(slices.Clone(readerKinds), func(r readerKind) bool { return !s.rec.Has(variants[0] + r.suffix) })
	var panels [][]curve
	for _, g := range s.groups {
		var curves []curve
		for _, v := range variants {
			k := curve{variant: v}
			for i, r := range kinds {
				if o := g.Overhead(v + r.suffix); o.Absent == "" {
					k.points = append(k.points, point{x: float64(i), Interval: o.Interval})
				}
			}
			curves = append(curves, k)
		}
		panels = append(panels, curves)
	}
	var ticks plot.ConstantTicks
	for i, r := range kinds {
		ticks = append(ticks, plot.Tick{Value: float64(i), Label: r.label})
	}
	f := frame{
		title: "What a reader of the counters costs those who count",
		note: "ns per task above no metrics, mean over cells with 95 % interval; linear within 1 ns, logarithmic beyond. " +
			"Across: who reads all counters while tasks run. With nobody a thread is as busy, and reads nothing.",
		swatch: s.floorName(),
	}
	lo, hi := curvesRange(panels)
	return s.curvesFigure("readers", f, len(panels), func(i int) *plot.Plot {
		g := s.groups[i]
		return curvesPanel(g.Label+", "+plural(g.Workers, "worker"), "read by", "ns above none", ticks, lo, hi, floorOf(g), panels[i])
	})
}
