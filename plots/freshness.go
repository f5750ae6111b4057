package plots

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/plot"
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

const freshHeight = vg.Length(165)

// lateness is one of the two axes across: how far counters are behind.
type lateness struct {
	unit  string                        // of recording.FreshnessUnits
	least func(*analysis.Group) float64 // what is less is drawn there: a look can't tell it, and a logarithmic axis has no 0
	label string
	ticks plot.Ticker
}

var latenesses = []lateness{
	{recording.AgeP99, func(*analysis.Group) float64 { return analysis.LeastAge }, "age of the counters, 99th percentile", ageTicks{}},
	{recording.ErrorP99, pollsOfLook, "polls not counted yet, 99th percentile", logTicks{}},
}

// pollsOfLook are those that begin while a look lasts: a task of an audited workload is one poll.
func pollsOfLook(g *analysis.Group) float64 {
	return math.Max(1, analysis.LeastAge/g.Descriptive(analysis.Base).Median)
}

// freshPoint is a lane: ns above none over how late it is.
type freshPoint struct {
	analysis.Freshness
	x, lo, hi float64 // math.Log of the lateness, and of its interval's ends
	front     bool    // no other costs less and is fresher at once
}

// freshness shows what lanes cost over how late their counters are, and which no other
// lane beats in both. A row per audited workload and number of workers, by time and by
// events.
func freshness(s source) *figure {
	var panels []*plot.Plot
	for _, g := range s.groups {
		for _, l := range latenesses {
			if points := freshPoints(g, l); len(points) > 0 {
				panels = append(panels, freshPanel(g, l, points))
			}
		}
	}
	if panels == nil {
		return nil
	}
	f := frame{
		title: "Freshness against cost: how late counters are, and what they take",
		note: "Up: ns per task above no metrics, mean over cells with 95 % interval; linear within 1 ns, logarithmic beyond. " +
			"Across, of looks at random moments, median over cells with interval: left the time since the truth was what the counters say, right the polls that they lack; " +
			"what is less than a look takes, 0.1 us and the polls that begin meanwhile, is drawn there. The line joins the lanes that none beats in both, by the estimates: costs within the band are not told apart. Panels differ in scale.",
		swatch: s.floorName(),
	}
	cols := len(latenesses)
	rows := len(panels) / cols
	height := f.height(s.rec) + freshHeight*vg.Length(rows) + panelGap*vg.Length(rows-1)
	return &figure{name: "freshness", height: height, draw: func(c draw.Canvas) {
		c = f.draw(c, s.rec)
		for i, p := range panels {
			p.Draw(tile(c, i, len(panels), cols, panelGap))
		}
	}}
}

// freshPoints are the lanes with a cost, the freshest first. The twin is the floor.
func freshPoints(g *analysis.Group, l lateness) []freshPoint {
	var points []freshPoint
	for _, f := range g.Freshness() {
		if f.Overhead.Absent != "" || f.Lane == analysis.Twin {
			continue
		}
		at := func(v float64) float64 { return math.Log(math.Max(v, l.least(g))) }
		late := f.Sizes[l.unit]
		pt := freshPoint{Freshness: f, x: at(late.Est), lo: at(late.Est), hi: at(late.Est)}
		if late.Bounded() {
			pt.lo, pt.hi = at(late.Lo), at(late.Hi)
		}
		points = append(points, pt)
	}
	slices.SortStableFunc(points, func(a, b freshPoint) int {
		return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.Overhead.Est, b.Overhead.Est))
	})
	least := math.Inf(1) // of those that are fresher
	for i := range points {
		if points[i].Overhead.Est < least {
			points[i].front, least = true, points[i].Overhead.Est
		}
	}
	return points
}

func freshPanel(g *analysis.Group, l lateness, points []freshPoint) *plot.Plot {
	p := newPanel(g.Label + ", " + plural(g.Workers, "worker"))
	p.X.Tick.Marker, p.Y.Tick.Marker = l.ticks, symlogTicks{}
	p.X.Label.Text, p.Y.Label.Text = l.label, "ns above none"
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
	p.X.Min, p.X.Max = widened(p.X.Min-0.3, p.X.Max+0.9, 2) // room for words
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
			if pt.front {
				front = append(front, vg.Point{X: x(pt.x), Y: y(symlog(pt.Overhead.Est))})
			}
		}
		if len(front) > 1 {
			c.StrokeLines(draw.LineStyle{Color: faint, Width: 1}, front)
		}
		names := []marked{{line: front}}
		for _, pt := range points {
			here := vg.Point{X: x(pt.x), Y: y(symlog(pt.Overhead.Est))}
			l := freshLook(pt.Lane)
			m := marked{words: cmp.Or(freshLabels[pt.Lane], pt.Lane), color: l.color, line: []vg.Point{here}}
			if pt.Overhead.Bounded() {
				lo, hi := y(symlog(pt.Overhead.Lo)), y(symlog(pt.Overhead.Hi))
				c.StrokeLine2(l.line(0.8), here.X, lo, here.X, hi)
				m.whiskers = append(m.whiskers, upright(here.X, lo, hi))
			}
			c.StrokeLine2(l.line(0.5), x(pt.lo), here.Y, x(pt.hi), here.Y)
			m.whiskers = append(m.whiskers, level(here.Y, x(pt.lo), x(pt.hi)))
			c.DrawGlyphNoClip(l.glyph(2.6), here)
			names = append(names, m)
		}
		labels(c, names)
	}
}

// freshLook is a lane's: the base's event intervals all look like the base.
func freshLook(lane string) look {
	if slices.ContainsFunc(intervals, func(l struct{ lane, label string }) bool { return l.lane == lane }) {
		lane = analysis.Base
	}
	return lookOf(lane)
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
