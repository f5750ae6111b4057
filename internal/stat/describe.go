package stat

import (
	"fmt"
	"math"

	"github.com/montanaflynn/stats"
)

// Description is the descriptive row of a sample.
type Description struct {
	N            int
	Median, Mean float64
	SD           float64 // sample SD (n-1); NaN for one value
	CV           float64 // SD over mean; NaN for one value or mean 0
	Min, Max     float64
}

// Describe describes xs.
func Describe(xs []float64) (Description, error) {
	if err := check(xs); err != nil {
		return Description{}, err
	}
	// Their errors are for empty input, which check refuses, and come with NaN.
	d := Description{N: len(xs)}
	d.Median, _ = stats.Median(xs)
	d.Mean, _ = stats.Mean(xs)
	d.Min, _ = stats.Min(xs)
	d.Max, _ = stats.Max(xs)
	// StandardDeviation without "Sample" is the population one.
	d.SD, _ = stats.StandardDeviationSample(xs)
	d.CV, _ = stats.CoefficientOfVariation(xs)
	return d, nil
}

// Median is the middle value, or the mean of the middle two.
func Median(xs []float64) (float64, error) {
	if err := check(xs); err != nil {
		return 0, err
	}
	return stats.Median(xs)
}

// Mean is the arithmetic mean.
func Mean(xs []float64) (float64, error) {
	if err := check(xs); err != nil {
		return 0, err
	}
	return stats.Mean(xs)
}

// SampleSD is the standard deviation with n-1; it needs two values.
func SampleSD(xs []float64) (float64, error) {
	if err := check(xs); err != nil {
		return 0, err
	}
	if len(xs) < 2 {
		return 0, fmt.Errorf("stat: SD of one value: want at least 2")
	}
	return stats.StandardDeviationSample(xs)
}

func check(xs []float64) error {
	if len(xs) == 0 {
		return fmt.Errorf("stat: no values")
	}
	for i, x := range xs {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Errorf("stat: value %d of %d is %v: want finite values", i, len(xs), x)
		}
	}
	return nil
}
