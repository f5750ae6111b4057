package analysis

import (
	"fmt"
	"math"

	"stealbench/internal/recording"
	"stealbench/internal/stat"
)

// Comparison is one variant against the base in one group, with all that is needed
// to judge it.
type Comparison struct {
	Group   *Group
	Variant string
	// Delta is how much slower, in percent, with its interval and the floor.
	Delta
	Layouts int
	Rows    int // of all cells
	// MDE is what would have been claimed with 80 % power, the floor taken as it is,
	// percent; +Inf for one cell.
	MDE      float64
	P        float64 // sign-flip over replicates
	Adjusted float64 // P for all comparisons of the recording together, max-|t|
	// Equivalent says that the whole interval lies within EquivalenceMargin.
	Equivalent bool
	// Totals is the second estimand, how much longer all rows together took, in
	// percent; unbounded in a recording without.
	Totals  stat.Interval
	Regimes Regimes
}

// EquivalenceMargin is what counts as no difference worth speaking of, percent.
const EquivalenceMargin = 1.0

// Random sign patterns where there are too many to try all. A family has fewer: each
// pattern is looked at by every comparison, and none is corrected further.
const (
	flipRounds   = 100_000
	familyRounds = 20_000
	flipSeed     = 1
	testLevel    = 1 - level
)

// Compare compares every variant but the base with it, in all groups. The twin is
// among the rows, and not in the family that p values are adjusted for.
func Compare(rec *recording.Recording, groups []*Group) ([]Comparison, error) {
	var all []Comparison
	var family [][]float64
	var inFamily []int
	for _, g := range groups {
		if why := g.missing(Base); g.Cells > 0 && why != "" {
			return nil, fmt.Errorf("%s: %s, which all are compared with", rec.Dir, why)
		}
		for _, v := range g.variants {
			if v == Base {
				continue
			}
			c, err := g.comparison(v)
			if err != nil {
				return nil, err
			}
			if v != Twin && c.Absent == "" {
				inFamily = append(inFamily, len(all))
				family = append(family, g.replicates(g.logs[v]))
			}
			all = append(all, c)
		}
	}
	if len(family) == 0 {
		return all, nil
	}
	adjusted, err := stat.MaxT(family, familyRounds, flipSeed)
	if err != nil {
		return nil, err
	}
	for i, k := range inFamily {
		all[k].Adjusted = adjusted[i]
	}
	return all, nil
}

func (g *Group) comparison(variant string) (Comparison, error) {
	logs := g.replicates(g.logs[variant])
	none := stat.Interval{Est: math.NaN(), Lo: math.Inf(-1), Hi: math.Inf(1)}
	c := Comparison{Group: g, Variant: variant, Delta: g.Delta(variant), Layouts: g.Layouts, Rows: g.rows[variant], Regimes: g.Regimes,
		Totals: none}
	if c.Absent != "" {
		c.Interval, c.MDE, c.P, c.Adjusted = none, math.NaN(), math.NaN(), math.NaN()
		return c, nil
	}
	se, err := stat.StdErr(logs)
	if err != nil {
		return c, err
	}
	mde := math.Inf(1)
	if len(logs) > 1 {
		if mde, err = stat.MDE80T(se, len(logs)); err != nil {
			return c, err
		}
	}
	c.MDE = toPercent(mde) + c.Delta.threshold()
	if c.P, err = stat.SignFlip(logs, flipRounds, flipSeed); err != nil {
		return c, err
	}
	c.Adjusted = c.P
	if totals := g.totals[variant]; len(totals) == g.Cells {
		c.Totals = mean(g.replicates(totals)).Map(toPercent)
	}
	// The nearer end of the margin on logs.
	e, err := stat.TOST(logs, math.Log1p(EquivalenceMargin/100), testLevel/2) // by the 95 % interval, which is printed
	if err != nil {
		return c, err
	}
	c.Equivalent = e.Holds()
	return c, nil
}

// Stands says whether the adjusted p value is that of a difference. The twin is not in
// the family.
func (c Comparison) Stands() bool { return c.Variant == Twin || c.Adjusted <= testLevel }

// Disagree says that undisturbed speed and totals differ by more than both intervals
// allow: some rows were disturbed, and not all variants alike.
func (c Comparison) Disagree() bool {
	return c.Bounded() && c.Totals.Bounded() && (c.Totals.Lo > c.Hi || c.Totals.Hi < c.Lo)
}

// Verdict is the result in words, with the totals where they disagree.
func (c Comparison) Verdict() string {
	if !c.Disagree() {
		return c.verdict()
	}
	return fmt.Sprintf("%s; but by totals %s %% [%s, %s]", c.verdict(), Num(c.Totals.Est), Num(c.Totals.Lo), Num(c.Totals.Hi))
}

// verdict is the result in words. A difference is claimed if its whole interval
// lies beyond the floor; whether it also stands after the correction for many
// comparisons is said. What is neither claimed nor shown to be equivalent is not
// resolved.
func (c Comparison) verdict() string {
	switch {
	case c.Absent == "" && c.Bounded() && c.Resolved() && c.Variant != Twin:
		words := c.Delta.Verdict()
		if !c.Stands() {
			words += ", by itself; not after the correction for all comparisons"
		}
		return words
	case c.Equivalent && c.Variant != Twin:
		return fmt.Sprintf("equivalent within ±%g %%", EquivalenceMargin)
	}
	return c.Delta.Verdict()
}

// PValue prints a p value with two digits, none below a thousandth of a percent.
func PValue(p float64) string {
	switch {
	case math.IsNaN(p):
		return "n/a"
	case p < 1e-5:
		return "< 0.00001"
	case p > 0.995:
		return "1"
	}
	return fmt.Sprintf("%.2g", p)
}
