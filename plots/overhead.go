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
)

const (
	rowHeight = vg.Length(29) // of one workload in the overhead figure
	axisRoom  = vg.Length(44) // panel title, tick labels, axis label
	panelGap  = vg.Length(10)
)

// elsewhere are variants that differ from the base in the queue, of which other figures
// and tables speak. One such is enough, for scale.
var elsewhere = []string{"mutexbatchless", "splitdeque"}

// overhead shows what each variant costs above nometrics, per task: a row per
// workload, a panel per number of workers, the floor as a grey band.
func overhead(s source) *figure {
	var variants []string
	for _, v := range s.rec.Variants {
		// The twin is the band.
		if v != analysis.NoMetrics && v != analysis.Twin && !slices.Contains(elsewhere, v) {
			variants = append(variants, v)
		}
	}
	if !s.rec.Has(analysis.NoMetrics) || variants == nil {
		return nil
	}
	f := frame{
		title: "What metrics cost: time per task above the scheduler without metrics",
		note:  "Mean over cells with 95 % interval. Scale linear within 1 ns, logarithmic beyond.",
	}
	if s.rec.Has(analysis.Twin) {
		f.swatch = "floor (twin)"
		f.note += " What reaches into the grey band is not told from noise: base against its own copy."
	}
	if s.rec.Has("mutexqueue") {
		f.note += " mutexqueue differs in the queue instead, for scale."
	}
	labels, workers := s.axes()
	if len(workers) > 2 {
		workers = []int{workers[0], workers[len(workers)-1]}
		f.note += " Fewest and most workers; between them see the figure by number of workers."
	}
	panelRows := (len(workers) + 1) / 2
	panels := vg.Length(panelRows)*(rowHeight*vg.Length(len(labels))+axisRoom) + panelGap*vg.Length(panelRows-1)
	lo, hi := s.overheadRange(variants)
	return &figure{name: "overhead", height: f.height(s.rec) + panels, draw: func(c draw.Canvas) {
		c = f.draw(c, s.rec)
		names := labelWidth(labels)
		c.Min.X += names
		cols := min(len(workers), 2)
		for i, n := range workers {
			p := newPanel(plural(n, "worker"))
			p.X.Tick.Marker, p.X.Min, p.X.Max = symlogTicks{}, lo, hi
			p.X.Label.Text = "ns per task above nometrics"
			p.Y.Min, p.Y.Max = -float64(len(labels)), 0
			p.HideY()
			p.Add(s.overheadRows(labels, n), gridX(p), s.overheadPoints(labels, n, variants))
			at := tile(c, i, len(workers), cols, panelGap)
			p.Draw(at)
			if i%cols == 0 {
				rowLabels(c, p, at, labels)
			}
		}
	}}
}

// axes are the workload labels and numbers of workers of the recording.
func (s source) axes() (labels []string, workers []int) {
	for _, g := range s.groups {
		if !slices.Contains(labels, g.Label) {
			labels = append(labels, g.Label)
		}
		if !slices.Contains(workers, g.Workers) {
			workers = append(workers, g.Workers)
		}
	}
	slices.Sort(workers)
	return labels, workers
}

// overheadRange, on the symlog scale, is the same for all panels, so that they can be compared.
func (s source) overheadRange(variants []string) (lo, hi float64) {
	for _, g := range s.groups {
		for _, v := range variants {
			o := g.Overhead(v)
			lo, hi = math.Min(lo, o.Est), math.Max(hi, o.Est)
			if o.Bounded() {
				lo, hi = math.Min(lo, o.Lo), math.Max(hi, o.Hi)
			}
		}
	}
	lo, hi = widened(lo, hi, 2)
	return symlog(lo) - 0.25, symlog(hi) + 0.25
}

