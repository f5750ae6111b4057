package stat

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// Darwin's maize, cross-fertilised less self-fertilised plants in eighths of an
// inch, from Fisher, The Design of Experiments (1935), sections 17 and 21.
var maize = []float64{49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48}

// Fisher, section 21: of the 32768 totals 863 are at least the observed 314, and
// as many at most -314, 5.267 %. The rest are counted by R 4.2.2 over
// expand.grid(rep(list(c(-1, 1)), n)), or by hand.
func TestSignFlip(t *testing.T) {
	for _, tt := range []struct {
		name string
		xs   []float64
		want float64
	}{
		{"maize", maize, 1726.0 / 32768},
		{"sleep", sleep, 4.0 / 1024},
		{"8 of one sign", []float64{1, 2, 3, 4, 5, 6, 7, 8}, 2.0 / 256},
		{"8 of the other", []float64{-1, -2, -3, -4, -5, -6, -7, -8}, 2.0 / 256},
		{"3, 1, -1 by hand", []float64{3, 1, -1}, 6.0 / 8},
		{"one cell", []float64{3}, 1},
		{"zeros", []float64{0, 0, 0}, 1},
		// 0.1+0.2-0.3 is 0 but for rounding, whose sign depends on the order.
		{"ties but for rounding", []float64{0.1, 0.2, -0.3}, 1},
		{"too large to square", []float64{1e300, 1e300, 1e300}, 2.0 / 8},
		{"too small to square", []float64{1e-300, 1e-300, 1e-300}, 2.0 / 8},
	} {
		got, err := SignFlip(tt.xs, 0, 0)
		if err != nil {
			t.Errorf("%s: got %v, want no error", tt.name, err)
		}
		near(t, tt.name, got, tt.want, 1e-15)
	}
}

// 20 cells are exact, 21 are not; among m random patterns that never reach the
// observed one the p value is 1/(m+1), never 0.
func TestSignFlipRandom(t *testing.T) {
	ones := slices.Repeat([]float64{1}, 60)
	for _, tt := range []struct {
		n, reps int
		want    float64
	}{{20, 0, 2 / math.Exp2(20)}, {60, 1, 1.0 / 2}, {60, 999, 1.0 / 1000}} {
		got, err := SignFlip(ones[:tt.n], tt.reps, 1)
		if err != nil || got != tt.want {
			t.Errorf("%d cells, %d patterns: got %v, %v, want %v", tt.n, tt.reps, got, err, tt.want)
		}
	}
	for _, reps := range []int{0, -1} {
		if _, err := SignFlip(ones[:21], reps, 1); err == nil {
			t.Errorf("%d patterns of 21 cells: got no error, want one", reps)
		}
	}
	// 30 cells with a mean of 2 standard errors: the random p value is near that
	// of the normal, 0.0455, by its own error of 0.002 at 10000 patterns.
	var xs []float64
	for i := range 30 {
		xs = append(xs, float64(1-2*(i%2))+2/math.Sqrt(30))
	}
	got, err := SignFlip(xs, 10000, 1)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "p of 2 standard errors", got, 0.0455, 0.02)
	if again, _ := SignFlip(xs, 10000, 1); again != got {
		t.Errorf("same seed: got %v, then %v", got, again)
	}
	if other, _ := SignFlip(xs, 10000, 2); other == got {
		t.Error("other seed gives the same p value")
	}
}

func TestFlips(t *testing.T) {
	seen, count := map[[3]float64]bool{}, 0
	for signs := range flips(3, 0, 0) {
		count++
		if len(seen) == 0 && slices.Min(signs) < 0 {
			t.Errorf("first pattern: got %v, want the observed one", signs)
		}
		seen[[3]float64(signs)] = true
	}
	if len(seen) != 4 || count != 4 {
		t.Errorf("got %d patterns of 3 cells, %d different ones, want 4", count, len(seen))
	}
	for signs := range seen {
		if seen[[3]float64{-signs[0], -signs[1], -signs[2]}] {
			t.Errorf("%v and its mirror are both there", signs)
		}
	}
	// Left early, it stops.
	for _, n := range []int{3, 30} {
		for _, leave := range []int{1, 2} {
			got := 0
			for range flips(n, 10, 0) {
				if got++; got == leave {
					break
				}
			}
			if got != leave {
				t.Errorf("%d cells: got %d patterns, want %d", n, got, leave)
			}
		}
	}
	minus := 0.0
	for signs := range flips(100, 1000, 1) {
		for _, s := range signs {
			switch s {
			case -1:
				minus++
			case 1:
			default:
				t.Fatalf("got a sign %v", s)
			}
		}
	}
	near(t, "share of minus", minus/100/1000, 0.5, 0.01)
}

// At most 5 % of null samples are rejected, also of heavy tails, where the t
// test rejects far fewer.
func TestSignFlipFalsePositives(t *testing.T) {
	const trials = 2000
	rng := rand.New(rand.NewPCG(1, 1))
	rejected := 0
	for range trials {
		xs := make([]float64, 8)
		for i := range xs {
			xs[i] = rng.NormFloat64() / rng.NormFloat64() // Cauchy
		}
		p, err := SignFlip(xs, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		if p <= 0.05 {
			rejected++
		}
	}
	share := float64(rejected) / trials
	t.Logf("%.4f", share)
	// 6 of 128 patterns, 4.7 %, can be rejected; 3 standard errors are 1.4 %.
	near(t, "rejected", share, 6.0/128, 0.015)
}
