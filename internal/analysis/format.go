package analysis

import (
	"math"
	"strconv"
)

// Num prints a result with the digits worth reading: two decimals below 10,
// one below 100, none above; what two cells give can be beyond a million. Minus
// zero is zero.
func Num(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "n/a"
	}
	if math.Abs(x) >= 1e6 {
		return strconv.FormatFloat(x, 'g', 3, 64)
	}
	digits := 0
	switch a := math.Abs(x); {
	case a < 9.995:
		digits = 2
	case a < 99.95:
		digits = 1
	}
	s := strconv.FormatFloat(x, 'f', digits, 64)
	if s == "-0.00" {
		return "0.00"
	}
	return s
}
