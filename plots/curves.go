package plots

import (
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
	points  []point
}

type xy struct{ x, y float64 }

type point struct {
	x float64
	stat.Interval
}

// curvesPanel has symlog(value) over x, the floor as a band, and the same range in y as
// other panels of lo to hi. The floor is a function of x, or the same everywhere if it
// has one value.
func curvesPanel(title, xLabel, yLabel string, ticks plot.Ticker, lo, hi float64, floor []xy, curves []curve) *plot.Plot {
	p := newPanel(title)
	p.X.Tick.Marker, p.Y.Tick.Marker = ticks, symlogTicks{}
	p.X.Label.Text, p.Y.Label.Text = xLabel, yLabel
	p.Y.Min, p.Y.Max = symlog(lo)-0.3, symlog(hi)+0.3
	p.X.Min, p.X.Max = math.Inf(1), math.Inf(-1)
	for _, k := range curves {
		for _, pt := range k.points {
			p.X.Min, p.X.Max = math.Min(p.X.Min, pt.x), math.Max(p.X.Max, pt.x)
		}
	}
	if p.X.Min > p.X.Max { // no point
		p.X.Min, p.X.Max = 0, 1
	}
	margin := max((p.X.Max-p.X.Min)*0.06, 0.1)
	p.X.Min, p.X.Max = p.X.Min-margin, p.X.Max+margin
	if len(floor) == 1 {
		floor = []xy{{p.X.Min, floor[0].y}, {p.X.Max, floor[0].y}}
	}
	p.Add(drawFloor(floor), gridY(p), drawCurves(curves))
	return p
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

// drawCurves draws the first curve over the others, and all markers over all lines.
func drawCurves(curves []curve) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		for _, k := range slices.Backward(curves) {
			var line []vg.Point
			for _, pt := range k.points {
				line = append(line, vg.Point{X: x(pt.x), Y: y(symlog(pt.Est))})
				if pt.Bounded() {
					c.StrokeLine2(lookOf(k.variant).line(1.2), x(pt.x), y(symlog(pt.Lo)), x(pt.x), y(symlog(pt.Hi)))
				}
			}
			if len(line) > 1 {
				c.StrokeLines(lookOf(k.variant).line(1), line)
			}
		}
		for _, k := range slices.Backward(curves) {
			for _, pt := range k.points {
				c.DrawGlyphNoClip(lookOf(k.variant).glyph(2.6), vg.Point{X: x(pt.x), Y: y(symlog(pt.Est))})
			}
		}
	}
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
