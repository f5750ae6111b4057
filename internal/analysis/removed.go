package analysis

import (
	"fmt"

	"stealbench/internal/stat"
)

// The bootstrap is part of the result, so its seed is fixed.
const (
	resamples     = 10000
	bootstrapSeed = 1
	// With fewer cells the bootstrap interval covers less than it says; see
	// stat.BootstrapRatio.
	minCells = 6
)

// Unbatched are the variants that a removed share is taken from; sharedline
// first, since only its writers contend.
var Unbatched = []string{"sharedline", "batchless"}

// Removed is the share of the overhead of an unbatched variant that batching
// removes, in percent: (T_from - T_base) / (T_from - T_nometrics). Above 100
// the base is faster than nometrics; below 0 it is slower than from.
type Removed struct {
	From   string
	Absent string // why there is no row
	stat.Interval
	Claimed bool
	Reason  string // why it is not claimed
}

// Removed computes the share for an unbatched variant: batchless, whose
// counters are private to the worker, or sharedline, whose writers contend.
func (g *Group) Removed(from string) Removed { return g.RemovedBy(from, Base) }

// RemovedBy is the share of the overhead of from that counting as another variant
// does removes.
func (g *Group) RemovedBy(from, by string) Removed {
	r := Removed{From: from, Absent: g.missing(from, by, NoMetrics)}
	if r.Absent != "" {
		return r
	}
	den := g.diff(from, NoMetrics)
	share, err := stat.BootstrapRatio(g.diff(from, by), den, level, resamples, bootstrapSeed)
	if err != nil {
		r.Absent = fmt.Sprintf("%s and %s take the same time", from, NoMetrics)
		return r
	}
	r.Interval = share.Map(func(x float64) float64 { return 100 * x })
	r.Reason = g.unclaimed(from, den, r.Interval)
	r.Claimed = r.Reason == ""
	return r
}

// unclaimed says why a share is not claimed. A share of an overhead that may
// be noise is noise divided by noise.
func (g *Group) unclaimed(from string, den []float64, share stat.Interval) string {
	total := mean(den)
	floor, ok := g.Floor()
	switch {
	case len(den) < 2:
		return "1 cell gives no interval"
	case len(den) < minCells:
		return fmt.Sprintf("%d cells are too few for a bootstrap interval, which needs %d", len(den), minCells)
	case !ok:
		return "the recording has no " + Twin + ", so the floor is unknown"
	case total.Lo <= floor:
		return fmt.Sprintf("overhead of %s, %s ns [%s, %s], reaches the floor of %s ns",
			from, Num(total.Est), Num(total.Lo), Num(total.Hi), Num(floor))
	case !share.Bounded():
		return "the overhead of " + from + " changes sign between cells"
	}
	return ""
}

// Verdict is the result in words.
func (r Removed) Verdict() string {
	switch {
	case r.Absent != "":
		return "n/a: " + r.Absent
	case !r.Claimed:
		return "not resolved: " + r.Reason
	}
	return fmt.Sprintf("%s %% [%s, %s]", Num(r.Est), Num(r.Lo), Num(r.Hi))
}
