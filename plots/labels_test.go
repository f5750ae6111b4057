package plots

import (
	"image/color"
	"math"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// TestLabels: words stay in the panel, off lines and off each other, and stand nearest to
// their own line.
func TestLabels(t *testing.T) {
	c := draw.NewCanvas(new(recorder.Canvas), 240, 140)
	line := func(words string, ys ...vg.Length) marked {
		m := marked{words: words, color: color.Black}
		for i, y := range ys {
			m.line = append(m.line, vg.Point{X: 20 + 100*vg.Length(i), Y: y})
		}
		return m
	}
	all := []marked{line("flat", 30, 30, 30), line("rises", 40, 80, 130), line("falls", 120, 80, 50), line("", 100, 100, 100)}
	inked := make([][]vg.Rectangle, len(all))
	for i, m := range all {
		inked[i] = m.covers()
	}
	var taken []vg.Rectangle
	for i, m := range all[:3] {
		_, r := m.place(c, i, inked, taken)
		if r.Min.X < c.Min.X || r.Max.X > c.Max.X || r.Min.Y < c.Min.Y || r.Max.Y > c.Max.Y {
			t.Errorf("%s: %v is not within the panel", m.words, r)
		}
		for j, rs := range inked {
			if covered(r, rs) > 0 {
				t.Errorf("%s covers line %d", m.words, j)
			}
			if j != i && nearest(r, rs) < nearest(r, inked[i]) {
				t.Errorf("%s is nearer to line %d than to its own", m.words, j)
			}
		}
		if covered(r, taken) > 0 {
			t.Errorf("%s covers other words", m.words)
		}
		taken = append(taken, r)
	}
	labels(c, all) // and no panic without room
	labels(draw.NewCanvas(new(recorder.Canvas), 10, 10), []marked{line("wider than the panel", 5), {words: "no point"}})
}

func TestRectangles(t *testing.T) {
	at := func(x, y vg.Length) vg.Rectangle { return around(vg.Point{X: x, Y: y}, 2, 1) }
	for _, row := range []struct {
		x, y         vg.Length
		covered, gap float64
	}{{0, 0, 8, 0}, {2, 1, 2, 0}, {4, 0, 0, 0}, {0, 2, 0, 0}, {7, 6, 0, 5}, {-9, 0, 0, 5}} {
		other := at(row.x, row.y)
		if got := covered(at(0, 0), []vg.Rectangle{other, other}); got != 2*row.covered {
			t.Errorf("moved by %v, %v: got %v covered twice, want %v", row.x, row.y, got, 2*row.covered)
		}
		if got := gap(at(0, 0), other); math.Abs(got-row.gap) > 1e-9 {
			t.Errorf("moved by %v, %v: got a gap of %v, want %v", row.x, row.y, got, row.gap)
		}
	}
}

// TestReadable: words are darker than a third of white, whatever the variant.
func TestReadable(t *testing.T) {
	for v, l := range looks {
		if g := color.GrayModel.Convert(readable(l.color)).(color.Gray); g.Y > 0x62 {
			t.Errorf("%s: got grey %#x, want at most 0x62", v, g.Y)
		}
	}
}
