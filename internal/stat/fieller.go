package stat

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
)

// Fieller is mean(num)/mean(den) with the interval of the ratios r for which
// the t interval of num - r*den holds zero (Fieller, JRSS B 16, 1954); num[i] and
// den[i] are of one cell. It is exact for normal cells, needs no seed, and is
// the check on BootstrapRatio, which assumes no distribution.
//
// Where the denominator's own t interval holds zero, no bounded interval has
// the level; it is unbounded then.
func Fieller(num, den []float64, level float64) (Interval, error) {
	if err := errors.Join(check(num), check(den), checkLevel(level)); err != nil {
		return Interval{}, err
	}
	n := len(num)
	if n != len(den) {
		return Interval{}, fmt.Errorf("stat: %d numerators, %d denominators: want pairs", n, len(den))
	}
	a, b := sum(num)/float64(n), sum(den)/float64(n)
	ratio := a / b
	if math.IsNaN(ratio) || math.IsInf(ratio, 0) {
		return Interval{}, errors.New("stat: mean of the denominators is zero")
	}
	if n < 2 {
		return unbounded(ratio, n, level), nil
	}
	t := tQuantile(1-(1-level)/2, n-1)
	w := t * t / float64(n)
	// The ends are the roots of p r^2 - 2 q r + s.
	p := b*b - w*stat.Variance(den, nil)
	q := a*b - w*stat.Covariance(num, den, nil)
	s := a*a - w*stat.Variance(num, nil)
	if p <= 0 {
		return unbounded(ratio, n, level), nil
	}
	root := math.Sqrt(math.Max(0, q*q-p*s)) // below 0 only by rounding
	return Interval{Est: ratio, Lo: (q - root) / p, Hi: (q + root) / p, N: n, Level: level}, nil
}
