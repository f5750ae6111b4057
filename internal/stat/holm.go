package stat

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Holm adjusts the p values of a family, in the order given: rejecting those of
// at most alpha makes any false rejection no likelier than alpha, whatever the
// dependence (Holm, A Simple Sequentially Rejective Multiple Test Procedure,
// Scand. J. Statist. 6, 1979).
func Holm(ps []float64) ([]float64, error) {
	if len(ps) == 0 {
		return nil, errors.New("stat: no p values")
	}
	order := make([]int, len(ps)) // from the smallest up
	for i, p := range ps {
		if !(p >= 0 && p <= 1) {
			return nil, fmt.Errorf("stat: p value %d of %d is %v: want one from 0 to 1", i, len(ps), p)
		}
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(ps[a], ps[b])
	})
	adjusted := make([]float64, len(ps))
	last := 0.0
	for rank, i := range order {
		last = math.Max(last, math.Min(1, float64(len(ps)-rank)*ps[i]))
		adjusted[i] = last
	}
	return adjusted, nil
}
