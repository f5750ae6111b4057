package stat

import (
	"fmt"
	"math"
	"sort"

	"gonum.org/v1/gonum/stat/distuv"
)

// The minimal detectable effect is the true mean that a two-sided test at 5 %
// finds with 80 % power (Bloom, Minimum Detectable Effects, Evaluation Review 19,
// 1995).
const (
	mdeAlpha = 0.05
	mdePower = 0.80
)

// StdErr is the standard error of the mean of cell estimates; +Inf for one cell,
// which says nothing about it.
func StdErr(xs []float64) (float64, error) {
	if err := check(xs); err != nil {
		return 0, err
	}
	if len(xs) < 2 {
		return math.Inf(1), nil
	}
	sd, err := SampleSD(xs)
	return sd / math.Sqrt(float64(len(xs))), err
}

// MDE80 is the minimal detectable effect as it is usually quoted, 2.8 standard
// errors: the normal quantiles 1.96 of .975 and 0.84 of .80. It takes the
// standard error for known; with few cells MDE80T is the honest one.
func MDE80(se float64) (float64, error) {
	if err := checkSE(se); err != nil {
		return 0, err
	}
	z := distuv.UnitNormal
	return (z.Quantile(1-mdeAlpha/2) + z.Quantile(mdePower)) * se, nil
}

// MDE80T is the minimal detectable effect of the t test over n cells, by the
// noncentral t distribution: 3.27 standard errors at 8 cells, 2.91 at 27. One
// cell detects nothing: +Inf.
func MDE80T(se float64, n int) (float64, error) {
	if err := checkSE(se); err != nil {
		return 0, err
	}
	if n < 1 {
		return 0, fmt.Errorf("stat: minimal effect of %d cells: want at least 1", n)
	}
	if n == 1 {
		return math.Inf(1), nil
	}
	critical := tQuantile(1-mdeAlpha/2, n-1)
	// In thousandths of a standard error; 20 are enough at 2 cells already.
	steps := sort.Search(20_000, func(i int) bool {
		t := distuv.NoncentralT{Nu: float64(n - 1), Mu: float64(i) / 1000}
		return t.CDF(critical) <= 1-mdePower // the other tail has nothing of note
	})
	return float64(steps) / 1000 * se, nil
}

func checkSE(se float64) error {
	if !(se >= 0) {
		return fmt.Errorf("stat: standard error %v: want 0 or more", se)
	}
	return nil
}
