package study

import (
	"fmt"

	"stealbench/internal/analysis"
	"stealbench/internal/model"
	"stealbench/internal/stat"
)

// Verdict is what a recording says of a claim.
type Verdict uint8

const (
	CantTell Verdict = iota
	Agrees
	Disagrees
)

func (v Verdict) String() string {
	return [...]string{"can't tell", "agrees", "disagrees"}[v]
}

// Judgement is a verdict with what it rests on.
type Judgement struct {
	Verdict
	Measured string // with its interval, or why there is none
}

// Place is the comparison that a test looks at.
type Place struct {
	Workload string
	Workers  int
}

func (p Place) String() string {
	return fmt.Sprintf("%s, %s", p.Workload, plural(p.Workers, "worker"))
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Test is what a claim says in numbers.
type Test interface {
	Where() Place
	Lanes() []string // that it compares
	// Judge looks at the group of Where, one of the source's.
	Judge(g *analysis.Group, s Source) Judgement
	String() string
}

// Source is what a recording says.
type Source struct {
	Groups []*analysis.Group
	Costs  *model.Parameters // nil without counts
}

// tooFew says that so many cells give no interval: one gives none of a mean, five none
// of a median.
func tooFew(cells int) string {
	if cells == 1 {
		return "1 cell gives no interval"
	}
	return plural(cells, "cell") + " give no interval"
}

// judge is the verdict for "at least": the whole interval must lie on one side.
func judge(i stat.Interval, least float64, absent, words string) Judgement {
	switch {
	case absent != "":
		return Judgement{CantTell, absent}
	case !i.Bounded():
		return Judgement{CantTell, tooFew(i.N)}
	case i.Lo >= least:
		return Judgement{Agrees, words}
	case i.Hi < least:
		return Judgement{Disagrees, words}
	}
	return Judgement{CantTell, words}
}

// Slower says that lane A takes at least so many percent longer than B.
type Slower struct {
	Place
	A, B    string
	AtLeast float64
}

func (t Slower) Where() Place    { return t.Place }
func (t Slower) Lanes() []string { return []string{t.A, t.B} }
func (t Slower) String() string {
	return fmt.Sprintf("%s is at least %g %% slower than %s (%s)", t.A, t.AtLeast, t.B, t.Place)
}

func (t Slower) Judge(g *analysis.Group, _ Source) Judgement {
	i, absent := slower(g, t.A, t.B)
	return judge(i, t.AtLeast, absent, interval(i, "%"))
}

// slower is how much slower a lane is than another, in percent.
func slower(g *analysis.Group, a, b string) (percent stat.Interval, absent string) {
	percent, absent = g.Between(a, b)
	return percent.Map(func(x float64) float64 { return 100 * (x - 1) }), absent
}

// Within says that two lanes differ by at most so many percent, either way.
type Within struct {
	Place
	A, B   string
	Margin float64
}

func (t Within) Where() Place    { return t.Place }
func (t Within) Lanes() []string { return []string{t.A, t.B} }
func (t Within) String() string {
	return fmt.Sprintf("%s and %s differ by at most %g %% (%s)", t.A, t.B, t.Margin, t.Place)
}

func (t Within) Judge(g *analysis.Group, _ Source) Judgement {
	i, absent := slower(g, t.A, t.B)
	return judgeWithin(i, t.Margin, absent, interval(i, "%"))
}

// judgeWithin is the verdict for "at most, either way".
func judgeWithin(i stat.Interval, margin float64, absent, words string) Judgement {
	switch j := judge(i, -margin, absent, words); {
	case absent != "" || !i.Bounded():
		return j
	case i.MaxAbs() <= margin:
		return Judgement{Agrees, words}
	case i.Lo > margin || i.Hi < -margin:
		return Judgement{Disagrees, words}
	}
	return Judgement{CantTell, words}
}

// Removes says that counting as By does removes at least a share, in percent, of what
// From costs above no metrics.
type Removes struct {
	Place
	From, By string
	AtLeast  float64
}

func (t Removes) Where() Place    { return t.Place }
func (t Removes) Lanes() []string { return []string{t.From, t.By, analysis.NoMetrics} }
func (t Removes) String() string {
	return fmt.Sprintf("%s removes at least %g %% of what %s costs (%s)", t.By, t.AtLeast, t.From, t.Place)
}

func (t Removes) Judge(g *analysis.Group, _ Source) Judgement {
	r := g.RemovedBy(t.From, t.By)
	switch {
	case r.Absent != "":
		return Judgement{CantTell, r.Absent}
	case !r.Claimed:
		return Judgement{CantTell, r.Reason}
	}
	return judge(r.Interval, t.AtLeast, "", interval(r.Interval, "%"))
}

// Dearer says that one difference of lanes is a cost, and at least so many times another,
// in ns per task: what saves time is more than ten times what saves more.
type Dearer struct {
	Place
	One, Other analysis.Pair
	Times      float64
}

func (t Dearer) Where() Place    { return t.Place }
func (t Dearer) Lanes() []string { return []string{t.One.A, t.One.B, t.Other.A, t.Other.B} }
func (t Dearer) String() string {
	return fmt.Sprintf("%s is at least %g times %s (%s)", t.One, t.Times, t.Other, t.Place)
}

func (t Dearer) Judge(g *analysis.Group, _ Source) Judgement {
	i, absent := g.Dearer(t.One, t.Other, t.Times)
	more := judge(i, 0, absent, "more by "+interval(i, "ns"))
	if more.Verdict != Agrees {
		return more
	}
	cost, _ := g.Dearer(t.One, t.Other, 0)
	if is := judge(cost, 0, "", "costs "+interval(cost, "ns")); is.Verdict != Agrees {
		return is
	}
	return more
}

// interval prints an estimate with its interval and unit.
func interval(i stat.Interval, unit string) string {
	return fmt.Sprintf("%s %s [%s, %s]", analysis.Num(i.Est), unit, analysis.Num(i.Lo), analysis.Num(i.Hi))
}
