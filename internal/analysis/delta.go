package analysis

import (
	"fmt"
	"math"

	"stealbench/internal/stat"
)

// Delta is how much slower a variant is than the base, in percent.
type Delta struct {
	Variant string
	Absent  string // why there is no row
	stat.Interval
	HasFloor bool
	Floor    float64 // percent; +Inf with fewer than two cells
}

// Delta compares a variant with the base, from the ratios taken row by row.
func (g *Group) Delta(variant string) Delta {
	d := Delta{Variant: variant, Absent: g.missing(variant)}
	if d.Absent != "" {
		return d
	}
	d.Interval = g.percent(variant)
	if g.missing(Twin) == "" {
		d.HasFloor, d.Floor = true, g.percent(Twin).MaxAbs()
	}
	return d
}

func (g *Group) percent(variant string) stat.Interval {
	return mean(g.replicates(g.logs[variant])).Map(toPercent)
}

// Resolved says whether the difference is larger than noise.
func (d Delta) Resolved() bool {
	return d.Absent == "" && d.Interval.Beyond(d.threshold())
}

// threshold is the floor; for the twin itself, and without a twin, it is 0.
func (d Delta) threshold() float64 {
	if !d.HasFloor || d.Variant == Twin {
		return 0
	}
	return d.Floor
}

// Verdict is the result in words. It never says "equal": what is not resolved
// may still differ by less.
func (d Delta) Verdict() string {
	switch {
	case d.Absent != "":
		return "n/a: " + d.Absent
	case d.Variant == Base:
		return "the base"
	case !d.Bounded():
		return "n/a: 1 cell gives no interval"
	case d.Variant == Twin:
		return fmt.Sprintf("the noise: %s %% [%s, %s]", Num(d.Est), Num(d.Lo), Num(d.Hi))
	case !d.Resolved():
		return fmt.Sprintf("no difference larger than %s %% resolved", Num(math.Max(d.MaxAbs(), d.threshold())))
	case d.Est < 0:
		return fmt.Sprintf("faster by %s %% [%s, %s]", Num(-d.Est), Num(-d.Hi), Num(-d.Lo))
	}
	return fmt.Sprintf("slower by %s %% [%s, %s]", Num(d.Est), Num(d.Lo), Num(d.Hi))
}

// Pair is two lanes whose difference, A - B, is looked at.
type Pair struct{ A, B string }

func (p Pair) String() string { return p.A + " - " + p.B }

// Dearer is how much more one difference is than so many times another, ns per task.
func (g *Group) Dearer(one, other Pair, times float64) (ns stat.Interval, absent string) {
	if absent = g.missing(one.A, one.B, other.A, other.B); absent != "" {
		return ns, absent
	}
	d := g.diff(one.A, one.B)
	for i, x := range g.diff(other.A, other.B) {
		d[i] -= times * x
	}
	return mean(d), ""
}
