package stat

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// R 4.2.2: qnorm(.975) + qnorm(.8) is 2.801585218.
func TestMDE80(t *testing.T) {
	for _, se := range []float64{0, 1, 0.003, math.Inf(1)} {
		got, err := MDE80(se)
		if err != nil {
			t.Fatal(err)
		}
		if want := 2.801585218 * se; got != want {
			near(t, fmt.Sprintf("MDE80 of %v", se), got, want, 1e-9*se)
		}
	}
}

// R 4.2.2: power.t.test(n = n, sd = 1, power = .8, type = "one.sample",
// strict = TRUE, tol = 1e-12)$delta * sqrt(n).
func TestMDE80T(t *testing.T) {
	for _, tt := range []struct {
		n    int
		want float64
	}{
		{2, 16.33400887}, {3, 5.653489266}, {4, 4.255898687}, {6, 3.513902729}, {8, 3.26975984},
		{12, 3.078388676}, {16, 2.997862578}, {27, 2.910539145}, {100, 2.829126328},
	} {
		got, err := MDE80T(0.5, tt.n)
		if err != nil {
			t.Fatal(err)
		}
		near(t, fmt.Sprintf("%d cells", tt.n), got, 0.5*tt.want, 0.5*0.0011)
	}
	if got, err := MDE80T(1, 1); err != nil || !math.IsInf(got, 1) {
		t.Errorf("one cell: got %v, %v, want +Inf", got, err)
	}
	if got, err := MDE80T(0, 8); err != nil || got != 0 {
		t.Errorf("no error: got %v, %v, want 0", got, err)
	}
	for _, n := range []int{0, -1} {
		if _, err := MDE80T(1, n); err == nil {
			t.Errorf("%d cells: got no error, want one", n)
		}
	}
	for _, se := range []float64{-1e-9, math.NaN(), math.Inf(-1)} {
		_, e1 := MDE80(se)
		_, e2 := MDE80T(se, 8)
		if e1 == nil || e2 == nil {
			t.Errorf("standard error %v: got %v and %v, want errors", se, e1, e2)
		}
	}
}

// SD of Student's sleep over the root of 10; R: sd(d)/sqrt(10) is 0.3889587.
func TestStdErr(t *testing.T) {
	got, err := StdErr(sleep)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "standard error", got, 0.3889587, 1e-7)
	if got, err := StdErr([]float64{1, 3}); err != nil || math.Abs(got-1) > 1e-15 {
		t.Errorf("two cells: got %v, %v, want 1", got, err)
	}
	if got, err := StdErr([]float64{1}); err != nil || !math.IsInf(got, 1) {
		t.Errorf("one cell: got %v, %v, want +Inf", got, err)
	}
}

// A true mean of MDE80T is found by the t test in 80 % of samples of 8 cells, one
// of MDE80 in fewer.
func TestMDEPower(t *testing.T) {
	const trials, n = 4000, 8
	se := 1 / math.Sqrt(n)
	power := func(mean float64) float64 {
		rng := rand.New(rand.NewPCG(5, 1))
		found := 0
		for range trials {
			xs := make([]float64, n)
			for i := range xs {
				xs[i] = mean + rng.NormFloat64()
			}
			got, err := MeanT(xs, 0.95)
			if err != nil {
				t.Fatal(err)
			}
			if got.Beyond(0) {
				found++
			}
		}
		return float64(found) / trials
	}
	exact, err1 := MDE80T(se, n)
	normal, err2 := MDE80(se)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	atExact, atNormal := power(exact), power(normal)
	t.Logf("power at MDE80T: %.3f, at MDE80: %.3f", atExact, atNormal)
	near(t, "power at MDE80T", atExact, 0.8, 0.02)
	near(t, "power at MDE80", atNormal, 0.6727, 0.02) // R: power.t.test(n = 8, ...)
}
