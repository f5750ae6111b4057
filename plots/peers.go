package plots

import (
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stealbench/harness"
	"stealbench/internal/analysis"
)

// shown are the competitors of the figure: the best known of each kind. The table has
// all of them.
var shown = []string{analysis.SequentialRun, analysis.Sketch, "rayon", "tbb", analysis.Tokio, "ants_unbounded", analysis.Goroutines}

// peers shows how many times as long competitors take as the base: a row per workload,
// a panel per number of workers.
func peers(s source) *figure {
	var lanes []string
	for _, v := range shown {
		if s.rec.Has(v) {
			lanes = append(lanes, v)
		}
	}
	if len(lanes) < 2 {
		return nil
	}
	f := frame{
		title: "Other schedulers on the same workloads, in the same rows: time over the base's",
		note: "Geometric mean over cells with 95 % interval, logarithmic scale. Right of 1: slower than the base with its metrics on. " +
			"Left: faster. No mark: the workload can't be done so. Black: Go. Grey: Rust and C++.",
	}
	labels, workers := s.axes()
	panels := vg.Length((len(workers)+1)/2)*(rowHeight*0.8*vg.Length(len(labels))+axisRoom) + panelGap
	lo, hi := s.peersRange(lanes)
	return &figure{name: "peers", height: f.height(s.rec) + panels, draw: func(c draw.Canvas) {
		c = f.draw(c, s.rec)
		c.Min.X += labelWidth(labels)
		cols := min(len(workers), 2)
		for i, n := range workers {
			p := newPanel(plural(n, "worker"))
			p.X.Tick.Marker, p.X.Min, p.X.Max = logTicks{}, lo, hi
			p.X.Label.Text = "times as long as the base"
			p.Y.Min, p.Y.Max = -float64(len(labels)), 0
			p.HideY()
			p.Add(gridX(p), s.peersRows(labels), s.peersPoints(labels, n, lanes))
			at := tile(c, i, len(workers), cols, panelGap)
			p.Draw(at)
			if i%cols == 0 {
				rowLabels(c, p, at, labels)
			}
		}
	}}
}

func (s source) peersRange(lanes []string) (lo, hi float64) {
	for _, g := range s.groups {
		for _, v := range lanes {
			if r, absent := g.Ratio(v); absent == "" {
				lo, hi = math.Min(lo, math.Log(r.Est)), math.Max(hi, math.Log(r.Est))
			}
		}
	}
	return lo - 0.4, hi + 0.4
}

// peersRows draws the line of the base and those between rows.
func (s source) peersRows(labels []string) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		for i := range labels {
			bottom := y(-float64(i + 1))
			c.StrokeLine2(draw.LineStyle{Color: grid, Width: 0.5}, c.Min.X, bottom, c.Max.X, bottom)
		}
		c.StrokeLine2(lookOf(analysis.Base).line(1.5), x(0), c.Min.Y, x(0), c.Max.Y)
	}
}

func (s source) peersPoints(labels []string, workers int, lanes []string) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		rows := make([][]marked, len(labels))
		for i, label := range labels {
			g := analysis.Find(s.groups, label, workers)
			if g == nil {
				continue
			}
			for k, v := range lanes {
				r, absent := g.Ratio(v)
				if absent != "" {
					continue
				}
				at := vg.Point{X: x(math.Log(r.Est)), Y: y(-(float64(i) + (float64(k)+0.75)/(float64(len(lanes))+0.5)))}
				m := marked{words: v, color: lookOf(v).color, line: []vg.Point{at}}
				if r.Bounded() {
					lo, hi := clampX(c, x(math.Log(r.Lo))), clampX(c, x(math.Log(r.Hi)))
					c.StrokeLine2(lookOf(v).line(1.2), lo, at.Y, hi, at.Y)
					m.whiskers = []vg.Rectangle{level(at.Y, lo, hi)}
				}
				c.DrawGlyphNoClip(lookOf(v).glyph(2.6), at)
				rows[i] = append(rows[i], m)
			}
		}
		labelWidest(c, rows)
	}
}

// isPeer says whether a lane is a competitor.
func isPeer(lane string) bool {
	_, ok := harness.FindPeer(lane)
	return ok
}
