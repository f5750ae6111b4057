package stat

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// MaxT gives the adjusted p value of each comparison of a family, in the order
// given, by flipping the signs of whole cells: family[j][i] is comparison j in
// cell i. It is the step-down max-|t| procedure of Westfall and Young
// (Resampling-Based Multiple Testing, 1993, algorithm 4.1). The chance of any
// false rejection is at most alpha if the cells' vectors are symmetric around
// zero in the comparisons that have no effect.
//
// Beside Holm over SignFlip it uses that comparisons with one baseline go
// together, and it is not limited by their number: n cells give p values down to
// 2/2^n for the whole family, where Holm's first step has k times that, which
// at 8 cells and 7 comparisons is above 5 %.
//
// What is compared is the sum over the root of the sum of squares, the size of which
// flips leave alone: it has a variance of 1 under them, whatever the cells, and rises
// with |t| among comparisons of as many. Comparisons may differ in cells. Those of one index flip together, also where they
// were measured apart: flips of all at once are as valid as flips of each, and the
// only ones that leave p values below 5 % to many comparisons of few cells.
//
// The patterns are those of SignFlip.
func MaxT(family [][]float64, reps int, seed uint64) ([]float64, error) {
	if err := checkFamily(family); err != nil {
		return nil, err
	}
	n := 0
	for _, xs := range family {
		n = max(n, len(xs))
	}
	if err := checkReps(n, reps); err != nil {
		return nil, err
	}

	rows := make([][]float64, len(family))
	observed := make([]float64, len(family))
	order := make([]int, len(family)) // from the largest |t| down
	for j, xs := range family {
		order[j] = j
		rows[j] = unit(xs)
		observed[j] = math.Abs(sum(rows[j]))
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(observed[b], observed[a])
	})

	total := 0
	reached := make([]int, len(family))
	for signs := range flips(n, reps, seed) {
		total++
		largest := 0.0
		for _, j := range slices.Backward(order) {
			largest = math.Max(largest, math.Abs(dot(signs, rows[j])))
			if largest >= observed[j]-tie {
				reached[j]++
			}
		}
	}
	ps := make([]float64, len(family))
	last := 0.0
	for _, j := range order {
		last = math.Max(last, float64(reached[j])/float64(total))
		ps[j] = last
	}
	return ps, nil
}

// Equal sums in another order may differ by rounding, far less than this: what
// is summed has a root of the sum of squares of 1.
const tie = 1e-9

// unit divides by the root of the sum of squares, which flips leave alone. The
// sum of what is left rises with |t| and needs no SD, which can be zero.
func unit(xs []float64) []float64 {
	scale := 0.0 // first, so that no square leaves the range of floats
	for _, x := range xs {
		scale = math.Max(scale, math.Abs(x))
	}
	out := make([]float64, len(xs))
	if scale == 0 {
		return out
	}
	for i, x := range xs {
		out[i] = x / scale
	}
	norm := math.Sqrt(dot(out, out))
	for i := range out {
		out[i] /= norm
	}
	return out
}

// dot is the inner product of xs and the first of signs.
func dot(signs, xs []float64) float64 {
	s := 0.0
	for i, x := range xs {
		s += signs[i] * x
	}
	return s
}

func checkFamily(family [][]float64) error {
	if len(family) == 0 {
		return errors.New("stat: a family of no comparisons: want at least 1")
	}
	for j, xs := range family {
		if err := check(xs); err != nil {
			return fmt.Errorf("comparison %d: %w", j, err)
		}
	}
	return nil
}
