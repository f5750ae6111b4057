package plots

import (
	"hash/fnv"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// look is how a variant is drawn everywhere. The colours are those of Okabe
// and Ito, told apart by the colour-blind; the shapes tell them apart in grey.
type look struct {
	color color.Color
	shape draw.GlyphDrawer
}

var looks = map[string]look{
	"chaselev":     {color.RGBA{0x00, 0x72, 0xb2, 0xff}, draw.CircleGlyph{}},
	"twin":         {color.RGBA{0x77, 0x77, 0x77, 0xff}, scaled{draw.RingGlyph{}, 1.4}},
	"nometrics":    {color.RGBA{0x00, 0x00, 0x00, 0xff}, scaled{draw.CrossGlyph{}, 1.4}},
	"batchless":    {color.RGBA{0xe6, 0x9f, 0x00, 0xff}, draw.PyramidGlyph{}},
	"mutexqueue":   {color.RGBA{0x00, 0x9e, 0x73, 0xff}, draw.BoxGlyph{}},
	"sharedline":   {color.RGBA{0xd5, 0x5e, 0x00, 0xff}, diamond{}},
	"adjacent":     {color.RGBA{0xcc, 0x79, 0xa7, 0xff}, draw.TriangleGlyph{}},
	"singlewriter": {color.RGBA{0x33, 0x22, 0x88, 0xff}, draw.PlusGlyph{}},
	"splitdeque":   {color.RGBA{0x88, 0x22, 0x55, 0xff}, draw.TriangleGlyph{}},
	// Competitors have no colour, which is for variants: black in Go, grey in Rust and C++.
	"goroutines":     {ink, diamond{}},
	"ants_unbounded": {ink, draw.TriangleGlyph{}},
	"sketch":         {ink, draw.SquareGlyph{}},
	"sequential":     {ink, scaled{draw.CrossGlyph{}, 1.4}},
	"tokio":          {native, draw.PyramidGlyph{}},
	"tbb":            {native, draw.BoxGlyph{}},
	"rayon":          {native, scaled{draw.PlusGlyph{}, 1.4}},
	"allcells":       {color.RGBA{0x99, 0x99, 0x33, 0xff}, draw.PlusGlyph{}},
	"mutexbatchless": {color.RGBA{0x56, 0xb4, 0xe9, 0xff}, draw.SquareGlyph{}},
	"xsynccounter":   {color.RGBA{0x11, 0x77, 0x33, 0xff}, hourglass{}},
	"promcounter":    {color.RGBA{0x66, 0x11, 0x00, 0xff}, star{}},
}

// spare are for variants that readers add; the name picks one, so that it
// stays the same from figure to figure and run to run.
var spare = []look{
	{color.RGBA{0x88, 0x22, 0x55, 0xff}, draw.PlusGlyph{}},
	{color.RGBA{0x99, 0x99, 0x33, 0xff}, draw.TriangleGlyph{}},
	{color.RGBA{0x44, 0xaa, 0x99, 0xff}, draw.PlusGlyph{}},
}

var (
	ink    = color.Gray{0x22}
	faint  = color.Gray{0x66}
	pale   = color.Gray{0xa8}
	band   = color.Gray{0xd4}
	grid   = color.Gray{0xea}
	frames = color.Gray{0xb0}
	native = color.Gray{0x84}
)

func lookOf(variant string) look {
	if l, ok := looks[variant]; ok {
		return l
	}
	h := fnv.New32a()
	h.Write([]byte(variant))
	return spare[h.Sum32()%uint32(len(spare))]
}

// Color is that of a variant, in all figures.
func Color(variant string) color.Color { return lookOf(variant).color }

func (l look) glyph(radius vg.Length) draw.GlyphStyle {
	return draw.GlyphStyle{Color: l.color, Radius: radius, Shape: l.shape}
}

func (l look) line(width vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: l.color, Width: width}
}

// diamond is a filled square on its corner.
type diamond struct{}

func (diamond) DrawGlyph(c *draw.Canvas, sty draw.GlyphStyle, pt vg.Point) {
	r := sty.Radius * 1.2
	c.FillPolygon(sty.Color, []vg.Point{
		{X: pt.X - r, Y: pt.Y}, {X: pt.X, Y: pt.Y + r}, {X: pt.X + r, Y: pt.Y}, {X: pt.X, Y: pt.Y - r}})
}

// hourglass is two filled triangles that meet in the middle.
type hourglass struct{}

func (hourglass) DrawGlyph(c *draw.Canvas, sty draw.GlyphStyle, pt vg.Point) {
	r := sty.Radius
	c.FillPolygon(sty.Color, []vg.Point{
		{X: pt.X - r, Y: pt.Y + r}, {X: pt.X + r, Y: pt.Y + r}, {X: pt.X - r, Y: pt.Y - r}, {X: pt.X + r, Y: pt.Y - r}})
}

// star is filled and has five points.
type star struct{}

func (star) DrawGlyph(c *draw.Canvas, sty draw.GlyphStyle, pt vg.Point) {
	corners := make([]vg.Point, 10)
	for i := range corners {
		r := sty.Radius * 1.4
		if i%2 == 1 {
			r = sty.Radius * 0.6
		}
		sin, cos := math.Sincos(float64(i) * math.Pi / 5)
		corners[i] = vg.Point{X: pt.X + r*vg.Length(sin), Y: pt.Y + r*vg.Length(cos)}
	}
	c.FillPolygon(sty.Color, corners)
}

// scaled makes open shapes larger, so that they show around a filled one.
type scaled struct {
	draw.GlyphDrawer
	by vg.Length
}

func (s scaled) DrawGlyph(c *draw.Canvas, sty draw.GlyphStyle, pt vg.Point) {
	sty.Radius *= s.by
	s.GlyphDrawer.DrawGlyph(c, sty, pt)
}
