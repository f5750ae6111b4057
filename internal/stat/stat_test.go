package stat

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: got %v, want %v +- %v", what, got, want, tol)
	}
}

// Student (1908), The Probable Error of a Mean, Biometrika 6: hours of sleep
// gained by 10 patients, second drug less first.
var sleep = []float64{1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4}

func TestDescribe(t *testing.T) {
	d, err := Describe(sleep)
	if err != nil {
		t.Fatal(err)
	}
	// mean and SD: Student's own table has 1.58 and 1.17 (population SD);
	// R 4: sd(d) = 1.229995.
	near(t, "mean", d.Mean, 1.58, 1e-12)
	near(t, "SD", d.SD, 1.229995, 1e-6)
	near(t, "CV", d.CV, 1.229995/1.58, 1e-6)
	near(t, "median", d.Median, 1.3, 1e-12)
	near(t, "min", d.Min, 0, 0)
	near(t, "max", d.Max, 4.6, 0)
	if one, err := Describe([]float64{3}); err != nil || one.Median != 3 || !math.IsNaN(one.SD) || !math.IsNaN(one.CV) {
		t.Errorf("one value: got %+v, %v, want median 3, SD and CV NaN", one, err)
	}
	if zero, err := Describe([]float64{-1, 1}); err != nil || zero.SD != math.Sqrt2 || !math.IsNaN(zero.CV) {
		t.Errorf("mean 0: got %+v, %v, want SD %v, CV NaN", zero, err, math.Sqrt2)
	}
}

// The plain functions say what Describe says.
func TestPlain(t *testing.T) {
	for _, row := range []struct {
		name   string
		f      func([]float64) (float64, error)
		xs     []float64
		want   float64
		within float64
	}{
		{"median of 10", Median, sleep, 1.3, 1e-12},
		{"median of 1", Median, []float64{3}, 3, 0},
		{"mean of 10", Mean, sleep, 1.58, 1e-12},
		{"mean of 1", Mean, []float64{3}, 3, 0},
		{"SD of 10", SampleSD, sleep, 1.229995, 1e-6},
		{"SD of 2", SampleSD, []float64{1, 3}, math.Sqrt2, 1e-12},
	} {
		got, err := row.f(row.xs)
		if err != nil {
			t.Errorf("%s: got %v, want none", row.name, err)
		}
		near(t, row.name, got, row.want, row.within)
	}
}

// Upper 2.5 % points of t: Pearson and Hartley, Biometrika Tables for
// Statisticians vol. 1, table 12; also NIST e-Handbook 1.3.6.7.2.
func TestTQuantile(t *testing.T) {
	for _, tt := range []struct {
		df   int
		want float64
	}{{1, 12.706}, {2, 4.303}, {3, 3.182}, {5, 2.571}, {7, 2.365}, {9, 2.262}, {15, 2.131}, {29, 2.045}, {100, 1.984}} {
		near(t, "t", tQuantile(0.975, tt.df), tt.want, 0.0005)
	}
}

// R: t.test(extra ~ group, data = sleep, paired = TRUE) gives the interval
// 0.7001142 to 2.4598858.
func TestMeanT(t *testing.T) {
	got, err := MeanT(sleep, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "estimate", got.Est, 1.58, 1e-12)
	near(t, "low", got.Lo, 0.7001142, 1e-7)
	near(t, "high", got.Hi, 2.4598858, 1e-7)
	near(t, "half", got.Half(), 0.8798858, 1e-7)
	// By hand: SD sqrt 2, so the half is the t of one degree of freedom.
	two, err := MeanT([]float64{1, 3}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "half of two values", two.Half(), 12.706, 0.0005)
	one, err := MeanT([]float64{2}, 0.95)
	if err != nil || one.Bounded() || one.Est != 2 || one.Beyond(0) {
		t.Errorf("one value: got %+v, %v, want an unbounded interval", one, err)
	}
}

// Two-sided p of the sign test: Siegel and Castellan, Nonparametric
// Statistics, table D (one-sided, doubled).
func TestSignTest(t *testing.T) {
	for _, tt := range []struct {
		pos, neg, zero int
		want           float64
	}{
		{5, 0, 0, 0.0625}, {6, 0, 0, 0.03125}, {8, 0, 0, 0.0078125}, {9, 1, 0, 0.021484375},
		{8, 2, 0, 0.109375}, {10, 2, 0, 0.03857421875}, {11, 3, 3, 0.0573730468750}, {15, 5, 0, 0.0413894653}, {4, 4, 0, 1}, {0, 0, 3, 1},
	} {
		var xs []float64
		for i := range tt.pos + tt.neg + tt.zero {
			xs = append(xs, map[bool]float64{true: 1, false: -1}[i < tt.pos])
			if i >= tt.pos+tt.neg {
				xs[i] = 0
			}
		}
		got, err := SignTest(xs)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "p", got, tt.want, 1e-9)
	}
}

