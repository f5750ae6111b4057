package host

import (
	"math"
	"slices"
	"strconv"
)

// Reading is one number with its unit, or why there is none.
type Reading struct {
	V    float64
	Unit string
	Why  string // not empty: there is no number, and this is why
}

func unread(err error) Reading { return Reading{Why: why(err)} }

// parseReading takes the kernel's decimal text, or why there is none.
func parseReading(s string, err error, unit string) Reading {
	if err != nil {
		return unread(err)
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return unread(err)
	}
	return Reading{V: float64(n), Unit: unit}
}

// OK says that there is a number.
func (r Reading) OK() bool { return r.Why == "" }

// String is the value of a file key: "2.5 ns", "3 ticks", "n/a (ENOENT)".
func (r Reading) String() string {
	if !r.OK() {
		return "n/a (" + r.Why + ")"
	}
	digits := 1
	switch a := math.Abs(r.V); {
	case a == math.Trunc(a) || a >= 1000:
		digits = 0
	case a < 1:
		digits = 3
	}
	return strconv.FormatFloat(r.V, 'f', digits, 64) + " " + r.Unit
}

// sub is r - before. A counter that went back (a migrated guest's steal does)
// says nothing about the time between.
func (r Reading) sub(before Reading) Reading {
	switch {
	case !r.OK():
		return r
	case !before.OK():
		return before
	case r.V < before.V:
		return Reading{Why: "went back"}
	}
	return Reading{V: r.V - before.V, Unit: r.Unit}
}

// quantile is by nearest rank: always a value that was seen.
func quantile(values []float64, q float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[int(math.Round(q*float64(len(sorted)-1)))]
}
