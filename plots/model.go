package plots

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stealbench/internal/analysis"
	"stealbench/internal/model"
)

// modelWorkloads have a panel: trees, whose workers all have work.
var modelWorkloads = []string{"fib", "skynet", "nqueens", "uts_t3"}

const modelHeight = vg.Length(140)

// projectedTo is how far the figure's workers go.
const projectedTo = 1024

// modelled shows the queueing model of the shared line: what was measured, and what the
// model says of it and beyond it. A panel per workload.
func modelled(s source) *figure {
	p, err := model.Read(s.rec, s.counts)
	if err != nil {
		return nil // nothing to predict from
	}
	var panels []model.Prediction
	for _, l := range modelWorkloads {
		groups := s.of(l)
		if len(groups) < 2 {
			continue
		}
		if d := p.Predict(groups, model.Own); d.Absent == "" && len(d.Rows) > 1 && d.Rows[0].Workers == 1 {
			panels = append(panels, d)
		}
	}
	if panels == nil {
		return nil
	}
	f := frame{
		title:    "The shared line as a queue: one add at a time, however many workers",
		note:     "Time per task, measured (mean, 95 % interval) and by mean value analysis from costs measured apart" + how(p) + " In percent: the error of the thick line where it is not fitted, from few workers to many. Grey: a projection, as if the work scaled, not data.",
		variants: []string{model.SharedLine, analysis.NoMetrics},
	}
	rows := (len(panels) + curveCols - 1) / curveCols
	height := f.height(s.rec) + modelHeight*vg.Length(rows) + panelGap*vg.Length(rows-1)
	return &figure{name: "model", height: height, draw: func(c draw.Canvas) {
		c = f.draw(c, s.rec)
		for i, d := range panels {
			modelPanel(p, d).Draw(tile(c, i, len(panels), min(curveCols, len(panels)), panelGap))
		}
	}}
}

// how says what the lines of the model are.
func how(p *model.Parameters) string {
	if p.Paced != nil {
		return ", the line at the pace of the workload; nothing is fitted."
	}
	return ": least and most of them bound the model; the middle line is fitted to 2 workers only."
}

// modelLine is a line of a panel and its direct label.
type modelLine struct {
	label string
	width vg.Length
	color color.Color
	ns    func(n int) float64
}

func modelPanel(p *model.Parameters, d model.Prediction) *plot.Plot {
	think := d.Rows[0].Think // of one worker; where it was measured each number has its own
	thinks := map[int]float64{}
	for _, r := range d.Rows {
		thinks[r.Workers] = r.Think
	}
	line := lookOf(model.SharedLine).color
	of := func(r model.Reading) func(int) float64 {
		return func(n int) float64 {
			if own, ok := thinks[n]; ok {
				return p.Time(r, d.Events, own, n)
			}
			return p.Time(r, d.Events, think, n)
		}
	}
	readings := p.Readings()
	lines := []modelLine{
		{"model, most", 0.7, line, of(readings[len(readings)-1])},
		{"model, least", 0.7, line, of(readings[0])},
		{"no metrics, if it scaled", 0.7, color.Black, func(n int) float64 { return think / float64(n) }},
	}
	if p.Paced != nil {
		lines[0].label, lines[0].width, lines[1].label = "model, every event a visit", 1.8, "model, one visit a task"
	} else if d.Why == "" {
		lines = append(lines, modelLine{"model, fitted to 2", 1.8, line, of(d.Reading())})
	}
	last := d.Rows[len(d.Rows)-1].Workers
	lo, hi := math.Inf(1), lines[0].ns(last)
	for _, r := range d.Rows {
		lo, hi = min(lo, r.None.Est), max(hi, r.Line.Est, r.None.Est)
	}
	lo = min(lo, lines[1].ns(projectedTo))
	pl := newPanel(d.Label + errorsText(p, d))
	pl.Y.Tick.Marker = logTicks{}
	pl.Y.Min, pl.Y.Max = widened(math.Log(lo/2), math.Log(hi*2), 2)
	pl.Y.Label.Text = "ns/task"
	pl.X.Min, pl.X.Max = -0.4, math.Log2(projectedTo)+0.3
	var ticks plot.ConstantTicks
	for n := 1; n <= projectedTo; n *= 4 {
		ticks = append(ticks, plot.Tick{Value: math.Log2(float64(n)), Label: strconv.Itoa(n)})
	}
	pl.X.Tick.Marker = ticks
	pl.X.Label.Text = "workers"
	pl.Add(projectionBand(last), gridY(pl), drawModelLines(lines, d), drawModelPoints(d))
	return pl
}

