package stat

import (
	"errors"
	"slices"

	"golang.org/x/perf/benchmath"
)

// UTest is the two-sided p value of benchstat's own comparison, the Mann-Whitney
// U test, computed by its library; 1 when all values are equal. It is wrapped
// since the library sorts its input in place and does not end on a NaN.
func UTest(base, other []float64) (float64, error) {
	if err := errors.Join(check(base), check(other)); err != nil {
		return 0, err
	}
	sample := func(xs []float64) *benchmath.Sample {
		return benchmath.NewSample(slices.Clone(xs), &benchmath.DefaultThresholds)
	}
	return benchmath.AssumeNothing.Compare(sample(base), sample(other)).P, nil
}
