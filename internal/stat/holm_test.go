package stat

import (
	"math"
	"slices"
	"testing"
)

// R 4.2.2: p.adjust(p, "holm"). The first is also the worked example of
// Wikipedia's article on the Holm-Bonferroni method.
func TestHolm(t *testing.T) {
	for _, tt := range []struct{ ps, want []float64 }{
		{[]float64{0.01, 0.04, 0.03, 0.005}, []float64{0.03, 0.06, 0.06, 0.02}},
		{[]float64{0.5, 0.001, 0.02, 0.02, 0.9, 0.3}, []float64{1, 0.006, 0.1, 0.1, 1, 0.9}},
		{[]float64{0.2}, []float64{0.2}},
		{[]float64{0, 1}, []float64{0, 1}},
	} {
		given := slices.Clone(tt.ps)
		got, err := Holm(tt.ps)
		if err != nil || len(got) != len(tt.want) {
			t.Fatalf("%v: got %v, %v, want %v", tt.ps, got, err, tt.want)
		}
		for i := range got {
			near(t, "adjusted p", got[i], tt.want[i], 1e-12)
		}
		if !slices.Equal(given, tt.ps) {
			t.Errorf("the caller's %v became %v", given, tt.ps)
		}
	}
	for _, ps := range [][]float64{nil, {0.5, -1e-9}, {1 + 1e-9}, {math.NaN()}, {math.Inf(1)}} {
		if _, err := Holm(ps); err == nil {
			t.Errorf("%v: got no error, want one", ps)
		}
	}
}
