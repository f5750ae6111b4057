package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stealbench/internal/analysis"
	"stealbench/internal/model"
)

const predictedHeight = vg.Length(215)

// predicted shows what batching should save, by events times the cost of one, and what it
// does. A panel per unbatched variant.
func predicted(s source) *figure {
	p, err := model.Read(s.rec, s.counts)
	if err != nil {
		return nil
	}
	all := map[string][]model.Saving{}
	for _, g := range s.groups {
		for _, v := range p.Savings(g) {
			if v.Absent == "" && v.Bounded() {
				all[v.Of] = append(all[v.Of], v)
			}
		}
	}
	var from []string
	for _, v := range []string{model.Batchless, model.SharedLine} {
		if slices.ContainsFunc(all[v], model.Saving.Resolved) {
			from = append(from, v)
		}
	}
	if from == nil {
		return nil
	}
	f := frame{
		title: "What batching should save, by events times their cost, and what it does",
		note: "ns per task; mean over cells with 95 % interval; logarithmic, but linear within 1 ns. On the black line the prediction " +
			"holds, above it more is saved. Labels: workload, workers. Hollow: not told from noise, cut at the panel.",
		variants: from,
	}
	height := f.height(s.rec) + predictedHeight
	return &figure{name: "predicted", height: height, draw: func(c draw.Canvas) {
		c = f.draw(c, s.rec)
		for i, v := range from {
			predictedPanel(v, all[v]).Draw(tile(c, i, len(from), len(from), panelGap))
		}
	}}
}

func predictedPanel(from string, all []model.Saving) *plot.Plot {
	p := newPanel(from + " - " + analysis.Base)
	p.X.Tick.Marker, p.Y.Tick.Marker = fineTicks{}, fineTicks{}
	p.X.Label.Text, p.Y.Label.Text = "predicted, ns per task", "measured, ns per task"
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = math.Inf(1), 0, math.Inf(1), 0
	for _, v := range all {
		if v.Resolved() {
			p.X.Min, p.X.Max = min(p.X.Min, symlog(v.Predicted)), max(p.X.Max, symlog(v.Predicted))
			p.Y.Min, p.Y.Max = min(p.Y.Min, symlog(v.Est)), max(p.Y.Max, symlog(v.Hi))
		}
	}
	p.X.Min, p.X.Max = widened(p.X.Min-0.6, p.X.Max+0.8, 2)
	p.Y.Min, p.Y.Max = widened(p.Y.Min-0.8, p.Y.Max+0.4, 2)
	p.Add(gridX(p), gridY(p), diagonal, savingPoints(all), savingLabels(all))
	return p
}

// fineTicks are symlogTicks with 2 and 5 between the powers of ten, for short axes.
type fineTicks struct{}

func (fineTicks) Ticks(min, max float64) []plot.Tick {
	ticks := []plot.Tick{{Value: 0, Label: "0"}}
	for p := 1.0; symlog(p) <= math.Max(-min, max); p *= 10 {
		for _, v := range []float64{-p, -2 * p, -5 * p, p, 2 * p, 5 * p} {
			if at := symlog(v); at >= min && at <= max {
				ticks = append(ticks, plot.Tick{Value: at, Label: short(v)})
			}
		}
	}
	return slices.DeleteFunc(ticks, func(t plot.Tick) bool { return t.Value < min || t.Value > max })
}

// diagonal is where measured is predicted.
var diagonal plotter = func(c draw.Canvas, x, y func(float64) vg.Length) {
	a, b := vg.Point{X: x(0), Y: y(0)}, vg.Point{X: x(9), Y: y(9)}
	c.StrokeLines(draw.LineStyle{Color: ink, Width: 0.8}, c.ClipLinesXY([]vg.Point{a, b})...)
}

func savingPoints(all []model.Saving) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		draws := func(resolved bool) {
			for _, v := range all {
				if v.Resolved() != resolved {
					continue
				}
				sty, line := lookOf(v.Of).glyph(3), lookOf(v.Of).line(1)
				if !resolved {
					sty.Color, sty.Shape, sty.Radius = pale, draw.RingGlyph{}, 2
				}
				at := x(symlog(v.Predicted))
				if at < c.Min.X || at > c.Max.X {
					continue
				}
				if resolved {
					c.StrokeLines(line, c.ClipLinesY([]vg.Point{{X: at, Y: y(symlog(v.Lo))}, {X: at, Y: y(symlog(v.Hi))}})...)
				}
				if pt := (vg.Point{X: at, Y: y(symlog(v.Est))}); pt.Y >= c.Min.Y && pt.Y <= c.Max.Y {
					c.DrawGlyphNoClip(sty, pt)
				}
			}
		}
		draws(false) // under the others
		draws(true)
	}
}

// savingLabels names resolved points, as many as have room, the farthest off first.
func savingLabels(all []model.Saving) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		sty := words(7.5, ink)
		var taken []vg.Rectangle
		for _, v := range all {
			if v.Resolved() {
				pt := vg.Point{X: x(symlog(v.Predicted)), Y: y(symlog(v.Est))}
				taken = append(taken, vg.Rectangle{Min: vg.Point{X: pt.X - 3, Y: pt.Y - 3}, Max: vg.Point{X: pt.X + 3, Y: pt.Y + 3}})
			}
		}
		off := func(v model.Saving) float64 { return math.Abs(symlog(v.Est) - symlog(v.Predicted)) }
		far := slices.SortedStableFunc(slices.Values(all), func(a, b model.Saving) int { return cmp.Compare(off(b), off(a)) })
		for _, v := range far {
			if !v.Resolved() {
				continue
			}
			name := fmt.Sprintf("%s, %d", v.Group.Label, v.Group.Workers)
			pt := vg.Point{X: x(symlog(v.Predicted)), Y: y(symlog(v.Est))}
			for _, side := range []text.XAlignment{text.XLeft, text.XRight} {
				w := sty.Width(name)
				left := pt.X + 5
				if side == text.XRight {
					left = pt.X - 5 - w
				}
				room := vg.Rectangle{Min: vg.Point{X: left, Y: pt.Y - 4}, Max: vg.Point{X: left + w, Y: pt.Y + 4}}
				if room.Min.X < c.Min.X || room.Max.X > c.Max.X || overlaps(taken, room) {
					continue
				}
				taken = append(taken, room)
				beside(c, sty, vg.Point{X: left, Y: pt.Y}, name)
				break
			}
		}
	}
}

func overlaps(taken []vg.Rectangle, r vg.Rectangle) bool {
	for _, t := range taken {
		if r.Min.X < t.Max.X && t.Min.X < r.Max.X && r.Min.Y < t.Max.Y && t.Min.Y < r.Max.Y {
			return true
		}
	}
	return false
}
