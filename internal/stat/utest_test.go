package stat

import (
	"slices"
	"testing"
)

// Hollander and Wolfe, Nonparametric Statistical Methods (1973), page 69, and the
// example of R's wilcox.test: permeability of membranes, W = 35. R 4.2.2:
// wilcox.test(x, y)$p.value is 0.2544122544.
func TestUTest(t *testing.T) {
	x := []float64{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46}
	y := []float64{1.15, 0.88, 0.90, 0.74, 1.21}
	givenX, givenY := slices.Clone(x), slices.Clone(y)
	got, err := UTest(x, y)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "p", got, 0.2544122544, 1e-9)
	if !slices.Equal(x, givenX) || !slices.Equal(y, givenY) {
		t.Errorf("the caller's values became %v and %v", x, y)
	}
	if got, err := UTest([]float64{1, 1}, []float64{1, 1, 1}); err != nil || got != 1 {
		t.Errorf("all equal: got %v, %v, want 1", got, err)
	}
}
