package plots

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stealbench/internal/analysis"
	"stealbench/internal/recording"
)

// freshLabels are the words at a lane's point; of others it is the name.
var freshLabels = map[string]string{
	"interval1": "1 tick", "interval4": "4 ticks", "interval16": "16 ticks", "interval61": "61 ticks",
	analysis.Base: "244 ticks", "interval1024": "1024 ticks", "parkonly": "parks only",
	"sharedline": "shared line", "singlewriter": "single writer",
}

const freshHeight = vg.Length(215)

// freshPoint is a lane: ns above none over its age.
type freshPoint struct {
	analysis.Freshness
	x, lo, hi float64 // math.Log of the age, and of its interval's ends
}

// freshness shows what lanes cost over how late their counters are, and which no other
// lane beats in both. A panel per audited workload and number of workers.
func freshness(s source) *figure {
	var panels []*plot.Plot
	for _, g := range s.groups {
		points := freshPoints(g)
		if len(points) == 0 {
			continue
		}
		panels = append(panels, freshPanel(g, points))
	}
	if panels == nil {
		return nil
	}
	f := frame{
		title: "Freshness against cost: how old counters are, and what they take",
		note: "Up: ns per task above no metrics, mean over cells with 95 % interval; linear within 1 ns, logarithmic beyond. " +
			"Across: age, time since the truth was what the counters say, 99th percentile of looks at random moments, median over cells with interval; " +
			"below 0.1 us drawn there. The line joins the lanes that none beats in both. Panels differ in scale.",
		swatch: s.floorName(),
	}
	rows := (len(panels) + curveCols - 1) / curveCols
	height := f.height(s.rec) + freshHeight*vg.Length(rows) + panelGap*vg.Length(rows-1)
	return &figure{name: "freshness", height: height, draw: func(c draw.Canvas) {
		c = f.draw(c, s.rec)
		for i, p := range panels {
			p.Draw(tile(c, i, len(panels), min(curveCols, len(panels)), panelGap))
		}
	}}
}

// freshPoints are the lanes with a cost, the freshest first. The twin is the floor.
func freshPoints(g *analysis.Group) []freshPoint {
	var points []freshPoint
	for _, f := range g.Freshness() {
		if f.Overhead.Absent != "" || f.Lane == analysis.Twin {
			continue
		}
		age := f.Sizes[recording.AgeP99]
		pt := freshPoint{f, logAge(age.Est), logAge(age.Est), logAge(age.Est)}
		if age.Bounded() {
			pt.lo, pt.hi = logAge(age.Lo), logAge(age.Hi)
		}
		points = append(points, pt)
	}
	slices.SortStableFunc(points, func(a, b freshPoint) int {
		return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(b.Overhead.Est, a.Overhead.Est))
	})
	return points
}

// logAge draws what is fresh, of age 0, at the least age: a logarithmic axis has no 0.
func logAge(ns float64) float64 { return math.Log(math.Max(ns, analysis.LeastAge)) }

func freshPanel(g *analysis.Group, points []freshPoint) *plot.Plot {
	p := newPanel(g.Label + ", " + plural(g.Workers, "worker"))
	p.X.Tick.Marker, p.Y.Tick.Marker = ageTicks{}, symlogTicks{}
	p.X.Label.Text, p.Y.Label.Text = "age of the counters, 99th percentile", "ns above none"
	lo, hi := 0.0, 0.0
	p.X.Min, p.X.Max = math.Inf(1), math.Inf(-1)
	for _, pt := range points {
		lo, hi = math.Min(lo, pt.Overhead.Est), math.Max(hi, pt.Overhead.Est)
		if pt.Overhead.Bounded() {
			lo, hi = math.Min(lo, pt.Overhead.Lo), math.Max(hi, pt.Overhead.Hi)
		}
		p.X.Min, p.X.Max = math.Min(p.X.Min, pt.lo), math.Max(p.X.Max, pt.hi)
	}
	lo, hi = widened(lo, hi, 2)
	p.Y.Min, p.Y.Max = symlog(lo)-0.3, symlog(hi)+0.3
	p.X.Min, p.X.Max = widened(p.X.Min-0.3, p.X.Max+0.3, 2)
	var floor []xy
	for _, f := range floorOf(g) {
		floor = []xy{{p.X.Min, f.y}, {p.X.Max, f.y}}
	}
	p.Add(drawFloor(floor), gridX(p), gridY(p), drawFresh(points))
	return p
}