// overheadRows draws the floor of each row and the lines between rows.
func (s source) overheadRows(labels []string, workers int) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		for i, label := range labels {
			top, bottom := y(-float64(i)), y(-float64(i+1))
			if g := analysis.Find(s.groups, label, workers); g != nil {
				if floor, ok := g.Floor(); ok {
					left, right := c.Min.X, c.Max.X // +Inf with one cell: all is noise
					if !math.IsInf(floor, 0) {
						left, right = clampX(c, x(symlog(-floor))), clampX(c, x(symlog(floor)))
					}
					fill(c, band, vg.Rectangle{Min: vg.Point{X: left, Y: bottom + 1}, Max: vg.Point{X: right, Y: top - 1}})
				}
			} else {
				beside(c, smallStyle, vg.Point{X: c.Min.X + 4, Y: (top + bottom) / 2}, "not recorded")
			}
			c.StrokeLine2(draw.LineStyle{Color: grid, Width: 0.5}, c.Min.X, bottom, c.Max.X, bottom)
		}
	}
}

func (s source) overheadPoints(labels []string, workers int, variants []string) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		rows := make([][]marked, len(labels))
		for i, label := range labels {
			g := analysis.Find(s.groups, label, workers)
			if g == nil {
				continue
			}
			for k, v := range variants {
				o := g.Overhead(v)
				at := vg.Point{X: x(symlog(o.Est)), Y: y(-(float64(i) + (float64(k)+0.75)/(float64(len(variants))+0.5)))}
				m := marked{words: v, color: lookOf(v).color, line: []vg.Point{at}}
				if o.Bounded() {
					c.StrokeLine2(lookOf(v).line(1.2), x(symlog(o.Lo)), at.Y, x(symlog(o.Hi)), at.Y)
					m.whiskers = []vg.Rectangle{level(at.Y, x(symlog(o.Lo)), x(symlog(o.Hi)))}
				}
				c.DrawGlyphNoClip(lookOf(v).glyph(2.6), at)
				rows[i] = append(rows[i], m)
			}
		}
		labelWidest(c, rows)
	}
}

// labelWidest names the points of the row in which they lie furthest apart, for the length
// of their intervals. The words are kept clear of all rows.
func labelWidest(c draw.Canvas, rows [][]marked) {
	apart := func(row []marked) (w vg.Length) {
		for i, m := range row {
			if i > 0 {
				d := m.line[0].X - row[i-1].line[0].X
				w += max(d, -d)
			}
			for _, r := range m.whiskers {
				w -= 2 * (r.Max.X - r.Min.X)
			}
		}
		return w
	}
	filled := slices.DeleteFunc(slices.Clone(rows), func(row []marked) bool { return len(row) == 0 })
	if len(filled) == 0 {
		return
	}
	all := slices.Clone(slices.MaxFunc(filled, func(a, b []marked) int { return cmp.Compare(apart(a), apart(b)) }))
	for _, row := range filled {
		for _, m := range row {
			m.words = "" // only in the way
			if m.line[0] != all[0].line[0] {
				all = append(all, m)
			}
		}
	}
	labels(c, all)
}

func clampX(c draw.Canvas, x vg.Length) vg.Length { return min(max(x, c.Min.X), c.Max.X) }

func labelWidth(labels []string) vg.Length {
	w := vg.Length(0)
	for _, l := range labels {
		w = max(w, labelStyle.Width(l))
	}
	return w + 6
}

// rowLabels writes the workloads left of a panel, at the height of its rows.
func rowLabels(c draw.Canvas, p *plot.Plot, at draw.Canvas, labels []string) {
	data := p.DataCanvas(at)
	sty := labelStyle
	sty.XAlign = text.XRight
	for i, l := range labels {
		beside(c, sty, vg.Point{X: at.Min.X - 4, Y: data.Y(p.Y.Norm(-float64(i) - 0.5))}, l)
	}
}

func plural(n int, what string) string {
	if n == 1 {
		return fmt.Sprintf("%d %s", n, what)
	}
	return fmt.Sprintf("%d %ss", n, what)
}
