package sched

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestPoisson: gaps have an exponential distribution (Kolmogorov and Smirnov), and counts
// in windows the variance of their mean (index of dispersion).
func TestPoisson(t *testing.T) {
	const n, rate = 20_000, 400_000.0
	a := NewArrivals(n)
	a.Poisson(rate, rand.New(rand.NewPCG(1, 2)))
	gaps := make([]float64, n)
	last := int64(0)
	for i, due := range a.Due {
		if due < last {
			t.Fatalf("task %d is due before the one before it", i)
		}
		gaps[i] = float64(due-last) * rate / 1e9
		last = due
	}
	slices.Sort(gaps)
	worst, sum := 0.0, 0.0
	for i, g := range gaps {
		cdf := 1 - math.Exp(-g)
		worst = max(worst, math.Abs(cdf-float64(i)/n), math.Abs(cdf-float64(i+1)/n))
		sum += g
	}
	if limit := 1.95 / math.Sqrt(n); worst > limit { // p = 0.001
		t.Errorf("gaps are not exponential: they differ by %.4f, want at most %.4f", worst, limit)
	}
	if mean := sum / n; math.Abs(mean-1) > 4/math.Sqrt(n) {
		t.Errorf("the mean gap is %.4f of what the rate says", mean)
	}
	// Windows of 10 arrivals in the mean: variance over mean is 1, give or take
	// sqrt(2/windows).
	windows := make([]float64, n/10-100)
	for _, due := range a.Due {
		if k := int(float64(due) * rate / 1e10); k < len(windows) {
			windows[k]++
		}
	}
	var mean, square float64
	for _, w := range windows {
		mean += w / float64(len(windows))
	}
	for _, w := range windows {
		square += (w - mean) * (w - mean) / float64(len(windows)-1)
	}
	if index := square / mean; math.Abs(index-1) > 4*math.Sqrt(2/float64(len(windows))) {
		t.Errorf("the index of dispersion is %.3f, want 1", index)
	}
}

// TestPoissonSeed: a seed gives the same times again, another seed others, and one that
// goes on draws anew.
func TestPoissonSeed(t *testing.T) {
	draw := func(random *rand.Rand) []int64 {
		a := NewArrivals(100)
		a.Poisson(1e6, random)
		return a.Due
	}
	random := rand.New(rand.NewPCG(7, 1))
	first := draw(random)
	if again := draw(rand.New(rand.NewPCG(7, 1))); !slices.Equal(first, again) {
		t.Error("one seed gives two schedules")
	}
	if slices.Equal(first, draw(random)) || slices.Equal(first, draw(rand.New(rand.NewPCG(8, 1)))) {
		t.Error("two rows, or two seeds, give one schedule")
	}
}

// TestArrivalsPlaces: every task has a place of its own, and neighbours have none on one
// line; one that did not run has no latency.
func TestArrivalsPlaces(t *testing.T) {
	for _, n := range []int{0, 1, 7, 8, 9, 100, 1001} {
		a := NewArrivals(n)
		a.Clear()
		for i := range n {
			if a.Latency(i) >= 0 {
				t.Fatalf("%d tasks: task %d has a latency, or the place of another", n, i)
			}
			a.Due[i] = int64(i)
			a.Done(int64(i), int64(3*i))
		}
		for i := range n {
			if got := a.Latency(i); got != int64(2*i) {
				t.Errorf("%d tasks: task %d has a latency of %d, want %d", n, i, got, 2*i)
			}
			if gap := a.place(int64(i)) - a.place(int64(max(i-1, 0))); n > 100 && i > 0 && gap > -8 && gap < 8 {
				t.Errorf("tasks %d and %d are written %d words apart", i-1, i, gap)
			}
		}
	}
}
