package sched

import (
	"slices"
	"testing"
)

// Blocks of every size add up to the naive product, also those that four rows don't
// divide.
func TestMultiply(t *testing.T) {
	for _, size := range []int{1, 2, 3, 4, 5, 7, 8, 9} {
		n := 2 * size
		a, b := Matrix(n, 1), Matrix(n, 2)
		c := make([]int64, n*n)
		for i := 0; i < n; i += size {
			for j := 0; j < n; j += size {
				for k := 0; k < n; k += size {
					Multiply(c, a, b, n, i, j, k, size)
				}
			}
		}
		if want := Product(a, b, n); !slices.Equal(c, want) {
			t.Errorf("blocks of %d: got %v, want %v", size, c, want)
		}
	}
}
