package plots

import (
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
)

// partFill is how a part of a bar is filled. Each is darker than the one before it, so
// that grey tells them apart.
type partFill struct {
	color color.Color
	hatch bool
}

var partFills = []partFill{
	{color.RGBA{0xde, 0xec, 0xf7, 0xff}, false},
	{color.RGBA{0xf2, 0xb7, 0x35, 0xff}, false},
	{color.RGBA{0xcc, 0x79, 0xa7, 0xff}, true},
	{color.RGBA{0x6e, 0x1a, 0x12, 0xff}, false},
	{color.RGBA{0x50, 0x50, 0x50, 0xff}, true}, // no variant's
}

// decomposition shows what counting event by event costs, part by part: a panel per
// workload, a bar per number of workers.
func decomposition(s source) *figure {
	parts := analysis.Parts(s.rec.Variants)
	if parts == nil {
		return nil
	}
	labels, none := s.withEffect(func(g *analysis.Group) bool {
		return slices.ContainsFunc(g.Decomposition(), analysis.Difference.Resolved)
	})
	reader := s.rec.Has(analysis.Reader.Of) && s.rec.Has(analysis.Reader.Over)
	names := map[string]string{}
	var entries []string
	for _, p := range append(parts[:len(parts):len(parts)], analysis.Reader) {
		if p != analysis.Reader || reader {
			entries, names[p.Name] = append(entries, p.Name), p.Name+" ("+p.Of+" - "+p.Over+")"
		}
	}
	f := frame{
		title: "Where the cost of counting event by event comes from",
		note: "ns per task; the parts add up to sharedline - nometrics, the bold figure. A part below zero hangs below the line. " +
			"Whiskers: 95 % interval of each part that is told from noise, over cells. Hollow: not told from it; its size is the grey band." + noneText(none),
		variants: entries,
		names:    names,
		fills:    partLooks(parts),
		swatch:   s.floorName(),
	}
	_, workers := s.axes()
	named := len(workers) <= 2 // there is room for words beside a bar
	if named {
		f.note += " " + partsText(entries, names)
		f.variants = nil
	}
	lo, hi := s.partsRange(labels, reader)
	cols := smallCols
	if named {
		cols = curveCols
	}
	rows := (len(labels) + cols - 1) / cols
	height := f.height(s.rec) + partsHeight*vg.Length(rows) + panelGap*vg.Length(rows-1)
	return &figure{name: "decomposition", height: height, draw: func(c draw.Canvas) {
		c = f.draw(c, s.rec)
		for i, label := range labels {
			s.partsPanel(label, lo, hi, reader, named, partLooks(parts)).Draw(tile(c, i, len(labels), min(cols, len(labels)), panelGap))
		}
	}}
}

const partsHeight = vg.Length(128)

// partsText says what each part is the difference of.
func partsText(entries []string, names map[string]string) string {
	var all []string
	for _, e := range entries {
		all = append(all, names[e])
	}
	return "Parts: " + strings.Join(all, "; ") + "."
}

// partLooks are the fills by the name of the part.
func partLooks(parts []analysis.Part) map[string]partFill {
	looks := map[string]partFill{analysis.Reader.Name: partFills[4]}
	for i, p := range parts {
		looks[p.Name] = partFills[i]
	}
	looks["sharing"] = partFills[3]
	return looks
}

// withEffect are the workloads of which a group has an effect, and the others; all of
// them if none has, so that what was measured never decides whether there is a figure.
func (s source) withEffect(has func(*analysis.Group) bool) (labels, none []string) {
	all, _ := s.axes()
	for _, l := range all {
		if slices.ContainsFunc(s.of(l), has) {
			labels = append(labels, l)
		} else {
			none = append(none, l)
		}
	}
	if labels == nil {
		return all, nil
	}
	return labels, none
}

// noneText names what a figure leaves out.
func noneText(labels []string) string {
	if labels == nil {
		return ""
	}
	return " Nothing is resolved, so not shown: " + strings.Join(labels, ", ") + "."
}

