package analysis

import (
	"fmt"
	"math"

	"stealbench/internal/stat"
)

// Difference is what one lane takes more than another, in ns per task.
type Difference struct {
	Of, Over string // T(Of) - T(Over)
	Absent   string // why there is none
	stat.Interval
	Floor float64 // ns per task; 0 without a twin
}

// Difference compares two lanes of the same rows, replicate by replicate.
func (g *Group) Difference(of, over string) Difference {
	d := Difference{Of: of, Over: over, Absent: g.missing(of, over)}
	if d.Absent == "" {
		d.Interval = mean(g.diff(of, over))
		d.Floor, _ = g.Floor()
	}
	return d
}

// Resolved says whether the difference is larger than noise.
func (d Difference) Resolved() bool { return d.Absent == "" && d.Bounded() && d.Beyond(d.Floor) }

// Verdict is the result in words.
func (d Difference) Verdict() string {
	switch {
	case d.Absent != "":
		return "n/a: " + d.Absent
	case !d.Bounded():
		return "n/a: 1 cell gives no interval"
	case !d.Resolved():
		return fmt.Sprintf("no difference larger than %s ns resolved", Num(math.Max(d.MaxAbs(), d.Floor)))
	}
	return fmt.Sprintf("%s ns [%s, %s]", Num(d.Est), Num(d.Lo), Num(d.Hi))
}
