package analysis

import (
	"fmt"
	"math"

	"stealbench/internal/stat"
)

// Overhead is what a variant costs above nometrics, in ns per task.
type Overhead struct {
	Variant string
	Absent  string // why there is no row
	stat.Interval
	HasFloor bool
	Floor    float64 // ns per task
}

// Overhead compares a variant with nometrics.
func (g *Group) Overhead(variant string) Overhead {
	o := Overhead{Variant: variant, Absent: g.missing(variant, NoMetrics)}
	if o.Absent != "" {
		return o
	}
	o.Interval = mean(g.diff(variant, NoMetrics))
	o.Floor, o.HasFloor = g.Floor()
	return o
}

// Resolved says whether the overhead is larger than noise.
func (o Overhead) Resolved() bool { return o.Absent == "" && o.Beyond(o.Floor) }

// Floor is the farther end of the interval of twin - base, in ns per task; ok
// is false without a twin.
func (g *Group) Floor() (ns float64, ok bool) {
	if g.missing(Twin, Base) != "" {
		return 0, false
	}
	return mean(g.diff(Twin, Base)).MaxAbs(), true
}

// Verdict is the result in words.
func (o Overhead) Verdict() string {
	switch {
	case o.Absent != "":
		return "n/a: " + o.Absent
	case o.Variant == NoMetrics:
		return "the zero"
	case !o.Bounded():
		return "n/a: 1 cell gives no interval"
	case !o.Resolved():
		return fmt.Sprintf("no overhead larger than %s ns resolved", Num(math.Max(o.MaxAbs(), o.Floor)))
	}
	return fmt.Sprintf("%s ns [%s, %s]", Num(o.Est), Num(o.Lo), Num(o.Hi))
}
