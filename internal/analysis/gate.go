package analysis

import (
	"fmt"
	"math"

	"stealbench/internal/recording"
	"stealbench/internal/stat"
)

// GateVerdict is what a gate says of one comparison, or of all. Greater is worse.
type GateVerdict int

const (
	GatePass         GateVerdict = iota // not slower by more than the margin
	GateInconclusive                    // the interval is too wide to say
	GateRegression                      // slower by more than the margin
)

func (v GateVerdict) String() string {
	return [...]string{"pass", "inconclusive", "regression"}[v]
}

// GateRow is one comparison of a gate: how much slower the new lane is than the
// old one, in percent.
type GateRow struct {
	Label   string
	Workers int
	Layouts int
	stat.Interval
	// Family is the interval that holds for all comparisons at once (Bonferroni).
	Family  stat.Interval
	Verdict GateVerdict
	Why     string // of an inconclusive one
}

// Gate compares two lanes of a recording in all groups. A comparison fails if its
// interval lies beyond margin percent as a whole, and does so with as much
// confidence as if it were the only one. It passes if the one-sided 95 % bound is
// within the margin; for all to pass each must, which needs no correction (Berger
// and Hsu, Statistical Science 11, 1996). Else it is inconclusive.
func Gate(groups []*Group, base, lane string, margin float64) ([]GateRow, GateVerdict, error) {
	var rows []GateRow
	worst := GatePass
	for _, g := range groups {
		for _, v := range []string{base, lane} {
			if g.Cells == 0 {
				break // inconclusive
			}
			if why := g.missing(v); why != "" {
				return nil, 0, fmt.Errorf("gate: %s: choose from %v", why, g.variants)
			}
		}
		r, err := g.gate(base, lane, margin, len(groups))
		if err != nil {
			return nil, 0, err
		}
		rows = append(rows, r)
		worst = max(worst, r.Verdict)
	}
	return rows, worst, nil
}

func (g *Group) gate(base, lane string, margin float64, family int) (GateRow, error) {
	if g.Cells == 0 {
		none := stat.Interval{Est: math.NaN(), Lo: math.Inf(-1), Hi: math.Inf(1)}
		return GateRow{Label: g.Label, Workers: g.Workers, Interval: none, Family: none, Verdict: GateInconclusive, Why: g.missing()}, nil
	}
	d := g.logRatios(lane, base)
	r := GateRow{Label: g.Label, Workers: g.Workers, Layouts: g.Layouts, Interval: mean(d).Map(toPercent)}
	wide, err := stat.MeanT(d, 1-(1-level)/float64(family))
	if err != nil {
		return r, err
	}
	r.Family = wide.Map(toPercent)
	oneSided, err := stat.MeanT(d, 1-2*(1-level))
	if err != nil {
		return r, err
	}
	bound := oneSided.Map(toPercent).Hi
	switch {
	case g.Layouts < recording.RuleLayouts:
		r.Verdict, r.Why = GateInconclusive, fmt.Sprintf("%d of %d linker layouts", g.Layouts, recording.RuleLayouts)
	case r.Family.Lo > margin:
		r.Verdict = GateRegression
	case bound <= margin:
		r.Verdict = GatePass
	default:
		r.Verdict, r.Why = GateInconclusive, fmt.Sprintf("may be slower by up to %s %%: more cells are needed", Num(bound))
	}
	return r, nil
}

func toPercent(x float64) float64 { return 100 * math.Expm1(x) }
