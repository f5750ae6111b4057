package stat

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 25: the
// patch data's Fieller interval of 90 % is -0.249 to 0.170. More digits, and 95 %,
// from R 4.2.2: uniroot of abs(mean(y-r*z))/sqrt(var(y-r*z)/8) - qt(.95, 7).
func TestFieller(t *testing.T) {
	z := []float64{8406, 2342, 8187, 8459, 4795, 3516, 4796, 10238}
	y := []float64{-1200, 2601, -2705, 1982, -1290, 351, -638, -2719}
	for _, tt := range []struct{ level, lo, hi float64 }{
		{0.90, -0.2488728736, 0.1702262327}, {0.95, -0.2896280243, 0.2524295185},
	} {
		got, err := Fieller(y, z, tt.level)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "ratio", got.Est, -0.0713060959, 1e-9)
		near(t, "low", got.Lo, tt.lo, 1e-9)
		near(t, "high", got.Hi, tt.hi, 1e-9)
		if got.N != 8 || got.Level != tt.level {
			t.Errorf("got %+v, want 8 cells and level %v", got, tt.level)
		}
	}
}

// By definition: at each end the t interval of num - r*den touches zero. Two cells
// are the fewest.
func TestFiellerTouchesZero(t *testing.T) {
	num, den := []float64{90, 98}, []float64{100, 101}
	got, err := Fieller(num, den, 0.95)
	if err != nil || !got.Bounded() {
		t.Fatalf("got %+v, %v, want a bounded interval", got, err)
	}
	for _, r := range []float64{got.Lo, got.Hi} {
		diff := []float64{num[0] - r*den[0], num[1] - r*den[1]}
		i, err := MeanT(diff, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		near(t, fmt.Sprintf("nearer end at %v", r), math.Min(math.Abs(i.Lo), math.Abs(i.Hi)), 0, 1e-8)
	}
	// A ratio that is the same in all cells has an interval of no width.
	same, err := Fieller([]float64{9, 10, 11}, []float64{18, 20, 22}, 0.95)
	if err != nil || math.Abs(same.Lo-0.5) > 1e-7 || math.Abs(same.Hi-0.5) > 1e-7 {
		t.Errorf("same ratio: got %+v, %v, want 0.5", same, err)
	}
}

func TestFiellerUnbounded(t *testing.T) {
	for _, tt := range []struct {
		name     string
		num, den []float64
	}{
		{"one cell", []float64{1}, []float64{2}},
		{"denominator of 1 standard error", []float64{1, 1}, []float64{0, 2}},
	} {
		got, err := Fieller(tt.num, tt.den, 0.95)
		if err != nil || got.Bounded() || got.Est != tt.num[0]/(sum(tt.den)/float64(len(tt.den))) {
			t.Errorf("%s: got %+v, %v, want an unbounded interval", tt.name, got, err)
		}
	}
	if _, err := Fieller([]float64{1, 1}, []float64{1, -1}, 0.95); err == nil {
		t.Error("denominator zero: want an error")
	}
	if _, err := Fieller([]float64{1, 1}, []float64{1}, 0.95); err == nil {
		t.Error("not pairs: want an error")
	}
}

// The share removed of an overhead, (from-base)/(from-none) with the three times
// of a cell sharing its luck, for overheads of a number of standard errors:
// BootstrapRatio against Fieller, which is exact here.
func TestRemovedCoverage(t *testing.T) {
	const trials, cells, removed = 400, 8, 0.7
	for _, tt := range []struct {
		errors    float64 // the overhead in its standard errors
		bootstrap float64 // covers at least
		bounded   float64 // share of samples with a bounded bootstrap interval
	}{{20, 0.91, 1}, {8, 0.91, 1}, {4, 0.90, 0.5}} {
		rng := rand.New(rand.NewPCG(8, uint64(tt.errors)))
		// A difference of two times has SD sqrt 2, its mean sqrt(2/cells).
		overhead := tt.errors * math.Sqrt(2.0/cells)
		var covers, bounded [2]int
		for range trials {
			num, den := make([]float64, cells), make([]float64, cells)
			for i := range num {
				from, base, none := overhead+rng.NormFloat64(), (1-removed)*overhead+rng.NormFloat64(), rng.NormFloat64()
				num[i], den[i] = from-base, from-none
			}
			b, err1 := BootstrapRatio(num, den, 0.95, 1000, 1)
			f, err2 := Fieller(num, den, 0.95)
			if err1 != nil || err2 != nil {
				t.Fatal(err1, err2)
			}
			for k, i := range []Interval{b, f} {
				if i.Lo <= removed && removed <= i.Hi {
					covers[k]++
				}
				if i.Bounded() {
					bounded[k]++
				}
			}
		}
		t.Logf("overhead of %v standard errors: bootstrap covers %.3f, bounded %.3f; Fieller %.3f, %.3f", tt.errors,
			float64(covers[0])/trials, float64(bounded[0])/trials, float64(covers[1])/trials, float64(bounded[1])/trials)
		if share := float64(covers[0]) / trials; share < tt.bootstrap {
			t.Errorf("overhead of %v standard errors: bootstrap covers %.3f, want at least %v", tt.errors, share, tt.bootstrap)
		}
		if share := float64(bounded[0]) / trials; share < tt.bounded {
			t.Errorf("overhead of %v standard errors: bootstrap bounded in %.3f, want at least %v", tt.errors, share, tt.bounded)
		}
		near(t, "Fieller covers", float64(covers[1])/trials, 0.95, 0.03)
	}
}
