package plots

import (
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Data are transformed before they reach an axis, which stays linear: gonum
// centres the label of a plot.Normalizer's axis at the wrong place and shrinks
// the panel for it, and a logarithmic one panics at 0 and below.

// symlog is linear within about 1 of zero and logarithmic beyond, on both
// sides, since noise lives on both.
func symlog(v float64) float64 { return math.Asinh(v) }

// symlogTicks marks 0 and the powers of ten on a symlog axis.
type symlogTicks struct{}

func (symlogTicks) Ticks(min, max float64) []plot.Tick {
	ticks := []plot.Tick{{Value: 0, Label: "0"}}
	first := 1.0
	if max-min > 12 {
		first = 10 // 1 would be written over 0
	}
	for p := first; symlog(p) <= math.Max(-min, max); p *= 10 {
		for _, v := range []float64{-p, p} {
			// A tick out of range is not drawn, but gonum keeps room for it.
			if at := symlog(v); at >= min && at <= max {
				ticks = append(ticks, plot.Tick{Value: at, Label: short(v)})
			}
		}
	}
	return ticks
}

// logTicks marks round numbers on an axis of math.Log values.
type logTicks struct{}

func (logTicks) Ticks(min, max float64) []plot.Tick {
	var ticks []plot.Tick
	// Steps from coarse to fine, until three ticks fit.
	for _, steps := range [][]float64{{1}, {1, 3}, {1, 2, 5}, {1, 1.5, 2, 3, 4, 5, 6, 8}} {
		ticks = nil
		for p := math.Pow(10, math.Floor(min/math.Ln10)); math.Log(p) <= max; p *= 10 {
			for _, s := range steps {
				if at := math.Log(p * s); at >= min && at <= max {
					ticks = append(ticks, plot.Tick{Value: at, Label: short(p * s)})
				}
			}
		}
		if len(ticks) >= 3 {
			break
		}
	}
	return ticks
}

// short prints a tick: 20, 1.5k, 10M.
func short(v float64) string {
	unit := ""
	switch a := math.Abs(v); {
	case a >= 1e6:
		v, unit = v/1e6, "M"
	case a >= 1e3:
		v, unit = v/1e3, "k"
	}
	return strconv.FormatFloat(v+0, 'g', 3, 64) + unit // + 0: not minus zero
}

// widened makes a range that an axis can show: gonum panics on min = max.
func widened(lo, hi, atLeast float64) (float64, float64) {
	if short := atLeast - (hi - lo); short > 0 {
		lo, hi = lo-short/2, hi+short/2
	}
	return lo, hi
}

func fill(c draw.Canvas, clr color.Color, r vg.Rectangle) {
	c.FillPolygon(clr, []vg.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}})
}
