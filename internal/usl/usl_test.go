package usl

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// samples are a law's throughputs with some noise, a share.
func samples(l Law, noise float64, replicates int, workers ...int) []Sample {
	rng := rand.New(rand.NewPCG(7, 8))
	var all []Sample
	for _, n := range workers {
		s := Sample{Workers: n}
		for range replicates {
			s.X = append(s.X, l.Throughput(float64(n))*math.Exp(noise*rng.NormFloat64()))
		}
		all = append(all, s)
	}
	return all
}

func of(t *testing.T, all []Sample) Fit {
	t.Helper()
	f, err := Of(all)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestRecovers: what was put in comes out, also at the edge and beyond 1.
func TestRecovers(t *testing.T) {
	for _, l := range []Law{{20, 0.05, 1e-4}, {0.02, 0, 0}, {3, 0.3, 0}, {1, 0, 0.002}, {16, 2, 0.01}} {
		f := of(t, samples(l, 0, 3, 1, 2, 4, 8, 16))
		if f.Reason != "" || math.Abs(f.Sigma-l.Sigma) > 1e-4 || math.Abs(f.Kappa-l.Kappa) > 1e-5 || math.Abs(f.Lambda/l.Lambda-1) > 1e-3 || f.RMS > 1e-4 {
			t.Errorf("got %+v, want %+v", f, l)
		}
	}
}

// TestRaytracer: the throughputs of a ray tracer on up to 64 processors, of Guerrilla
// Capacity Planning, where sigma is 0.05 with lambda taken from one processor. Nothing near
// our fit has smaller residuals.
func TestRaytracer(t *testing.T) {
	workers := []int{1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64}
	xs := []float64{20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310}
	var all []Sample
	for i, n := range workers {
		all = append(all, Sample{n, []float64{xs[i], xs[i]}})
	}
	residuals := func(l Law) (sum float64) {
		for i, n := range workers {
			r := xs[i] - l.Throughput(float64(n))
			sum += r * r
		}
		return sum
	}
	f := of(t, all)
	if math.Abs(f.Sigma-0.05) > 0.01 || f.Kappa > 1e-4 {
		t.Errorf("got %+v, want sigma about 0.05 and kappa about 0", f)
	}
	least := residuals(f.Law)
	for lambda := 0.9; lambda <= 1.1; lambda += 0.01 {
		for sigma := 0.8; sigma <= 1.2; sigma += 0.02 {
			for kappa := 0.0; kappa < 1e-4; kappa += 1e-5 {
				if l := (Law{f.Lambda * lambda, f.Sigma * sigma, kappa}); residuals(l) < least*(1-1e-6) {
					t.Fatalf("%+v leaves %v, the fit %+v leaves %v", l, residuals(l), f.Law, least)
				}
			}
		}
	}
}

// TestIntervals hold what was put in, and narrow with less noise.
func TestIntervals(t *testing.T) {
	l := Law{20, 0.1, 1e-3}
	wide := of(t, samples(l, 0.05, 8, 1, 2, 4, 8, 16))
	narrow := of(t, samples(l, 0.01, 8, 1, 2, 4, 8, 16))
	if wide.Reason != "" || wide.SigmaInterval.Lo > l.Sigma || wide.SigmaInterval.Hi < l.Sigma {
		t.Errorf("got %+v, want an interval around %v", wide, l.Sigma)
	}
	if narrow.SigmaInterval.Half() >= wide.SigmaInterval.Half() || narrow.KappaInterval.Half() >= wide.KappaInterval.Half() {
		t.Errorf("got %v with less noise, %v with more", narrow.SigmaInterval, wide.SigmaInterval)
	}
}

// TestNotIdentifiable: by what was seen, not by whose it is.
func TestNotIdentifiable(t *testing.T) {
	l := Law{20, 0.1, 1e-3}
	for _, tt := range []struct {
		all  []Sample
		want string
	}{
		{samples(l, 0, 8, 1, 2), "2 numbers of workers, want 4"},
		{samples(l, 0, 8, 1, 2, 8), "3 numbers of workers, want 4"},
		{samples(l, 0, 8, 1, 2, 3, 4), "up to 4 workers, want 8"},
		{samples(l, 0, 1, 1, 2, 4, 8), "too wide"},
		{samples(l, 0.5, 4, 1, 2, 4, 8), "too wide"},
	} {
		if f := of(t, tt.all); !strings.Contains(f.Reason, tt.want) {
			t.Errorf("got %+v, want %q", f, tt.want)
		}
	}
}

func TestPeak(t *testing.T) {
	if got := (Law{1, 0.19, 0.01}).Peak(); math.Abs(got-9) > 1e-9 {
		t.Errorf("got %v, want 9", got)
	}
	if got := (Law{1, 0.1, 0}).Peak(); !math.IsInf(got, 1) {
		t.Errorf("without kappa: got %v, want none", got)
	}
}

func TestRefuses(t *testing.T) {
	for _, all := range [][]Sample{{{1, nil}}, {{1, []float64{0}}}, {{0, []float64{1}}}, {{1, []float64{1}}, {1, []float64{1}}}, {{1, []float64{math.NaN()}}}} {
		if _, err := Of(all); err == nil || !strings.Contains(err.Error(), "want each number once") {
			t.Errorf("%v: got %v, want an error", all, err)
		}
	}
}
