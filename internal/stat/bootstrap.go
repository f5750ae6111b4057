package stat

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// BootstrapRatio is mean(num)/mean(den) with a percentile bootstrap over
// pairs: num[i] and den[i] are of one cell and are drawn together. The same
// seed gives the same interval.
//
// With few cells the plain percentile interval is too narrow (at 8 cells
// it covers 90 %, not 95 %); its percentiles are expanded as Hesterberg does
// (What Teachers Should Know About the Bootstrap, 2015), which gives 94 % at 8
// cells, 93 % at 6 and 87 % at 4 (TestBootstrapRatioCoverage).
//
// For the removed share (a ratio of differences of times with one in common) it
// suffices: 94 % at 8 cells where the overhead is 8 or 20 standard errors; at 4
// the interval is unbounded in a fifth of the samples (TestRemovedCoverage). The
// check on it is Fieller.
//
// A denominator that changes sign among the resamples means that the ratio has
// no bounded interval; it is unbounded then.
func BootstrapRatio(num, den []float64, level float64, reps int, seed uint64) (Interval, error) {
	if err := errors.Join(check(num), check(den), checkLevel(level)); err != nil {
		return Interval{}, err
	}
	n := len(num)
	if n != len(den) || reps < 1 {
		return Interval{}, fmt.Errorf("stat: %d numerators, %d denominators, %d resamples: want pairs and at least 1", n, len(den), reps)
	}
	all := sum(num) / sum(den)
	if math.IsNaN(all) || math.IsInf(all, 0) {
		return Interval{}, errors.New("stat: mean of the denominators is zero")
	}
	if n < 2 {
		return unbounded(all, n, level), nil
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	ratios := make([]float64, reps)
	for r := range ratios {
		s, d := 0.0, 0.0
		for range n {
			i := rng.IntN(n)
			s, d = s+num[i], d+den[i]
		}
		if d == 0 || (d > 0) != (sum(den) > 0) {
			return unbounded(all, n, level), nil
		}
		ratios[r] = s / d
	}
	slices.Sort(ratios)
	out := int(math.Floor(float64(reps) * expanded(level, n))) // left out at each end
	return Interval{Est: all, Lo: ratios[out], Hi: ratios[reps-1-out], N: n, Level: level}, nil
}

// expanded is the share of resamples to leave out at each end, so that for a
// mean the interval is about as wide as the t interval.
func expanded(level float64, n int) float64 {
	t := tQuantile(1-(1-level)/2, n-1)
	return distuv.UnitNormal.CDF(-t * math.Sqrt(float64(n)/float64(n-1)))
}

func sum(xs []float64) float64 {
	s := 0.0
	for _, x := range xs {
		s += x
	}
	return s
}