// errorsText is how far the model's thick line is from what was measured, by workers.
func errorsText(p *model.Parameters, d model.Prediction) string {
	var all []string
	for _, r := range d.Rows {
		ns := r.Calibrated // NaN where it was fitted
		if p.Paced != nil {
			ns = r.Predicted[len(r.Predicted)-1]
		}
		if !math.IsNaN(ns) {
			all = append(all, fmt.Sprintf("%+.0f", r.Error(ns)))
		}
	}
	if all == nil {
		return ""
	}
	return ": " + strings.Join(all, ", ") + " %"
}

// projectionBand greys what is beyond the workers that were measured, and says so.
func projectionBand(last int) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		from := x(math.Log2(float64(last)) + 0.4)
		fill(c, grid, vg.Rectangle{Min: vg.Point{X: from, Y: c.Min.Y}, Max: c.Max})
		c.FillText(bold(smallStyle), vg.Point{X: from + 3, Y: c.Max.Y - 10}, "projection")
	}
}

// drawModelLines draws each solid from one measured number of workers to the next and
// dashed beyond, with its label at its end, or before it leaves the panel at the bottom. The
// second one has it below, where that of the first one is not.
func drawModelLines(lines []modelLine, d model.Prediction) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		for i, l := range lines {
			at := func(n int) vg.Point {
				return vg.Point{X: x(math.Log2(float64(n))), Y: y(math.Log(l.ns(n)))}
			}
			var measured, beyond []vg.Point
			for _, r := range d.Rows {
				measured = append(measured, at(r.Workers))
			}
			for n := 1; n <= projectedTo; n *= 2 {
				if n > d.Rows[len(d.Rows)-1].Workers {
					beyond = append(beyond, at(n))
				}
			}
			sty := draw.LineStyle{Color: l.color, Width: l.width}
			c.StrokeLines(sty, c.ClipLinesY(measured)...)
			sty.Dashes = []vg.Length{3, 2}
			c.StrokeLines(sty, c.ClipLinesY(beyond)...)
			label := smallStyle
			label.Color = ink
			label.XAlign = text.XRight
			if end := beyond[len(beyond)-1]; end.Y > c.Min.Y {
				at := vg.Point{X: end.X, Y: end.Y + 3}
				if i == 1 && end.Y > c.Min.Y+26 {
					at.Y = end.Y - 10
				}
				c.FillText(label, at, l.label)
				continue
			}
			if last := measured[len(measured)-1]; last.Y > c.Min.Y+10 && beyond[0].Y < c.Min.Y { // it leaves between the two
				label.XAlign = text.XLeft
				c.FillText(label, vg.Point{X: last.X + 10, Y: last.Y - 4}, l.label)
				continue
			}
			all := append(measured, beyond...)
			if i := slices.IndexFunc(all, func(pt vg.Point) bool { return pt.Y < c.Min.Y+10 }); i >= 0 {
				label.XAlign = text.XLeft
				c.FillText(label, vg.Point{X: all[i].X + 8, Y: c.Min.Y + 4}, l.label)
			}
		}
	}
}

func drawModelPoints(d model.Prediction) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		for _, r := range d.Rows {
			at := x(math.Log2(float64(r.Workers)))
			for _, of := range []struct {
				variant    string
				ns, lo, hi float64
			}{{analysis.NoMetrics, r.None.Est, r.None.Lo, r.None.Hi}, {model.SharedLine, r.Line.Est, r.Line.Lo, r.Line.Hi}} {
				l := lookOf(of.variant)
				if of.lo > 0 && !math.IsInf(of.hi, 0) {
					c.StrokeLine2(l.line(1.2), at, max(y(math.Log(of.lo)), c.Min.Y), at, min(y(math.Log(of.hi)), c.Max.Y))
				}
				c.DrawGlyphNoClip(l.glyph(2.8), vg.Point{X: at, Y: y(math.Log(of.ns))})
			}
		}
	}
}
