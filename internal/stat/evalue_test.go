package stat

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The mixture over all probabilities of a sign, R 4.2.2:
// integrate(function(p) 2^n * p^k * (1-p)^(n-k), 0, 1).
func TestSignBet(t *testing.T) {
	for _, tt := range []struct {
		n, pos int
		want   float64
	}{
		{0, 0, 1}, {1, 1, 1}, {1, 0, 1}, {7, 7, 16}, {8, 8, 28.4444444444}, {8, 0, 28.4444444444},
		{10, 9, 9.30909090909}, {12, 11, 26.2564102564}, {20, 10, 0.270260183573}, {12, 2, 4.77389277389},
	} {
		signs := append(slices.Repeat([]float64{0.1}, tt.pos), slices.Repeat([]float64{-0.1}, tt.n-tt.pos)...)
		for range 2 { // the order in which the signs come does not matter
			var bet SignBet
			for _, d := range signs {
				if err := bet.Add(d); err != nil {
					t.Fatal(err)
				}
			}
			slices.Reverse(signs)
			near(t, fmt.Sprintf("E at %d of %d", tt.pos, tt.n), bet.E(), tt.want, 1e-10*tt.want)
		}
	}
}

// P stays at the best seen, and is never above 1.
func TestSignBetP(t *testing.T) {
	var bet SignBet
	near(t, "P of nothing", bet.P(), 1, 0)
	for i, tt := range []struct{ d, e, p float64 }{
		{0, 1, 1}, {2, 1, 1}, {2, 4.0 / 3, 3.0 / 4}, {-2, 2.0 / 3, 3.0 / 4}, {0, 2.0 / 3, 3.0 / 4}, {2, 4.0 / 5, 3.0 / 4},
	} {
		if err := bet.Add(tt.d); err != nil {
			t.Fatal(err)
		}
		near(t, fmt.Sprintf("E after %d", i), bet.E(), tt.e, 1e-15)
		near(t, fmt.Sprintf("P after %d", i), bet.P(), tt.p, 1e-15)
	}
	before := bet
	for _, d := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if err := bet.Add(d); err == nil {
			t.Errorf("%v: got no error, want one", d)
		}
	}
	if bet != before {
		t.Errorf("got %+v after refusals, want %+v", bet, before)
	}
}

// Over all 2^10 sequences of fair signs the mean of E is 1.
func TestSignBetIsFair(t *testing.T) {
	total := 0.0
	for mask := range 1 << 10 {
		var bet SignBet
		for i := range 10 {
			if err := bet.Add(float64(1 - 2*(mask>>i&1))); err != nil {
				t.Fatal(err)
			}
		}
		total += bet.E()
	}
	near(t, "mean of E", total/(1<<10), 1, 1e-12)
}

// Stopping at the first look that pleases, up to 200 cells: the e-value keeps 5 %,
// the sign test does not. A sign that comes with 80 % is found.
func TestSignBetOptionalStopping(t *testing.T) {
	const trials, cells = 1000, 200
	rng := rand.New(rand.NewPCG(7, 1))
	wrong, wrongTest, found := 0, 0, 0
	for range trials {
		var fair, biased SignBet
		neg, rejected := 0, false
		for n := 1; n <= cells; n++ {
			d := float64(1 - 2*rng.IntN(2))
			if d < 0 {
				neg++
			}
			rejected = rejected || 2*tail(n, min(neg, n-neg)) <= 0.05
			e := 1.0
			if rng.Float64() < 0.2 {
				e = -1
			}
			if err1, err2 := fair.Add(d), biased.Add(e); err1 != nil || err2 != nil {
				t.Fatal(err1, err2)
			}
		}
		if fair.P() <= 0.05 {
			wrong++
		}
		if rejected {
			wrongTest++
		}
		if biased.P() <= 0.05 {
			found++
		}
	}
	t.Logf("false positives: e-value %.3f, sign test at each look %.3f; 80 %% found: %.3f",
		float64(wrong)/trials, float64(wrongTest)/trials, float64(found)/trials)
	if share := float64(wrong) / trials; share > 0.05 || share < 0.005 {
		t.Errorf("e-value: got %.3f false positives, want at most 0.05", share)
	}
	if float64(wrongTest)/trials < 0.15 || float64(found)/trials < 0.99 {
		t.Errorf("got %d wrong by the sign test, %d found, of %d: the test shows nothing", wrongTest, found, trials)
	}
}
