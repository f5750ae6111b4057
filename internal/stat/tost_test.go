package stat

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// R 4.2.2, d being the gains of sleep: max(t.test(d, mu = -m, alternative =
// "greater")$p.value, t.test(d, mu = m, alternative = "less")$p.value).
// t.test(d, conf.level = 0.9)$conf.int is 0.866994733 to 2.293005267.
func TestTOST(t *testing.T) {
	minus := make([]float64, len(sleep))
	for i, x := range sleep {
		minus[i] = -x
	}
	for _, tt := range []struct {
		margin, want float64
		holds        bool
	}{{0.5, 0.9892407566, false}, {2, 0.1541572357, false}, {2.3, 0.04859065171, true}, {2.5, 0.02111686025, true}, {3, 0.002655570293, true}} {
		for _, xs := range [][]float64{sleep, minus} {
			got, err := TOST(xs, tt.margin, 0.05)
			if err != nil {
				t.Fatal(err)
			}
			near(t, fmt.Sprintf("p at margin %v", tt.margin), got.P, tt.want, 1e-9)
			if got.Holds() != tt.holds || got.Holds() != (got.P < 0.05) {
				t.Errorf("margin %v: got %v at p %v, want %v", tt.margin, got.Holds(), got.P, tt.holds)
			}
			if got.Margin != tt.margin || got.Alpha != 0.05 || got.N != 10 {
				t.Errorf("got %+v, want margin %v, alpha 0.05, 10 cells", got, tt.margin)
			}
			near(t, "level", got.Level, 0.9, 1e-15)
			near(t, "farther end", got.MaxAbs(), 2.293005267, 1e-9)
		}
	}
}

func TestTOSTEdges(t *testing.T) {
	for _, tt := range []struct {
		name  string
		xs    []float64
		p     float64
		holds bool
	}{
		{"one cell", []float64{0}, 1, false},
		{"alike, inside", []float64{0.5, 0.5}, 0, true},
		{"alike, on the upper end", []float64{1, 1}, 1, false},
		{"alike, on the lower end", []float64{-1, -1}, 1, false},
		{"alike, outside", []float64{2, 2}, 1, false},
		{"mean on the end", []float64{0.5, 1.5}, 0.5, false},
	} {
		got, err := TOST(tt.xs, 1, 0.05)
		if err != nil || !(math.Abs(got.P-tt.p) <= 1e-12) || got.Holds() != tt.holds {
			t.Errorf("%s: got %+v, %v, want p %v, holds %v", tt.name, got, err, tt.p, tt.holds)
		}
	}
	for _, margin := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if _, err := TOST(sleep, margin, 0.05); err == nil {
			t.Errorf("margin %v: got no error, want one", margin)
		}
	}
	for _, alpha := range []float64{0, 0.5, -0.1, math.NaN()} {
		if _, err := TOST(sleep, 1, alpha); err == nil || !strings.Contains(err.Error(), "alpha") {
			t.Errorf("alpha %v: got %v, want an error that names it", alpha, err)
		}
	}
}

// A true mean on the margin is called equivalent in 5 % of samples at most, one
// of zero with a wide margin nearly always.
func TestTOSTFalsePositives(t *testing.T) {
	const trials = 4000
	share := func(mean float64) float64 {
		rng := rand.New(rand.NewPCG(6, 1))
		holds := 0
		for range trials {
			xs := make([]float64, 8)
			for i := range xs {
				xs[i] = mean + rng.NormFloat64()
			}
			got, err := TOST(xs, 1.5, 0.05)
			if err != nil {
				t.Fatal(err)
			}
			if got.Holds() {
				holds++
			}
		}
		return float64(holds) / trials
	}
	wrong, right := share(1.5), share(0)
	t.Logf("called equivalent: %.3f on the margin, %.3f at zero", wrong, right)
	near(t, "on the margin", wrong, 0.05, 0.011)
	if right < 0.9 {
		t.Errorf("at zero: got %.3f, want most", right)
	}
}
