package plots

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stealbench/internal/analysis"
)

// latency shows how long tasks of an open loop take from when they are due, by quantile.
// A panel per load and number of workers, a line per variant.
func latency(s source) *figure {
	s.groups = slices.DeleteFunc(slices.Clone(s.groups), func(g *analysis.Group) bool { return !g.Open() })
	var variants []string
	for _, v := range s.rec.Variants {
		if v != analysis.Twin { // it is the band
			variants = append(variants, v)
		}
	}
	if len(s.groups) == 0 {
		return nil
	}
	panels := make([][]curve, len(s.groups))
	behind := false
	for i, g := range s.groups {
		for _, v := range variants {
			k := curve{variant: v}
			for _, q := range analysis.Quantiles {
				if l := g.Latency(v, q); l.Absent == "" {
					k.points = append(k.points, point{x: tail(q.P), Interval: l.Ns.Map(toLogMicros)})
					behind = behind || l.Behind
				}
			}
			panels[i] = append(panels[i], k)
		}
	}
	f := frame{
		title: "Latency of tasks that come at random, by quantile",
		note: "us from when a task was due to its end, median over cells with 95 % interval; logarithmic. " +
			"Load: arrivals over what the base can do in bulk. The driver's own lateness is part of every latency.",
	}
	if s.rec.Has(analysis.Twin) {
		f.swatch = "floor (twin)"
		f.note += " Band: the base, give or take what its own copy differs by in that quantile."
	}
	if behind {
		f.note += " Behind: in most slots clearly less was done than came, so the queue grows and these latencies with the length of a slot."
	}
	return s.curvesFigure("latency", f, len(panels), func(i int) *plot.Plot {
		g := s.groups[i]
		var alike [][]curve
		var floors []xy
		for j, other := range s.groups {
			if other.Label == g.Label {
				alike, floors = append(alike, panels[j]), append(floors, twinEdges(other)...)
			}
		}
		lo, hi := latencyRange(alike, floors)
		p := newPanel(g.Label + ", " + plural(g.Workers, "worker"))
		var ticks plot.ConstantTicks
		for _, q := range analysis.Quantiles {
			ticks = append(ticks, plot.Tick{Value: tail(q.P), Label: q.Name})
		}
		p.X.Tick.Marker, p.Y.Tick.Marker = ticks, logTicks{}
		p.X.Label.Text, p.Y.Label.Text = "quantile", "latency, us"
		p.X.Min, p.X.Max = tail(analysis.Quantiles[0].P)-0.2, tail(analysis.Quantiles[len(analysis.Quantiles)-1].P)+0.2
		p.Y.Min, p.Y.Max = lo, hi
		p.Add(drawTwin(g), gridY(p), drawOn(straight, spread(panels[i])), drawBehind(g, variants))
		return p
	})
}

// tail stretches the axis of quantiles: each 9 takes the same room.
func tail(p float64) float64 { return -math.Log10(1 - p) }

// toLogMicros is an axis of us, of ns.
func toLogMicros(ns float64) float64 { return math.Log(ns / 1000) }

// latencyRange, on the axis, is that of all panels of a load, so that they can be compared.
// Between loads latencies differ by more than between variants.
func latencyRange(panels [][]curve, floors []xy) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, f := range floors {
		lo, hi = math.Min(lo, f.y), math.Max(hi, f.y)
	}
	for _, curves := range panels {
		for _, k := range curves {
			for _, pt := range k.points {
				lo, hi = math.Min(lo, pt.Est), math.Max(hi, pt.Est)
				if pt.Bounded() {
					lo, hi = math.Min(lo, pt.Lo), math.Max(hi, pt.Hi)
				}
			}
		}
	}
	if lo > hi { // no point
		lo, hi = 0, 0
	}
	lo, hi = widened(lo, hi, 1)
	return lo - 0.15, hi + 0.15
}

// twinEdges are the upper and the lower edge of what around the base is not told from
// noise, quantile by quantile.
func twinEdges(g *analysis.Group) []xy {
	var edges []xy
	for _, q := range analysis.Quantiles {
		l := g.Latency(analysis.Base, q)
		if l.Absent != "" || !l.HasFloor || math.IsInf(l.Floor, 0) {
			continue
		}
		at, spread := toLogMicros(l.Ns.Est), math.Log1p(l.Floor/100) // as far down as up, on logs
		edges = append(edges, xy{tail(q.P), at + spread}, xy{tail(q.P), at - spread})
	}
	return edges
}

func drawTwin(g *analysis.Group) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		var upper, lower []vg.Point
		for i, e := range twinEdges(g) {
			pt := vg.Point{X: x(e.x), Y: y(e.y)}
			if i%2 == 0 {
				upper = append(upper, pt)
			} else {
				lower = append(lower, pt)
			}
		}
		slices.Reverse(lower)
		if len(upper) > 1 {
			c.FillPolygon(band, append(upper, lower...))
		}
	}
}

// spreadBy is the distance between the variants' markers at one quantile, of the axis:
// else intervals of those that take the same lie on top of each other.
const spreadBy = 0.045

// spread moves the markers of the variants apart at each quantile.
func spread(curves []curve) []curve {
	moved := make([]curve, len(curves))
	for i, k := range curves {
		moved[i] = curve{variant: k.variant}
		for _, pt := range k.points {
			pt.x += spreadBy * (float64(i) - float64(len(curves)-1)/2)
			moved[i].points = append(moved[i].points, pt)
		}
	}
	return moved
}

// drawBehind names those whose queue grows, in the corner below the curves, which rise.
func drawBehind(g *analysis.Group, variants []string) plotter {
	return func(c draw.Canvas, _, _ func(float64) vg.Length) {
		var names []string
		for _, v := range variants {
			if l := g.Latency(v, analysis.Quantiles[0]); l.Absent == "" && l.Behind {
				names = append(names, v)
			}
		}
		if len(names) == len(variants) && len(names) > 1 {
			names = []string{"all"}
		}
		sty := smallStyle
		sty.XAlign = text.XRight
		at := vg.Point{X: c.Max.X - 4, Y: c.Min.Y + lineHeight(sty)/2 + 2}
		for _, v := range slices.Backward(names) {
			beside(c, sty, at, "behind: "+v)
			at.Y += lineHeight(sty)
		}
	}
}