// Ranks of the 95 % interval of a median: Conover, Practical Nonparametric
// Statistics, section 3.2; Gibbons and Chakraborti, table G.
func TestMedianInterval(t *testing.T) {
	for _, tt := range []struct {
		n, lo, hi int
		level     float64
	}{{6, 1, 6, 0.96875}, {8, 1, 8, 0.9921875}, {9, 2, 8, 0.9609375}, {10, 2, 9, 0.978515625}, {12, 3, 10, 0.96142578125}, {15, 4, 12, 0.9648}, {20, 6, 15, 0.9586}, {25, 8, 18, 0.9567}} {
		var xs []float64
		for i := range tt.n {
			xs = append(xs, float64((i*7)%tt.n+1))
		}
		if tt.n%7 == 0 {
			t.Fatal("ranks repeat")
		}
		got, err := MedianInterval(xs, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "low rank", got.Lo, float64(tt.lo), 0)
		near(t, "high rank", got.Hi, float64(tt.hi), 0)
		near(t, "level", got.Level, tt.level, 5e-5)
	}
	// Two of 64 sequences of coins miss 1 to 6: a level is reached exactly too.
	if got, err := MedianInterval([]float64{1, 2, 3, 4, 5, 6}, 1-2.0/64); err != nil || got.Lo != 1 || got.Hi != 6 {
		t.Errorf("6 values at the level they reach: got %+v, %v, want 1 to 6", got, err)
	}
	if got, err := MedianInterval([]float64{1, 2, 3, 4, 5}, 0.95); err != nil || got.Bounded() || got.Est != 3 {
		t.Errorf("5 values: got %+v, %v, want an unbounded interval", got, err)
	}
}

// Efron and Tibshirani, An Introduction to the Bootstrap (1993), table 10.1
// and section 10.3: the patch data, ratio -0.0713, bootstrap SE 0.105.
func TestBootstrapRatio(t *testing.T) {
	z := []float64{8406, 2342, 8187, 8459, 4795, 3516, 4796, 10238}
	y := []float64{-1200, 2601, -2705, 1982, -1290, 351, -638, -2719}
	got, err := BootstrapRatio(y, z, 0.95, 10000, 1)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ratio", got.Est, -0.0713, 5e-5)
	near(t, "SE from the width", got.Half()/(2.365*math.Sqrt(8.0/7)), 0.105, 0.02)
	again, _ := BootstrapRatio(y, z, 0.95, 10000, 1)
	if again != got {
		t.Errorf("same seed: got %+v, then %+v", got, again)
	}
	other, _ := BootstrapRatio(y, z, 0.95, 10000, 2)
	if other == got {
		t.Error("other seed gives the same interval")
	}
}

// How often the interval holds the true ratio, for cells of 10 % noise.
func TestBootstrapRatioCoverage(t *testing.T) {
	const trials = 500
	for _, tt := range []struct {
		n   int
		min float64
	}{{4, 0.84}, {6, 0.90}, {8, 0.92}, {16, 0.925}} {
		rng := rand.New(rand.NewPCG(3, uint64(tt.n)))
		covered := 0
		for range trials {
			num, den := make([]float64, tt.n), make([]float64, tt.n)
			for i := range num {
				num[i], den[i] = 9+rng.NormFloat64(), 10+rng.NormFloat64()
			}
			got, err := BootstrapRatio(num, den, 0.95, 2000, 1)
			if err != nil {
				t.Fatal(err)
			}
			if got.Lo <= 0.9 && 0.9 <= got.Hi {
				covered++
			}
		}
		share := float64(covered) / trials
		t.Logf("%d cells: %.3f", tt.n, share)
		if share < tt.min {
			t.Errorf("%d cells: covers %.3f, want at least %v", tt.n, share, tt.min)
		}
	}
}

// Two pairs have three resamples, so the interval is known exactly.
func TestBootstrapRatioByHand(t *testing.T) {
	got, err := BootstrapRatio([]float64{1, 3}, []float64{2, 4}, 0.95, 1000, 7)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ratio", got.Est, 4.0/6, 1e-15)
	near(t, "low", got.Lo, 0.5, 0)
	near(t, "high", got.Hi, 0.75, 0)
}

func TestBootstrapRatioOfOneResample(t *testing.T) {
	got, err := BootstrapRatio([]float64{1, 3}, []float64{2, 4}, 0.95, 1, 7)
	if err != nil || got.Lo != got.Hi || !got.Bounded() {
		t.Errorf("got %+v, %v, want both ends at the one ratio", got, err)
	}
	if _, err := BootstrapRatio([]float64{1, 3}, []float64{2, 4}, 0.95, 0, 7); err == nil {
		t.Error("no resamples: got no error, want one")
	}
}

// Phi(-t sqrt(n/(n-1))), with t from Pearson and Hartley's table 12 and Phi from
// their table 1.
func TestExpanded(t *testing.T) {
	for _, row := range []struct {
		n    int
		want float64
	}{{4, 0.0001}, {8, 0.0057}, {16, 0.0139}, {30, 0.0188}} {
		near(t, fmt.Sprintf("%d cells", row.n), expanded(0.95, row.n), row.want, 0.00005)
	}
}