// stacked is a part and where it is in its bar: from a to b.
type stacked struct {
	name string
	a, b float64
	analysis.Difference
}

// stack puts what costs on top of what costs, and what saves below what saves.
func stack(g *analysis.Group) []stacked {
	var bar []stacked
	up, down := 0.0, 0.0
	for i, d := range g.Decomposition() {
		if d.Absent != "" {
			return nil
		}
		at := &up
		if d.Est < 0 {
			at = &down
		}
		bar = append(bar, stacked{analysis.Parts(g.Variants())[i].Name, *at, *at + d.Est, d})
		*at += d.Est
	}
	return bar
}

// partsRange holds the bars and intervals of groups in which something is resolved.
func (s source) partsRange(labels []string, reader bool) (lo, hi float64) {
	for _, l := range labels {
		for _, g := range s.of(l) {
			bar := stack(g)
			if reader {
				bar = append(bar, stacked{Difference: g.Difference(analysis.Reader.Of, analysis.Reader.Over)})
			}
			for _, p := range bar {
				lo, hi = math.Min(lo, p.b), math.Max(hi, p.b)
				if p.Resolved() {
					lo, hi = math.Min(lo, p.a+p.Lo), math.Max(hi, p.a+p.Hi)
				}
			}
		}
	}
	lo, hi = widened(lo, hi, 2)
	return lo - (hi-lo)*0.04, hi + (hi-lo)*0.12
}

func (s source) partsPanel(label string, lo, hi float64, reader, named bool, looks map[string]partFill) *plot.Plot {
	groups := s.of(label)
	p := newPanel(label)
	p.Y.Min, p.Y.Max = lo, hi
	p.Y.Tick.Marker = roundTicks{}
	p.Y.Label.Text = "ns per task"
	p.X.Min, p.X.Max = -0.5, float64(len(groups))-0.5
	var ticks plot.ConstantTicks
	for i, g := range groups {
		ticks = append(ticks, plot.Tick{Value: float64(i), Label: strconv.Itoa(g.Workers)})
	}
	p.X.Tick.Marker, p.X.Label.Text = ticks, "workers"
	p.Add(gridY(p), partsBars(groups, reader, named, looks))
	return p
}

// roundTicks marks about four round numbers on a linear axis.
type roundTicks struct{}

func (roundTicks) Ticks(min, max float64) []plot.Tick {
	step := math.Pow(10, math.Floor(math.Log10((max-min)/2)))
	for _, f := range []float64{1, 2, 5} {
		if (max-min)/(step*f) <= 5 {
			step *= f
			break
		}
	}
	var ticks []plot.Tick
	for v := step * math.Ceil(min/step); v <= max; v += step {
		v = math.Round(v/step) * step
		ticks = append(ticks, plot.Tick{Value: v, Label: short(v)})
	}
	return ticks
}

