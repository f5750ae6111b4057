package plots

import (
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stealbench/internal/analysis"
)

const (
	removedRow = vg.Length(13) // of one workload at one number of workers
	valueRoom  = vg.Length(58) // beside a panel, for the share in digits
)

// removed shows which share of the unbatched overhead batching removes.
func removed(s source) *figure {
	var from []string
	for _, v := range analysis.Unbatched {
		if s.rec.Has(v) && s.rec.Has(analysis.Base) && s.rec.Has(analysis.NoMetrics) {
			from = append(from, v)
		}
	}
	if from == nil {
		return nil
	}
	f := frame{
		title: "How much of the cost of unbatched metrics batching removes",
		note: "(T(unbatched) - T(chaselev)) / (T(unbatched) - T(nometrics)) with 95 % bootstrap interval over cells. " +
			"100 %: batched metrics cost as little as none. Hollow: the unbatched overhead itself is not told from noise, or too few cells. Intervals end at the panel.",
		variants: from,
	}
	lo, hi := s.removedRange(from)
	height := f.height(s.rec) + axisRoom + removedRow*vg.Length(len(s.groups))
	return &figure{name: "removed", height: height, draw: func(c draw.Canvas) {
		c = f.draw(c, s.rec)
		labels, _ := s.axes()
		c.Min.X += labelWidth(labels) + workersRoom
		for i, v := range from {
			at := tile(c, i, len(from), len(from), panelGap)
			at.Max.X -= valueRoom
			p := newPanel("unbatched = " + v)
			p.X.Min, p.X.Max = lo, hi
			p.X.Tick.Marker = percentTicks{}
			p.X.Label.Text = "% of the overhead removed"
			p.Y.Min, p.Y.Max = -float64(len(s.groups)), 0
			p.HideY()
			p.Add(gridX(p), s.removedPoints(v))
			p.Draw(at)
			s.rowValues(c, p, at, func(g *analysis.Group) string {
				if r := g.Removed(v); r.Claimed {
					return analysis.Num(r.Est) + " %"
				}
				return ""
			})
			if i == 0 {
				s.groupLabels(c, p, at)
			}
		}
	}}
}

// workersRoom is the column of numbers of workers.
const workersRoom = vg.Length(18)

// removedRange holds 0 to 100 % and the claimed intervals, within reason.
func (s source) removedRange(from []string) (lo, hi float64) {
	lo, hi = 0, 100
	for _, g := range s.groups {
		for _, v := range from {
			if r := g.Removed(v); r.Claimed {
				lo, hi = math.Min(lo, r.Lo), math.Max(hi, r.Hi)
			}
		}
	}
	return math.Max(lo, -100) - 6, math.Min(hi, 200) + 6
}

type percentTicks struct{}

func (percentTicks) Ticks(min, max float64) []plot.Tick {
	var ticks []plot.Tick
	for v := 50 * math.Ceil(min/50); v <= max; v += 50 {
		ticks = append(ticks, plot.Tick{Value: v, Label: strconv.Itoa(int(v))})
	}
	return ticks
}

// lineAbove parts the rows of a workload from those before.
func (s source) lineAbove(c draw.Canvas, row int, y vg.Length) {
	if row > 0 && s.groups[row-1].Label != s.groups[row].Label {
		c.StrokeLine2(draw.LineStyle{Color: grid, Width: 0.5}, c.Min.X, y, c.Max.X, y)
	}
}

func (s source) removedPoints(from string) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		for i, g := range s.groups {
			at := y(-float64(i) - 0.5)
			s.lineAbove(c, i, y(-float64(i)))
			r := g.Removed(from)
			if r.Absent != "" {
				continue
			}
			sty, line := lookOf(from).glyph(3), lookOf(from).line(1.2)
			if !r.Claimed {
				sty.Color, sty.Shape, line.Color = pale, draw.RingGlyph{}, pale
			}
			if r.Bounded() {
				c.StrokeLine2(line, clampX(c, x(r.Lo)), at, clampX(c, x(r.Hi)), at)
			}
			// Out of range an unclaimed share has no place; its row says so.
			if pt := (vg.Point{X: clampX(c, x(r.Est)), Y: at}); r.Claimed || pt.X == x(r.Est) {
				c.DrawGlyphNoClip(sty, pt)
			}
		}
	}
}

// rowValues writes what each row says beside the panel: one that is not resolved gets no
// number that could be quoted.
func (s source) rowValues(c draw.Canvas, p *plot.Plot, at draw.Canvas, value func(*analysis.Group) string) {
	data := p.DataCanvas(at)
	sty := words(8.5, ink)
	for i, g := range s.groups {
		txt := value(g)
		sty.Color = color.Color(ink)
		if txt == "" {
			txt, sty.Color = "not resolved", faint
		}
		beside(c, sty, vg.Point{X: data.Max.X + 5, Y: data.Y(p.Y.Norm(-float64(i) - 0.5))}, txt)
	}
}

// groupLabels writes the workload once and each number of workers, left of a panel with
// a row per group.
func (s source) groupLabels(c draw.Canvas, p *plot.Plot, at draw.Canvas) {
	data := p.DataCanvas(at)
	sty := labelStyle
	sty.XAlign = text.XRight
	row := func(i float64) vg.Length { return data.Y(p.Y.Norm(-i)) }
	for i, g := range s.groups {
		beside(c, sty, vg.Point{X: at.Min.X - 4, Y: row(float64(i) + 0.5)}, strconv.Itoa(g.Workers))
		if i == 0 || s.groups[i-1].Label != g.Label {
			n := float64(len(s.of(g.Label)))
			beside(c, sty, vg.Point{X: at.Min.X - workersRoom, Y: row(float64(i) + n/2)}, g.Label)
		}
	}
	small := smallStyle
	small.XAlign = text.XRight
	c.FillText(small, vg.Point{X: at.Min.X - 4, Y: row(0) + 3}, "workers")
}
