package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// marked is a line or a point, and the words that stand beside it.
type marked struct {
	words    string
	color    color.Color
	line     []vg.Point     // its markers
	whiskers []vg.Rectangle // that words should not cover either
}

// labels writes the words of each beside it, where they cover least and are nearer to it
// than to any other. Those with no words are only kept clear of.
func labels(c draw.Canvas, all []marked) {
	inked := make([][]vg.Rectangle, len(all))
	for i, m := range all {
		inked[i] = m.covers()
	}
	var taken []vg.Rectangle // by words
	for i, m := range all {
		if m.words == "" || len(m.line) == 0 {
			continue
		}
		at, r := m.place(c, i, inked, taken)
		sty := smallStyle
		sty.Color, sty.YAlign = readable(m.color), text.YCenter
		mid := (r.Min.Y + r.Max.Y) / 2
		if gap(r, around(at, 0, 0)) > 9 { // far from its point
			side := min(max(at.X, r.Min.X), r.Max.X)
			edge := min(max(at.Y, r.Min.Y), r.Max.Y)
			c.StrokeLine2(draw.LineStyle{Color: pale, Width: 0.5}, at.X, at.Y, side, edge)
		}
		for j := range inked {
			if covered(r, inked[j]) > 0 { // else the words are not read
				fill(c, color.NRGBA{0xff, 0xff, 0xff, 0xb4}, around(vg.Point{X: (r.Min.X + r.Max.X) / 2, Y: mid}, (r.Max.X-r.Min.X)/2, smallStyle.Font.Size*0.45))
				break
			}
		}
		c.FillText(sty, vg.Point{X: r.Min.X, Y: mid + sty.Font.Size*0.1}, m.words)
		taken = append(taken, r)
	}
}

// covers are small rectangles along what is drawn.
func (m marked) covers() []vg.Rectangle {
	all := append([]vg.Rectangle(nil), m.whiskers...)
	for i, pt := range m.line {
		all = append(all, around(pt, 3, 3))
		if i == 0 {
			continue
		}
		from := m.line[i-1]
		steps := int(math.Hypot(float64(pt.X-from.X), float64(pt.Y-from.Y)) / 3)
		for k := 1; k < steps; k++ {
			f := vg.Length(k) / vg.Length(steps)
			all = append(all, around(vg.Point{X: from.X + (pt.X-from.X)*f, Y: from.Y + (pt.Y-from.Y)*f}, 1.5, 1.5))
		}
	}
	return all
}

// place is the best rectangle for the words of all[own], and the point that it is beside.
func (m marked) place(c draw.Canvas, own int, inked [][]vg.Rectangle, taken []vg.Rectangle) (at vg.Point, best vg.Rectangle) {
	w, h := smallStyle.Width(m.words), smallStyle.Font.Size
	least := math.Inf(1)
	anchors := m.anchors()
	apart := make([]float64, len(anchors)) // costs where other lines are near
	for k, pt := range anchors {
		for j, rs := range inked {
			if j != own {
				apart[k] = math.Max(apart[k], 4-0.3*nearest(around(pt, 0, 0), rs))
			}
		}
	}
	for k, pt := range anchors {
		for step := vg.Length(0); step <= 6; step++ { // away from the point
			for _, d := range []vg.Point{{X: 1}, {X: 1, Y: 1}, {X: 1, Y: -1}, {Y: 1}, {Y: -1}, {X: -1, Y: 1}, {X: -1, Y: -1}, {X: -1}} {
				centre := vg.Point{X: pt.X + d.X*(w/2+4+step*2), Y: pt.Y + d.Y*(h/2+2.5+step*4)}
				r := around(centre, w/2, h/2)
				if r.Min.X < c.Min.X || r.Max.X > c.Max.X || r.Min.Y < c.Min.Y || r.Max.Y > c.Max.Y {
					continue
				}
				cost := 0.6*float64(step) + 0.02*float64(k) // the last points first
				mine, other := nearest(r, inked[own]), math.Inf(1)
				for j, rs := range inked {
					cost += covered(r, rs)
					if j != own {
						other = math.Min(other, nearest(r, rs))
					}
				}
				cost += 3*covered(r, taken) + 2*math.Max(0, mine+2-other) + apart[k]
				if cost < least {
					at, best, least = pt, r, cost
				}
			}
		}
	}
	if math.IsInf(least, 1) { // wider than the panel
		pt := m.line[len(m.line)-1]
		return pt, around(pt, w/2, h/2)
	}
	return at, best
}

// anchors are where words may stand: at the markers, the last first, and between them.
func (m marked) anchors() []vg.Point {
	var all []vg.Point
	for i := len(m.line) - 1; i >= 0; i-- {
		all = append(all, m.line[i])
	}
	for i := len(m.line) - 1; i > 0; i-- {
		a, b := m.line[i-1], m.line[i]
		all = append(all, vg.Point{X: (a.X + b.X) / 2, Y: (a.Y + b.Y) / 2})
	}
	return all
}

// readable is a colour of words: dark enough on white and on grey.
func readable(c color.Color) color.Color {
	r, g, b, _ := c.RGBA()
	for 0.299*float64(r)+0.587*float64(g)+0.114*float64(b) > 0.38*0xffff {
		r, g, b = r*9/10, g*9/10, b*9/10
	}
	return color.RGBA64{uint16(r), uint16(g), uint16(b), 0xffff}
}

func around(at vg.Point, w, h vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: vg.Point{X: at.X - w, Y: at.Y - h}, Max: vg.Point{X: at.X + w, Y: at.Y + h}}
}

// covered is the area of a rectangle that others cover, counted for each.
func covered(r vg.Rectangle, others []vg.Rectangle) (area float64) {
	for _, o := range others {
		area += float64(max(0, min(r.Max.X, o.Max.X)-max(r.Min.X, o.Min.X)) * max(0, min(r.Max.Y, o.Max.Y)-max(r.Min.Y, o.Min.Y)))
	}
	return area
}

// gap is the distance of two rectangles.
func gap(a, b vg.Rectangle) float64 {
	dx := max(0, a.Min.X-b.Max.X, b.Min.X-a.Max.X)
	dy := max(0, a.Min.Y-b.Max.Y, b.Min.Y-a.Max.Y)
	return math.Hypot(float64(dx), float64(dy))
}

func nearest(r vg.Rectangle, others []vg.Rectangle) float64 {
	least := math.Inf(1)
	for _, o := range others {
		least = math.Min(least, gap(r, o))
	}
	return least
}
