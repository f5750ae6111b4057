package plots

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stealbench/internal/analysis"
	"stealbench/internal/stat"
)

const (
	curveHeight = vg.Length(150)
	curveCols   = 2
)

// curve is what one variant takes over an axis.
type curve struct {
	variant string
	name    string // beside it; "" for the variant's
	points  []point
}

type xy struct{ x, y float64 }

type point struct {
	x float64
	stat.Interval
	noise bool // not told from it
}

// curvesPanel has symlog(value) over x, the floor as a band, and the same range in y as
// other panels of lo to hi. The floor is a function of x, or the same everywhere if it
// has one value.
func curvesPanel(title, xLabel, yLabel string, ticks plot.Ticker, lo, hi float64, floor []xy, curves []curve) *plot.Plot {
	p := newPanel(title)
	p.X.Tick.Marker, p.Y.Tick.Marker = ticks, symlogTicks{}
	p.X.Label.Text, p.Y.Label.Text = xLabel, yLabel
	p.Y.Min, p.Y.Max = symlog(lo)-0.3, symlog(hi)+0.3
	p.X.Min, p.X.Max = xRange(curves)
	if len(floor) == 1 {
		floor = []xy{{p.X.Min, floor[0].y}, {p.X.Max, floor[0].y}}
	}
	p.Add(drawFloor(floor), gridY(p), drawOn(symlog, curves))
	return p
}

// xRange holds all points, and some room.
func xRange(curves []curve) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, k := range curves {
		for _, pt := range k.points {
			lo, hi = math.Min(lo, pt.x), math.Max(hi, pt.x)
		}
	}
	if lo > hi { // no point
		lo, hi = 0, 1
	}
	margin := max((hi-lo)*0.06, 0.1)
	return lo - margin, hi + margin
}

// drawFloor fills what is not told from noise.
func drawFloor(floor []xy) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		var upper, lower []vg.Point
		for _, f := range floor {
			upper = append(upper, vg.Point{X: x(f.x), Y: min(y(symlog(f.y)), c.Max.Y)})
			lower = append(lower, vg.Point{X: x(f.x), Y: max(y(symlog(-f.y)), c.Min.Y)})
		}
		slices.Reverse(lower)
		if len(floor) > 1 {
			c.FillPolygon(band, append(upper, lower...))
		}
	}
}

// drawOn draws curves on an axis: the first over the others, all markers over all lines, and
// each curve's name beside it. What is noise is pale, and no line leads there.
func drawOn(axis func(float64) float64, curves []curve) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		at := func(pt point) vg.Point { return vg.Point{X: x(pt.x), Y: y(axis(pt.Est))} }
		var names []marked
		for _, k := range slices.Backward(curves) {
			m := marked{words: cmp.Or(k.name, k.variant), color: lookOf(k.variant).color}
			for i, pt := range k.points {
				if !pt.noise {
					m.line = append(m.line, at(pt)) // words stand by what is told
				}
				sty := lookOf(k.variant).line(1.2)
				if pt.noise {
					sty.Color = pale
				}
				if pt.Bounded() {
					lo, hi := y(axis(pt.Lo)), y(axis(pt.Hi))
					c.StrokeLine2(sty, x(pt.x), lo, x(pt.x), hi)
					m.whiskers = append(m.whiskers, upright(x(pt.x), lo, hi))
				}
				if i > 0 && !pt.noise && !k.points[i-1].noise {
					c.StrokeLines(lookOf(k.variant).line(1), []vg.Point{at(k.points[i-1]), at(pt)})
				}
			}
			names = append(names, m)
		}
		for _, k := range slices.Backward(curves) {
			for _, pt := range k.points {
				sty := lookOf(k.variant).glyph(2.6)
				if pt.noise {
					sty.Color = pale
				}
				c.DrawGlyphNoClip(sty, at(pt))
			}
		}
		labels(c, names)
	}
}

// straight is an axis whose values are drawn as they are.
func straight(v float64) float64 { return v }

// upright is the room that an interval takes at x.
func upright(x, lo, hi vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: vg.Point{X: x - 1, Y: lo}, Max: vg.Point{X: x + 1, Y: hi}}
}

// level is the room that an interval takes at y.
func level(y, lo, hi vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: vg.Point{X: lo, Y: y - 1}, Max: vg.Point{X: hi, Y: y + 1}}
}

// curvesRange holds all intervals, and zero.
func curvesRange(panels [][]curve) (lo, hi float64) {
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
	return widened(lo, hi, 2)
}

// curvesFigure is a figure of panels side by side, drawn by number.
func (s source) curvesFigure(name string, f frame, n int, panel func(i int) *plot.Plot) *figure {
	rows := (n + curveCols - 1) / curveCols
	height := f.height(s.rec) + curveHeight*vg.Length(rows) + panelGap*vg.Length(rows-1)
	return &figure{name: name, height: height, draw: func(c draw.Canvas) {
		c = f.draw(c, s.rec)
		for i := range n {
			panel(i).Draw(tile(c, i, n, min(curveCols, n), panelGap))
		}
	}}
}

// floorOf is the floor of a group, none without a twin.
func floorOf(g *analysis.Group) []xy {
	if floor, ok := g.Floor(); ok && !math.IsInf(floor, 0) {
		return []xy{{y: floor}}
	}
	return nil
}

// floorName is the legend of the band, none without a twin.
func (s source) floorName() string {
	if s.rec.Has(analysis.Twin) {
		return "floor (twin)"
	}
	return ""
}
