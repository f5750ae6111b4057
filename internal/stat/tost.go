package stat

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Equivalence is the outcome of TOST.
type Equivalence struct {
	P        float64 // that the mean is outside the margin, or on it
	Margin   float64
	Alpha    float64
	Interval // of level 1-2*Alpha
}

// Holds says whether the mean is shown to be within the margin: P < Alpha, which
// is the same as the interval lying inside it.
func (e Equivalence) Holds() bool { return -e.Margin < e.Lo && e.Hi < e.Margin }

// TOST tests whether the mean of cell estimates is within -margin to +margin,
// by two one-sided t tests (Schuirmann 1987, J. Pharmacokinetics and
// Biopharmaceutics 15). Its null hypothesis is a difference, so too few cells
// give no equivalence. On logs, +-1 % is not symmetric: of log(1.01) and
// -log(0.99) the caller gives the smaller.
func TOST(xs []float64, margin, alpha float64) (Equivalence, error) {
	if !(margin > 0) || math.IsInf(margin, 1) {
		return Equivalence{}, fmt.Errorf("stat: margin %v: want a finite one above 0", margin)
	}
	if !(alpha > 0 && alpha < 0.5) {
		return Equivalence{}, fmt.Errorf("stat: alpha %v: want one between 0 and 0.5", alpha)
	}
	interval, err := MeanT(xs, 1-2*alpha)
	if err != nil {
		return Equivalence{}, err
	}
	e := Equivalence{P: 1, Margin: margin, Alpha: alpha, Interval: interval}
	if !interval.Bounded() {
		return e, nil
	}
	se, err := StdErr(xs)
	if err != nil {
		return Equivalence{}, err
	}
	// The mean's distance from the nearer end; the farther test rejects sooner.
	inside := margin - math.Abs(interval.Est)
	switch {
	case se > 0:
		t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(len(xs) - 1)}
		e.P = t.CDF(-inside / se)
	case inside > 0: // all cells alike
		e.P = 0
	}
	return e, nil
}
