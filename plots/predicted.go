package plots

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stealbench/internal/analysis"
	"stealbench/internal/model"
)

// predicted shows how many times what batching should save, by events times the cost of
// one, it does save. A row per workload and number of workers, a panel per unbatched
// variant.
func predicted(s source) *figure {
	p, err := model.Read(s.rec, s.counts)
	if err != nil {
		return nil
	}
	savings := map[string]map[*analysis.Group]model.Saving{model.Batchless: {}, model.SharedLine: {}}
	for _, g := range s.groups {
		for _, v := range p.Savings(g) {
			if v.Absent == "" && v.Bounded() {
				savings[v.Of][g] = v
			}
		}
	}
	var from []string
	for _, v := range []string{model.Batchless, model.SharedLine} {
		if slices.ContainsFunc(s.groups, func(g *analysis.Group) bool { return resolved(savings[v], g) }) {
			from = append(from, v)
		}
	}
	if from == nil {
		return nil
	}
	// Rows with nothing are left out, whole workloads of them by name.
	labels, none := s.withEffect(func(g *analysis.Group) bool {
		return slices.ContainsFunc(from, func(v string) bool { return resolved(savings[v], g) })
	})
	_, workers := s.axes()
	few, left := workers, ""
	if len(few) > 3 {
		few, left = []int{few[0], few[1], few[len(few)-1]}, " Other numbers of workers are left out."
	}
	s.groups = slices.DeleteFunc(slices.Clone(s.groups), func(g *analysis.Group) bool {
		return !slices.Contains(labels, g.Label) || !slices.Contains(few, g.Workers)
	})
	f := frame{
		title: "Does batching save what events times their cost predict?",
		note: "Measured over predicted saving, mean over cells with 95 % interval, logarithmic. At 1 the prediction holds, right of it more is saved. " +
			"Grey, cut at the panel: what may be if a fetch of the shared line costs all that it can. In digits: the measured saving per task. Hollow: not told from noise." + left + noneText(none),
	}
	lo, hi := predictedRange(savings)
	height := f.height(s.rec) + axisRoom + removedRow*vg.Length(len(s.groups))
	return &figure{name: "predicted", height: height, draw: func(c draw.Canvas) {
		c = f.draw(c, s.rec)
		c.Min.X += labelWidth(labels) + workersRoom
		for i, v := range from {
			at := tile(c, i, len(from), len(from), panelGap)
			at.Max.X -= valueRoom
			p := newPanel(v + " - " + analysis.Base)
			p.X.Min, p.X.Max = lo, hi
			p.X.Tick.Marker = logTicks{}
			p.X.Label.Text = "times the prediction"
			p.Y.Min, p.Y.Max = -float64(len(s.groups)), 0
			p.HideY()
			p.Add(s.predictedRows(v, savings[v]), gridX(p), s.predictedPoints(v, savings[v]))
			p.Draw(at)
			s.rowValues(c, p, at, func(g *analysis.Group) string {
				if resolved(savings[v], g) {
					return analysis.Num(savings[v][g].Est) + " ns"
				}
				return ""
			})
			if i == 0 {
				s.groupLabels(c, p, at)
			}
		}
	}}
}

func resolved(savings map[*analysis.Group]model.Saving, g *analysis.Group) bool {
	v, ok := savings[g]
	return ok && v.Resolved()
}

// predictedRange, on the axis, holds all points that are told from noise, and 1.
func predictedRange(savings map[string]map[*analysis.Group]model.Saving) (lo, hi float64) {
	for _, groups := range savings {
		for _, v := range groups {
			if v.Resolved() && v.Times() > 0 {
				lo, hi = min(lo, math.Log(v.Times())), max(hi, math.Log(v.Times()))
			}
		}
	}
	lo, hi = widened(lo, hi, 2)
	return lo - 0.3, hi + 0.3
}

// predictedRows draws the line of the prediction, and up to where it may be.
func (s source) predictedRows(from string, savings map[*analysis.Group]model.Saving) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		for i, g := range s.groups {
			top, bottom := y(-float64(i)), y(-float64(i+1))
			if v, ok := savings[g]; ok && v.Most > v.Predicted && v.Predicted > 0 {
				fill(c, band, vg.Rectangle{Min: vg.Point{X: x(0), Y: bottom + 2}, Max: vg.Point{X: clampX(c, x(math.Log(v.Most/v.Predicted))), Y: top - 2}})
			}
			s.lineAbove(c, i, top)
		}
		c.StrokeLine2(draw.LineStyle{Color: ink, Width: 0.8}, x(0), c.Min.Y, x(0), c.Max.Y)
	}
}

func (s source) predictedPoints(from string, savings map[*analysis.Group]model.Saving) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		for i, g := range s.groups {
			v, ok := savings[g]
			if !ok || !(v.Predicted > 0) || v.Hi <= 0 {
				continue // less than nothing has no place on the axis
			}
			at := y(-float64(i) - 0.5)
			sty, line := lookOf(from).glyph(3), lookOf(from).line(1.2)
			if !v.Resolved() {
				sty.Color, sty.Shape, line.Color = pale, draw.RingGlyph{}, pale
			}
			lo := c.Min.X
			if v.Lo > 0 {
				lo = clampX(c, x(math.Log(v.Lo/v.Predicted)))
			}
			c.StrokeLine2(line, lo, at, clampX(c, x(math.Log(v.Hi/v.Predicted))), at)
			if pt := (vg.Point{X: x(math.Log(v.Times())), Y: at}); v.Est > 0 && pt.X == clampX(c, pt.X) {
				c.DrawGlyphNoClip(sty, pt)
			}
		}
	}
}