// partsBars draws a stacked bar per group, on the floor of that group, and names what is
// resolved if asked to.
func partsBars(groups []*analysis.Group, reader, named bool, looks map[string]partFill) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		clampY := func(v float64) vg.Length { return min(max(y(v), c.Min.Y), c.Max.Y) }
		width := min((x(1)-x(0))*0.62, 26)
		var names []marked
		name := func(of string, bar vg.Rectangle) {
			m := marked{whiskers: []vg.Rectangle{bar}}
			if named && of != "" {
				m.words, m.color, m.line = of, ink, []vg.Point{{X: bar.Min.X, Y: (bar.Min.Y + bar.Max.Y) / 2}}
			}
			names = append(names, m)
		}
		for i, g := range groups {
			at := x(float64(i))
			if floor, ok := g.Floor(); ok {
				half := (x(1) - x(0)) * 0.48
				fill(c, band, vg.Rectangle{Min: vg.Point{X: at - half, Y: clampY(-floor)}, Max: vg.Point{X: at + half, Y: clampY(floor)}})
			}
			bar := stack(g)
			left, w := at-width/2, width
			if reader {
				w = width * 0.6
			}
			top, sum := 0.0, 0.0
			for _, p := range bar {
				at := vg.Rectangle{Min: vg.Point{X: left, Y: clampY(p.a)}, Max: vg.Point{X: left + w, Y: clampY(p.b)}}
				drawPart(c, looks[p.name], p, at)
				if p.Resolved() {
					name(p.name, at)
				} else {
					name("", at)
				}
				top, sum = math.Max(top, p.b), sum+p.Est
			}
			for k, p := range bar { // over all parts
				if p.Resolved() {
					mid := left + w*vg.Length(2*k+1)/vg.Length(2*len(bar))
					whisker(c, mid, clampY(p.a+p.Lo), clampY(p.a+p.Hi))
					top = math.Max(top, p.a+p.Hi)
				}
			}
			if last := len(bar) - 1; last >= 0 && g.Difference(bar[last].Of, bar[0].Over).Resolved() {
				sty := bold(words(7.5, ink))
				sty.XAlign = text.XCenter
				at := vg.Point{X: left + w/2, Y: min(clampY(top)+2, c.Max.Y-7)}
				c.FillText(sty, at, analysis.Num(sum))
				name("", around(vg.Point{X: at.X, Y: at.Y + 3}, 9, 4))
			}
			if d := g.Difference(analysis.Reader.Of, analysis.Reader.Over); reader && d.Absent == "" {
				left = at + width*0.15
				at := vg.Rectangle{Min: vg.Point{X: left, Y: clampY(0)}, Max: vg.Point{X: left + width*0.35, Y: clampY(d.Est)}}
				drawPart(c, looks[analysis.Reader.Name], stacked{Difference: d}, at)
				if d.Resolved() {
					name("spinning reader", at)
					whisker(c, left+width*0.17, clampY(d.Lo), clampY(d.Hi))
				}
			}
		}
		c.StrokeLine2(draw.LineStyle{Color: ink, Width: 0.7}, c.Min.X, y(0), c.Max.X, y(0))
		labels(c, append(names, marked{line: []vg.Point{{X: c.Min.X, Y: y(0)}, {X: c.Max.X, Y: y(0)}}}))
	}
}

// drawPart fills a part that is resolved, and outlines one that is not.
func drawPart(c draw.Canvas, look partFill, p stacked, r vg.Rectangle) {
	if r.Min.Y > r.Max.Y {
		r.Min.Y, r.Max.Y = r.Max.Y, r.Min.Y
	}
	if !p.Resolved() {
		look.color, look.hatch = color.White, false
	}
	drawSwatch(c, look, r)
}

// drawSwatch fills and outlines a rectangle.
func drawSwatch(c draw.Canvas, look partFill, r vg.Rectangle) {
	fill(c, look.color, r)
	if look.hatch {
		hatch(c, r)
	}
	c.StrokeLines(draw.LineStyle{Color: ink, Width: 0.4}, []vg.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}, r.Min})
}

// whisker draws an interval that is seen on dark and on light.
func whisker(c draw.Canvas, x, lo, hi vg.Length) {
	c.StrokeLine2(draw.LineStyle{Color: color.White, Width: 2.4}, x, lo, x, hi)
	c.StrokeLine2(draw.LineStyle{Color: ink, Width: 0.9}, x, lo, x, hi)
}

// hatch draws slanted lines over a rectangle.
func hatch(c draw.Canvas, r vg.Rectangle) {
	sty := draw.LineStyle{Color: color.White, Width: 0.7}
	w, h := r.Max.X-r.Min.X, r.Max.Y-r.Min.Y
	for d := -h; d < w; d += 3.5 { // the line x - y = d, from the lower left corner
		from, to := vg.Point{X: max(d, 0), Y: max(-d, 0)}, vg.Point{X: min(d+h, w), Y: min(w-d, h)}
		c.StrokeLine2(sty, r.Min.X+from.X, r.Min.Y+from.Y, r.Min.X+to.X, r.Min.Y+to.Y)
	}
}
