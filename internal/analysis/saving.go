package analysis

import (
	"fmt"
	"math"

	"stealbench/internal/stat"
)

// Saving is how much less time one variant takes than another, ns per task.
type Saving struct {
	From, To string
	Absent   string // why there is no row
	stat.Interval
	Floor float64 // ns per task; 0 without a twin
}

// Saving is what going from one variant to another saves.
func (g *Group) Saving(from, to string) Saving {
	s := Saving{From: from, To: to, Absent: g.missing(from, to)}
	if s.Absent == "" {
		s.Interval = mean(g.diff(from, to))
		s.Floor, _ = g.Floor()
	}
	return s
}

// Resolved says whether the saving is larger than noise.
func (s Saving) Resolved() bool { return s.Absent == "" && s.Beyond(s.Floor) }

// Verdict is the result in words.
func (s Saving) Verdict() string {
	switch {
	case s.Absent != "":
		return "n/a: " + s.Absent
	case !s.Bounded():
		return "n/a: 1 cell gives no interval"
	case !s.Resolved():
		return "< " + Num(math.Max(s.MaxAbs(), s.Floor))
	}
	return fmt.Sprintf("%s [%s, %s]", Num(s.Est), Num(s.Lo), Num(s.Hi))
}

// Time is a variant's time, ns per task: the mean over replicates. absent says why there
// is none.
func (g *Group) Time(variant string) (ns stat.Interval, absent string) {
	if absent = g.missing(variant); absent != "" {
		return ns, absent
	}
	return mean(g.replicates(g.ns[variant])), ""
}

// Times are the replicates' times of a variant, ns per task, for what is fitted to them.
func (g *Group) Times(variant string) []float64 {
	if g.missing(variant) != "" {
		return nil
	}
	return g.replicates(g.ns[variant])
}
