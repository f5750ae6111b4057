package plots

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"

	"stealbench/internal/analysis"
	"stealbench/internal/stat"
)

const smallCols = 3

// kinds is a workload of each kind, for recordings of more than a reader can look at.
var kinds = []string{"fib", "skynet", "uts_t3", "matmul", "yield_many", "spawn_many_inside"}

// workers shows how what a variant costs changes with the number of workers: a panel per
// workload, a line per variant that is somewhere told from noise.
func workers(s source) *figure {
	var variants []string
	for _, v := range s.rec.Variants {
		if v != analysis.Base && v != analysis.Twin && !slices.Contains(elsewhere, v) { // the line at 0, and the band
			variants = append(variants, v)
		}
	}
	if variants == nil {
		return nil
	}
	labels, none := s.withEffect(func(g *analysis.Group) bool {
		return slices.ContainsFunc(variants, func(v string) bool { return g.Delta(v).Resolved() })
	})
	others := ""
	if len(labels) > len(kinds) {
		if of := slices.DeleteFunc(slices.Clone(labels), func(l string) bool { return !slices.Contains(kinds, l) }); len(of) > 0 {
			labels, others = of, " One workload of each kind; overhead shows all."
		}
	}
	panels := make([][]curve, len(labels))
	hidden := slices.Clone(variants)
	for i, l := range labels {
		panels[i] = s.slower(l, variants)
		for _, k := range panels[i] {
			hidden = slices.DeleteFunc(hidden, func(v string) bool { return v == k.variant })
		}
	}
	f := frame{
		title: "How much slower than batched, by number of workers",
		note: "Percent, geometric mean over cells with 95 % interval; linear within 1 %, logarithmic beyond. Under the number of workers: ns of wall time per task of the base. " +
			"A variant has a line where it is told from noise with some number of workers." + others + noneText(none),
		swatch: s.floorName(),
	}
	if len(hidden) > 0 {
		f.note += " Nowhere told from it: " + strings.Join(hidden, ", ") + "."
	}
	lo, hi := curvesRange(panels)
	return s.curvesFigure("workers", f, len(panels), func(i int) *plot.Plot {
		groups := s.of(labels[i])
		var ticks plot.ConstantTicks
		var floor []xy
		for k, g := range groups {
			ticks = append(ticks, plot.Tick{Value: float64(k), Label: strconv.Itoa(g.Workers) + "\n" + analysis.Num(g.Descriptive(analysis.Base).Median) + " ns"})
			if d := g.Delta(analysis.Twin); d.Absent == "" && !math.IsInf(d.Floor, 0) {
				floor = append(floor, xy{float64(k), d.Floor})
			}
		}
		return curvesPanel(labels[i], "workers", "% slower than batched", ticks, lo, hi, floor, append([]curve{base(len(groups))}, panels[i]...))
	})
}

// base is the line at 0 that the others are compared with.
func base(n int) curve {
	k := curve{variant: analysis.Base}
	for i := range n {
		k.points = append(k.points, point{x: float64(i), Interval: stat.Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}})
	}
	return k
}

// slower are the curves of a workload that are told from noise somewhere; all of them if
// none is.
func (s source) slower(label string, variants []string) []curve {
	var told, all []curve
	for _, v := range variants {
		k := curve{variant: v}
		resolved := false
		for i, g := range s.of(label) {
			if d := g.Delta(v); d.Absent == "" {
				k.points = append(k.points, point{x: float64(i), Interval: d.Interval})
				resolved = resolved || d.Resolved()
			}
		}
		all = append(all, k)
		if resolved {
			told = append(told, k)
		}
	}
	if told == nil {
		return all
	}
	return told
}

// of is a workload's groups, by number of workers.
func (s source) of(label string) []*analysis.Group {
	var groups []*analysis.Group
	for _, g := range s.groups {
		if g.Label == label {
			groups = append(groups, g)
		}
	}
	return groups
}
