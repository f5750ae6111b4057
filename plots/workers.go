package plots

import (
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stealbench/internal/analysis"
)

const (
	smallCols   = 3
	smallHeight = vg.Length(100)
)

// workers shows how time per task changes with the number of workers: a small
// panel per workload, a line per variant.
func workers(s source) *figure {
	f := frame{
		title: "Time per task by number of workers",
		note: "Median over cells, ns of wall time per task; logarithmic, every panel covers the same ratio, " +
			"so equal slopes mean equal slowdown.",
		variants: s.rec.Variants,
	}
	labels, _ := s.axes()
	ratio := s.widestRatio(labels)
	rows := (len(labels) + smallCols - 1) / smallCols
	height := f.height(s.rec) + smallHeight*vg.Length(rows) + panelGap*vg.Length(rows-1)
	return &figure{name: "workers", height: height, draw: func(c draw.Canvas) {
		c = f.draw(c, s.rec)
		for i, label := range labels {
			s.workersPanel(label, ratio).Draw(tile(c, i, len(labels), smallCols, panelGap))
		}
	}}
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

// extent is the range of a workload's medians over all variants.
func (s source) extent(label string) (lo, hi float64) {
	lo, hi = math.Inf(1), 0
	for _, g := range s.of(label) {
		for _, v := range s.rec.Variants {
			m := g.Descriptive(v).Median
			lo, hi = math.Min(lo, m), math.Max(hi, m)
		}
	}
	return lo, hi
}

// widestRatio is max over min of the panel that needs most, at least 2, with
// some room.
func (s source) widestRatio(labels []string) float64 {
	ratio := 2.0
	for _, l := range labels {
		lo, hi := s.extent(l)
		ratio = math.Max(ratio, hi/lo)
	}
	return ratio * 1.3
}

func (s source) workersPanel(label string, ratio float64) *plot.Plot {
	groups := s.of(label)
	lo, hi := s.extent(label)
	mid := math.Log(lo*hi) / 2
	p := newPanel(label)
	p.Y.Tick.Marker = logTicks{}
	p.Y.Min, p.Y.Max = mid-math.Log(ratio)/2, mid+math.Log(ratio)/2
	p.Y.Label.Text = "ns/task"
	p.X.Min, p.X.Max = -0.3, float64(len(groups))-0.7
	var ticks plot.ConstantTicks
	for i, g := range groups {
		ticks = append(ticks, plot.Tick{Value: float64(i), Label: strconv.Itoa(g.Workers)})
	}
	p.X.Tick.Marker = ticks
	p.X.Label.Text = "workers"
	p.Add(gridY(p), s.workersLines(groups))
	return p
}

// workersLines draws the base's line over the others and all markers over all
// lines; where variants cost the same, ring, disc and cross show through.
func (s source) workersLines(groups []*analysis.Group) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		points := map[string][]vg.Point{}
		for i, g := range groups {
			for _, v := range s.rec.Variants {
				points[v] = append(points[v], vg.Point{X: x(float64(i)), Y: y(math.Log(g.Descriptive(v).Median))})
			}
		}
		for _, v := range slices.Backward(s.rec.Variants) {
			if pts := points[v]; len(pts) > 1 {
				c.StrokeLines(lookOf(v).line(1), pts)
			}
		}
		for _, v := range s.rec.Variants {
			for _, pt := range points[v] {
				c.DrawGlyphNoClip(lookOf(v).glyph(2.6), pt)
			}
		}
	}
}