func TestBootstrapRatioUnbounded(t *testing.T) {
	for _, tt := range []struct {
		name     string
		num, den []float64
	}{
		{"one cell", []float64{1}, []float64{2}},
		{"sign changes", []float64{1, 1, 1}, []float64{-1, 1, 1}},
	} {
		got, err := BootstrapRatio(tt.num, tt.den, 0.95, 1000, 1)
		if err != nil || got.Bounded() {
			t.Errorf("%s: got %+v, %v, want an unbounded interval", tt.name, got, err)
		}
	}
	if _, err := BootstrapRatio([]float64{1, 1}, []float64{1, -1}, 0.95, 10, 1); err == nil {
		t.Error("denominator zero: want an error")
	}
	if _, err := BootstrapRatio([]float64{1, 1}, []float64{1}, 0.95, 10, 1); err == nil {
		t.Error("not pairs: want an error")
	}
}

func TestBadInput(t *testing.T) {
	// First, since the library behind it does not end on what it must refuse below.
	if p, err := UTest(sleep, sleep); err != nil || p != 1 {
		t.Fatalf("UTest of good values: got %v, %v, want 1", p, err)
	}
	for _, xs := range [][]float64{nil, {math.NaN()}, {1, math.Inf(1)}, {math.Inf(-1), 1}} {
		_, e1 := Describe(xs)
		_, e2 := Median(xs)
		_, e3 := MeanT(xs, 0.95)
		_, e4 := SignTest(xs)
		_, e5 := MedianInterval(xs, 0.95)
		_, e6 := BootstrapRatio(xs, xs, 0.95, 10, 1)
		_, e7 := SampleSD(xs)
		_, e8 := Mean(xs)
		_, e9 := SignFlip(xs, 10, 1)
		_, e10 := MaxT([][]float64{sleep, xs}, 10, 1)
		_, e11 := Simultaneous([][]float64{sleep, xs}, 0.95)
		_, e12 := StdErr(xs)
		_, e13 := TOST(xs, 1, 0.05)
		_, e14 := Fieller(xs, sleep, 0.95)
		_, e15 := Fieller(sleep, xs, 0.95)
		_, e16 := UTest(xs, sleep)
		_, e17 := UTest(sleep, xs)
		for i, err := range []error{e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11, e12, e13, e14, e15, e16, e17} {
			if err == nil {
				t.Errorf("%v: function %d took it", xs, i+1)
			}
		}
	}
	for _, level := range []float64{0, 1, -0.5, 1.5, math.NaN()} {
		_, e1 := MeanT(sleep, level)
		_, e2 := MedianInterval(sleep, level)
		_, e3 := BootstrapRatio(sleep, sleep, level, 10, 1)
		_, e4 := Simultaneous([][]float64{sleep}, level)
		_, e5 := Fieller(sleep, sleep, level)
		for i, err := range []error{e1, e2, e3, e4, e5} {
			if err == nil {
				t.Errorf("level %v: function %d took it", level, i+1)
			}
		}
	}
	if _, err := SampleSD([]float64{1}); err == nil {
		t.Error("SD of one value: want an error")
	}
	for _, family := range [][][]float64{nil, {}, {sleep, nil}} {
		if _, err := MaxT(family, 10, 1); err == nil {
			t.Errorf("a family of %d comparisons, one without cells: MaxT took it", len(family))
		}
	}
	if _, err := Simultaneous(nil, 0.95); err == nil {
		t.Error("a family of none: Simultaneous took it")
	}
}

func TestInterval(t *testing.T) {
	i := Interval{Est: 2, Lo: 1, Hi: 3}
	for _, tt := range []struct {
		floor float64
		want  bool
	}{{0, true}, {0.9, true}, {1, false}, {5, false}} {
		for _, i := range []Interval{i, {Est: -2, Lo: -3, Hi: -1}} {
			if got := i.Beyond(tt.floor); got != tt.want {
				t.Errorf("%+v beyond %v: got %v, want %v", i, tt.floor, got, tt.want)
			}
		}
	}
	inf := math.Inf(1)
	for _, tt := range []struct {
		lo, hi float64
		want   bool
	}{{1, 3, true}, {-inf, 3, false}, {1, inf, false}, {-inf, inf, false}} {
		if got := (Interval{Lo: tt.lo, Hi: tt.hi}).Bounded(); got != tt.want {
			t.Errorf("%v to %v: got bounded %v, want %v", tt.lo, tt.hi, got, tt.want)
		}
	}
	if m := (Interval{Est: -2, Lo: -3, Hi: -1}); !m.Beyond(0.5) || m.MaxAbs() != 3 {
		t.Errorf("got %v, %v, want true, 3", m.Beyond(0.5), m.MaxAbs())
	}
}
