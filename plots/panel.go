package plots

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// newPanel is a plot with the house's axes; its title names the panel.
func newPanel(title string) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	p.Title.Text = title
	p.Title.TextStyle = bold(words(8.5, ink))
	p.Title.TextStyle.XAlign = text.XCenter
	p.Title.TextStyle.YAlign = text.YTop
	p.Title.Padding = 3
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Padding = 0
		a.LineStyle = draw.LineStyle{Color: frames, Width: 0.5}
		a.Tick.LineStyle = a.LineStyle
		a.Tick.Length = 3
		label, tick := words(8.5, ink), words(8, ink)
		label.XAlign, label.YAlign = a.Label.TextStyle.XAlign, a.Label.TextStyle.YAlign
		tick.XAlign, tick.YAlign = a.Tick.Label.XAlign, a.Tick.Label.YAlign
		a.Label.TextStyle, a.Tick.Label = label, tick
	}
	return p
}

// plotter makes a function a plot.Plotter.
type plotter func(c draw.Canvas, x, y func(float64) vg.Length)

func (f plotter) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	f(c, x, y)
}

// gridX draws a line at every labelled tick, under the data.
func gridX(p *plot.Plot) plotter {
	return func(c draw.Canvas, x, _ func(float64) vg.Length) {
		for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
			if t.Value < p.X.Min || t.Value > p.X.Max {
				continue
			}
			sty := draw.LineStyle{Color: grid, Width: 0.5}
			if t.Value == 0 {
				sty.Color = pale
			}
			c.StrokeLine2(sty, x(t.Value), c.Min.Y, x(t.Value), c.Max.Y)
		}
	}
}

func gridY(p *plot.Plot) plotter {
	return func(c draw.Canvas, _, y func(float64) vg.Length) {
		for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
			c.StrokeLine2(draw.LineStyle{Color: grid, Width: 0.5}, c.Min.X, y(t.Value), c.Max.X, y(t.Value))
		}
	}
}

// tile is panel number i of n, in rows of cols, of a canvas.
func tile(c draw.Canvas, i, n, cols int, gap vg.Length) draw.Canvas {
	rows := (n + cols - 1) / cols
	w := (c.Max.X - c.Min.X - gap*vg.Length(cols-1)) / vg.Length(cols)
	h := (c.Max.Y - c.Min.Y - gap*vg.Length(rows-1)) / vg.Length(rows)
	x := c.Min.X + (w+gap)*vg.Length(i%cols)
	y := c.Max.Y - h - (h+gap)*vg.Length(i/cols)
	c.Rectangle = vg.Rectangle{Min: vg.Point{X: x, Y: y}, Max: vg.Point{X: x + w, Y: y + h}}
	return c
}
