package plots

import (
	"image/color"
	"path/filepath"
	"strconv"
	"strings"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stealbench/internal/recording"
)

const (
	margin  = vg.Length(8)
	leading = 1.25 // line height over font size
)

// words is a text style: the one font of all figures, left-aligned on the
// baseline.
func words(size vg.Length, c color.Color) text.Style {
	return text.Style{Color: c, Handler: plot.DefaultTextHandler,
		Font: font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}}
}

var (
	titleStyle = bold(words(11, ink))
	noteStyle  = words(8.5, ink)
	labelStyle = words(8.5, ink)
	smallStyle = words(8, faint)
)

func bold(s text.Style) text.Style {
	s.Font.Weight = stdfont.WeightBold
	return s
}

// frame is all that surrounds the panels: what is shown, who is who, and where
// it comes from.
type frame struct {
	title, note string
	variants    []string // in the legend
	swatch      string   // legend text of the grey band, "" for none

	names map[string]string   // legend text of those with another one
	fills map[string]partFill // of entries that are parts of bars
}

// lines are the wrapped lines of a text across the figure.
func lines(sty text.Style, s string) []string {
	var out []string
	line := ""
	for _, w := range strings.Fields(s) {
		longer := strings.TrimSpace(line + " " + w)
		if line != "" && sty.Width(longer) > width-2*margin {
			out = append(out, line)
			longer = w
		}
		line = longer
	}
	return append(out, line)
}

// beside writes text centred on the height of a marker.
func beside(c draw.Canvas, sty text.Style, pt vg.Point, s string) {
	sty.YAlign = text.YCenter
	pt.Y += sty.Font.Size * 0.1 // the centre counts the descenders
	c.FillText(sty, pt, s)
}

func lineHeight(sty text.Style) vg.Length { return sty.Font.Size * leading }

// height is what the frame takes beside the panels.
func (f frame) height(rec *recording.Recording) vg.Length {
	return 2*margin + 10 +
		lineHeight(titleStyle)*vg.Length(len(lines(titleStyle, f.title))) +
		lineHeight(noteStyle)*vg.Length(len(lines(noteStyle, f.note))) +
		legendHeight*vg.Length(len(f.legendRows())) +
		lineHeight(smallStyle)*vg.Length(len(lines(smallStyle, footer(rec))))
}

// draw draws the frame and returns the canvas that is left for the panels.
func (f frame) draw(c draw.Canvas, rec *recording.Recording) draw.Canvas {
	r := c.Rectangle
	c.FillPolygon(color.White, []vg.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}})
	x, y := r.Min.X+margin, r.Max.Y-margin
	put := func(sty text.Style, s string) {
		for _, line := range lines(sty, s) {
			y -= lineHeight(sty)
			c.FillText(sty, vg.Point{X: x, Y: y + sty.Font.Size*0.2}, line)
		}
	}
	put(titleStyle, f.title)
	put(noteStyle, f.note)
	y -= 4
	for _, row := range f.legendRows() {
		y -= legendHeight
		f.drawLegend(c, row, vg.Point{X: x, Y: y + legendHeight/2})
	}
	top := y - 4
	foot := lines(smallStyle, footer(rec))
	y = r.Min.Y + margin + lineHeight(smallStyle)*vg.Length(len(foot))
	bottom := y + 2
	put(smallStyle, footer(rec))
	c.Rectangle = vg.Rectangle{Min: vg.Point{X: x, Y: bottom}, Max: vg.Point{X: r.Max.X - margin, Y: top}}
	return c
}

// footer says where the figure comes from.
func footer(rec *recording.Recording) string {
	parts := []string{"recording " + filepath.Base(rec.Dir)}
	if cpu := rec.Key("cpu"); cpu != "" {
		parts = append(parts, cpu)
	}
	if !rec.Complete {
		parts = append(parts, "incomplete")
	}
	if _, n := rec.Flagged(); n > 0 {
		parts = append(parts, strconv.Itoa(n)+" flagged cells left out")
	}
	if rec.Estimate() {
		parts = append(parts, "ESTIMATE: run rules were relaxed")
	}
	return strings.Join(parts, "  |  ")
}
