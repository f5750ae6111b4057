package stat

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/montanaflynn/stats"
	"gonum.org/v1/gonum/stat/distuv"
)

// Interval is an estimate and its confidence interval. Too few values give
// Lo = -Inf and Hi = +Inf: nothing is excluded, so that no caller can take a
// missing interval for a narrow one.
type Interval struct {
	Est, Lo, Hi float64
	N           int
	Level       float64 // 0.95; for a median, the level really reached
}

// Bounded says whether there is an interval at all.
func (i Interval) Bounded() bool { return !math.IsInf(i.Lo, 0) && !math.IsInf(i.Hi, 0) }

// Half is half the width.
func (i Interval) Half() float64 { return (i.Hi - i.Lo) / 2 }

// MaxAbs is the end farther from zero: no effect larger than it is compatible
// with the interval.
func (i Interval) MaxAbs() float64 { return math.Max(math.Abs(i.Lo), math.Abs(i.Hi)) }

// Beyond says whether the whole interval is farther from zero than floor.
func (i Interval) Beyond(floor float64) bool { return i.Lo > floor || i.Hi < -floor }

// Map applies a rising function to the estimate and both ends.
func (i Interval) Map(f func(float64) float64) Interval {
	i.Est, i.Lo, i.Hi = f(i.Est), f(i.Lo), f(i.Hi)
	return i
}

func unbounded(est float64, n int, level float64) Interval {
	return Interval{Est: est, Lo: math.Inf(-1), Hi: math.Inf(1), N: n, Level: level}
}

// MeanT is the mean with a t interval; the values are cell estimates, which
// are independent, never slots of one cell, which are not.
func MeanT(xs []float64, level float64) (Interval, error) {
	if err := check(xs); err != nil {
		return Interval{}, err
	}
	if err := checkLevel(level); err != nil {
		return Interval{}, err
	}
	n := len(xs)
	mean, _ := stats.Mean(xs)
	if n < 2 {
		return unbounded(mean, n, level), nil
	}
	sd, _ := stats.StandardDeviationSample(xs)
	half := tQuantile(1-(1-level)/2, n-1) * sd / math.Sqrt(float64(n))
	return Interval{Est: mean, Lo: mean - half, Hi: mean + half, N: n, Level: level}, nil
}

func tQuantile(p float64, df int) float64 {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(df)}.Quantile(p)
}

// SignTest is the exact two-sided p value that the median is zero. Zeros say
// nothing about the sign and are left out.
func SignTest(xs []float64) (float64, error) {
	if err := check(xs); err != nil {
		return 0, err
	}
	neg, pos := 0, 0
	for _, x := range xs {
		if x < 0 {
			neg++
		} else if x > 0 {
			pos++
		}
	}
	return math.Min(1, 2*tail(neg+pos, min(neg, pos))), nil
}

// MedianInterval is the narrowest symmetric pair of order statistics that
// covers the median with at least the level. It assumes no distribution.
// Fewer than 6 values cannot reach 95 %.
func MedianInterval(xs []float64, level float64) (Interval, error) {
	if err := check(xs); err != nil {
		return Interval{}, err
	}
	if err := checkLevel(level); err != nil {
		return Interval{}, err
	}
	sorted := slices.Sorted(slices.Values(xs))
	n := len(sorted)
	median, _ := stats.Median(sorted)
	// Leaving k values out at each end misses the median with 2*P(X <= k-1).
	k := sort.Search(n, func(k int) bool { return 1-2*tail(n, k) < level })
	if k == 0 {
		return unbounded(median, n, level), nil
	}
	return Interval{Est: median, Lo: sorted[k-1], Hi: sorted[n-k], N: n, Level: 1 - 2*tail(n, k-1)}, nil
}

// tail is P(X <= k) of n fair coins.
func tail(n, k int) float64 {
	return distuv.Binomial{N: float64(n), P: 0.5}.CDF(float64(k))
}

func checkLevel(level float64) error {
	if !(level > 0 && level < 1) {
		return fmt.Errorf("stat: level %v: want one between 0 and 1", level)
	}
	return nil
}
