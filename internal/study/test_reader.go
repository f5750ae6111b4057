package study

import (
	"fmt"

	"stealbench/internal/analysis"
	"stealbench/internal/stat"
)

// Fresh says that a size of error or age, of recording.FreshnessUnits, is at most so much:
// the median over cells.
type Fresh struct {
	Place
	Lane, Unit string
	AtMost     float64
}

func (t Fresh) Where() Place    { return t.Place }
func (t Fresh) Lanes() []string { return []string{t.Lane} }
func (t Fresh) String() string {
	return fmt.Sprintf("%s of %s is at most %g (%s)", t.Unit, t.Lane, t.AtMost, t.Place)
}

func (t Fresh) Judge(g *analysis.Group, _ Source) Judgement {
	for _, f := range g.Freshness() {
		if i, ok := f.Sizes[t.Unit]; ok && f.Lane == t.Lane {
			return judge(negative(i), -t.AtMost, "", interval(i, t.Unit))
		}
	}
	return Judgement{CantTell, "the recording has no " + t.Unit + " of " + t.Lane}
}

// negative turns "at most" into "at least".
func negative(i stat.Interval) stat.Interval {
	i.Est, i.Lo, i.Hi = -i.Est, -i.Hi, -i.Lo
	return i
}

// Tail says that a quantile of a lane's latencies differs by at most so many percent from
// the base's, either way.
type Tail struct {
	Place
	Lane     string
	Quantile analysis.Quantile
	Margin   float64
}

func (t Tail) Where() Place    { return t.Place }
func (t Tail) Lanes() []string { return []string{t.Lane, analysis.Base} }
func (t Tail) String() string {
	return fmt.Sprintf("the %s quantiles of %s and %s differ by at most %g %% (%s)", t.Quantile.Name, t.Lane, analysis.Base, t.Margin, t.Place)
}

func (t Tail) Judge(g *analysis.Group, _ Source) Judgement {
	l := g.Latency(t.Lane, t.Quantile)
	return judgeWithin(l.Interval, t.Margin, l.Absent, interval(l.Interval, "%"))
}
