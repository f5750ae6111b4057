package plots

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// gonum's own legend stands inside the data; this one is a row above it.

const (
	legendHeight = vg.Length(13)
	legendIcon   = vg.Length(14)
	legendGap    = vg.Length(12)
)

// legendRows breaks the entries into rows that fit; "" is the grey band.
func (f frame) legendRows() [][]string {
	entries := f.variants
	if f.swatch != "" {
		entries = append(entries[:len(entries):len(entries)], "")
	}
	var rows [][]string
	var row []string
	x := vg.Length(0)
	for _, e := range entries {
		w := f.entryWidth(e)
		if row != nil && x+w > width-2*margin {
			rows, row, x = append(rows, row), nil, 0
		}
		row, x = append(row, e), x+w
	}
	if row != nil {
		rows = append(rows, row)
	}
	return rows
}

func (f frame) entryText(e string) string {
	if e == "" {
		return f.swatch
	}
	if name, ok := f.names[e]; ok {
		return name
	}
	return e
}

func (f frame) entryWidth(e string) vg.Length {
	return legendIcon + labelStyle.Width(f.entryText(e)) + legendGap
}

func (f frame) drawLegend(c draw.Canvas, row []string, at vg.Point) {
	for _, e := range row {
		icon := vg.Point{X: at.X + legendIcon/2 - 2, Y: at.Y}
		box := vg.Rectangle{Min: vg.Point{X: icon.X - 5, Y: at.Y - 4}, Max: vg.Point{X: icon.X + 5, Y: at.Y + 4}}
		if look, ok := f.fills[e]; ok {
			drawSwatch(c, look, box)
		} else if e == "" {
			fill(c, band, box)
		} else {
			l := lookOf(e)
			c.StrokeLine2(l.line(1), icon.X-6, icon.Y, icon.X+6, icon.Y)
			c.DrawGlyphNoClip(l.glyph(3), icon)
		}
		beside(c, labelStyle, vg.Point{X: at.X + legendIcon, Y: at.Y}, f.entryText(e))
		at.X += f.entryWidth(e)
	}
}