// drawFresh draws the front, the intervals, the markers and the words, in that order.
func drawFresh(points []freshPoint) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		var front []vg.Point
		for _, pt := range points {
			if pt.OnFront {
				front = append(front, vg.Point{X: x(pt.x), Y: y(symlog(pt.Overhead.Est))})
			}
		}
		if len(front) > 1 {
			c.StrokeLines(draw.LineStyle{Color: pale, Width: 1}, front)
		}
		var at []vg.Point
		for _, pt := range points {
			here := vg.Point{X: x(pt.x), Y: y(symlog(pt.Overhead.Est))}
			at = append(at, here)
			l := freshLook(pt.Lane)
			if pt.Overhead.Bounded() {
				c.StrokeLine2(l.line(0.8), here.X, y(symlog(pt.Overhead.Lo)), here.X, y(symlog(pt.Overhead.Hi)))
			}
			c.StrokeLine2(l.line(0.5), x(pt.lo), here.Y, x(pt.hi), here.Y)
			c.DrawGlyphNoClip(l.glyph(2.6), here)
		}
		var taken []vg.Rectangle
		for _, pt := range at {
			taken = append(taken, around(pt, 3, 3))
		}
		for i, pt := range points {
			taken = append(taken, label(c, at[i], cmp.Or(freshLabels[pt.Lane], pt.Lane), taken))
		}
	}
}

// freshLook is a lane's: the base's event intervals all look like the base.
func freshLook(lane string) look {
	if slices.ContainsFunc(intervals, func(l struct{ lane, label string }) bool { return l.lane == lane }) {
		lane = analysis.Base
	}
	return lookOf(lane)
}

// label writes words beside a point where there is most room, and returns the room
// that they take.
func label(c draw.Canvas, at vg.Point, words string, taken []vg.Rectangle) vg.Rectangle {
	w, h := smallStyle.Width(words), smallStyle.Font.Size
	var best vg.Rectangle
	least := math.Inf(1)
	for step := vg.Length(0); step <= 9; step++ { // away from the point
		for _, d := range []vg.Point{{X: 1, Y: 1}, {X: 1, Y: -1}, {X: -1, Y: 1}, {X: -1, Y: -1}} {
			centre := vg.Point{X: at.X + d.X*(w/2+4), Y: at.Y + d.Y*(h/2+2+step*h)}
			r := around(centre, w/2, h/2)
			cost := 0.1 * float64(step)
			for _, t := range taken {
				cost += float64(overlap(r, t)) // of another point or words
			}
			if r.Min.X < c.Min.X || r.Max.X > c.Max.X || r.Min.Y < c.Min.Y || r.Max.Y > c.Max.Y {
				cost += 1000
			}
			if cost < least {
				best, least = r, cost
			}
		}
	}
	sty := smallStyle
	sty.YAlign = text.YCenter
	if y := (best.Min.Y + best.Max.Y) / 2; math.Abs(float64(y-at.Y)) > float64(h) { // far from its point
		side := best.Min.X - 1
		if best.Max.X < at.X {
			side = best.Max.X + 1
		}
		c.StrokeLine2(draw.LineStyle{Color: pale, Width: 0.4}, at.X, at.Y, side, y)
	}
	c.FillText(sty, vg.Point{X: best.Min.X, Y: (best.Min.Y + best.Max.Y) / 2}, words)
	return best
}

func around(at vg.Point, w, h vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: vg.Point{X: at.X - w, Y: at.Y - h}, Max: vg.Point{X: at.X + w, Y: at.Y + h}}
}

// overlap is the area that two rectangles share.
func overlap(a, b vg.Rectangle) vg.Length {
	return max(0, min(a.Max.X, b.Max.X)-max(a.Min.X, b.Min.X)) * max(0, min(a.Max.Y, b.Max.Y)-max(a.Min.Y, b.Min.Y))
}

// ageTicks marks powers of ten of ns on an axis of math.Log values.
type ageTicks struct{}

func (ageTicks) Ticks(least, most float64) []plot.Tick {
	var ticks []plot.Tick
	for i, words := range []string{"0.1 us", "1 us", "10 us", "100 us", "1 ms", "10 ms", "100 ms", "1 s"} {
		if at := math.Log(100 * math.Pow(10, float64(i))); at >= least && at <= most {
			ticks = append(ticks, plot.Tick{Value: at, Label: words})
		}
	}
	return ticks
}
