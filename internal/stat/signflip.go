package stat

import (
	"fmt"
	"iter"
	"math/rand/v2"
)

// exactFlips is the largest number of cells whose sign patterns are all
// tried: half a million, the rest by symmetry.
const exactFlips = 20

// SignFlip is the two-sided p value that cell estimates are symmetric around
// zero, by flipping their signs (Fisher, The Design of Experiments, 1935,
// section 21). It assumes no distribution. Up to 20 cells all patterns are
// tried, so that the p value is exact and reps and seed are not used; beyond,
// reps random ones are, and the observed one counts among them, (b+1)/(m+1)
// (Phipson and Smyth 2010): the p value is never 0.
//
// n cells cannot give less than 2/2^n: fewer than 6 never reach 5 %.
func SignFlip(xs []float64, reps int, seed uint64) (float64, error) {
	ps, err := MaxT([][]float64{xs}, reps, seed)
	if err != nil {
		return 0, err
	}
	return ps[0], nil
}

// flips yields sign patterns of n cells, the observed one first. The slice is
// the same each time.
func flips(n, reps int, seed uint64) iter.Seq[[]float64] {
	signs := make([]float64, n)
	for i := range signs {
		signs[i] = 1
	}
	return func(yield func([]float64) bool) {
		if !yield(signs) {
			return
		}
		if n > exactFlips {
			rng := rand.New(rand.NewPCG(seed, 0))
			for range reps {
				for i := range signs {
					signs[i] = float64(2*rng.IntN(2) - 1)
				}
				if !yield(signs) {
					return
				}
			}
			return
		}
		// The last sign stays: a pattern and its mirror have the same size.
		for k := range 1<<(n-1) - 1 {
			mask := k + 1
			for i := range n - 1 {
				signs[i] = float64(1 - 2*(mask>>i&1))
			}
			if !yield(signs) {
				return
			}
		}
	}
}

func checkReps(n, reps int) error {
	if n > exactFlips && reps < 1 {
		return fmt.Errorf("stat: %d random sign patterns of %d cells: want at least 1", reps, n)
	}
	return nil
}
