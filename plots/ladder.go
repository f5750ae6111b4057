package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stealbench/internal/analysis"
)

const (
	rungHeight = vg.Length(11)
	rungFill   = 0.72 // of its height
)

// rungSure is what is told from noise: dark, so that grey tells it from the hollow.
var rungSure = color.RGBA{0x00, 0x50, 0x80, 0xff}

// ladder shows what each level of the metrics costs: a bar each, a panel per workload
// and number of workers.
func ladder(s source) *figure {
	rungs := analysis.Rungs(s.rec.Variants)
	if rungs == nil {
		return nil
	}
	var names []string
	for _, r := range rungs {
		names = append(names, r.Name)
	}
	f := frame{
		title: "What counters, clock, histograms and dumps cost",
		note: "ns per task, mean over cells with 95 % interval; linear within 1 ns, logarithmic beyond. Each bar is by itself: they don't add up. " +
			"Hollow: not told from noise, whose size is the grey band; the figure is how much it may be.",
		swatch: s.floorName(),
	}
	lo, hi := s.rungRange(rungs)
	rows := (len(s.groups) + curveCols - 1) / curveCols
	panel := rungHeight*vg.Length(len(rungs)) + axisRoom
	height := f.height(s.rec) + panel*vg.Length(rows) + panelGap*vg.Length(rows-1)
	return &figure{name: "ladder", height: height, draw: func(c draw.Canvas) {
		c = f.draw(c, s.rec)
		c.Min.X += labelWidth(names)
		cols := min(curveCols, len(s.groups))
		for i, g := range s.groups {
			p := newPanel(g.Label + ", " + plural(g.Workers, "worker"))
			p.X.Tick.Marker, p.X.Min, p.X.Max = symlogTicks{}, lo, hi
			p.X.Label.Text = "ns per task"
			p.Y.Min, p.Y.Max = -float64(len(rungs)), 0
			p.HideY()
			p.Add(rungFloor(g), gridX(p), rungBars(g, rungs))
			at := tile(c, i, len(s.groups), cols, panelGap)
			p.Draw(at)
			if i%cols == 0 {
				rowLabels(c, p, at, names)
			}
		}
	}}
}

// rungRange, on the symlog scale, has room for the figures right of the bars.
func (s source) rungRange(rungs []analysis.Part) (lo, hi float64) {
	for _, g := range s.groups {
		for _, r := range rungs {
			if d := g.Difference(r.Of, r.Over); d.Absent == "" && d.Bounded() {
				lo, hi = math.Min(lo, d.Lo), math.Max(hi, d.Hi)
			}
		}
	}
	lo, hi = widened(lo, hi, 2)
	lo, hi = symlog(lo)-0.2, symlog(hi)
	return lo, hi + (hi-lo)*0.3
}

// rungFloor is the band of what is noise.
func rungFloor(g *analysis.Group) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		if floor, ok := g.Floor(); ok && !math.IsInf(floor, 0) {
			fill(c, band, vg.Rectangle{Min: vg.Point{X: clampX(c, x(symlog(-floor))), Y: c.Min.Y}, Max: vg.Point{X: clampX(c, x(symlog(floor))), Y: c.Max.Y}})
		}
	}
}

func rungBars(g *analysis.Group, rungs []analysis.Part) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		c.StrokeLine2(draw.LineStyle{Color: ink, Width: 0.7}, x(0), c.Min.Y, x(0), c.Max.Y)
		sty := words(8, ink)
		sty.XAlign = text.XLeft
		for i, r := range rungs {
			d := g.Difference(r.Of, r.Over)
			if d.Absent != "" {
				continue
			}
			top, bottom := y(-float64(i)-(1-rungFill)/2), y(-float64(i+1)+(1-rungFill)/2)
			look, txt := partFill{color: color.White}, "n/a"
			if d.Resolved() {
				look.color, txt = rungSure, analysis.Num(d.Est)
			} else if d.Bounded() {
				txt = "< " + analysis.Num(math.Max(d.MaxAbs(), d.Floor))
			}
			from, to := min(x(0), clampX(c, x(symlog(d.Est)))), max(x(0), clampX(c, x(symlog(d.Est))))
			drawSwatch(c, look, vg.Rectangle{Min: vg.Point{X: from, Y: bottom}, Max: vg.Point{X: to, Y: top}})
			end, mid := to, (top+bottom)/2
			if d.Bounded() {
				lo, hi := clampX(c, x(symlog(d.Lo))), clampX(c, x(symlog(d.Hi)))
				c.StrokeLine2(draw.LineStyle{Color: color.White, Width: 2.4}, lo, mid, hi, mid)
				c.StrokeLine2(draw.LineStyle{Color: ink, Width: 0.9}, lo, mid, hi, mid)
				end = max(end, hi)
			}
			beside(c, sty, vg.Point{X: end + 3, Y: mid}, txt)
		}
	}
}
