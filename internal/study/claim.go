package study

import (
	"fmt"
	"slices"
	"strings"

	"stealbench/harness"
	"stealbench/internal/analysis"
	"stealbench/internal/counts"
	"stealbench/internal/model"
	"stealbench/internal/recording"
)

// Claim is a numbered statement of the paper.
type Claim struct {
	Number     int
	Hypothesis string // that it is of, H1 to H5; "" if none
	Statement  string
	Experiment string  // its ID
	Recording  string  // that the paper rests it on, results/DIR
	CPUs       int     // a host with fewer can't tell
	After      bool    // its numbers were set after the recording was seen
	Add        float64 // ns that an add on a line of one's own takes at least, where it can be told; 0 for anywhere
	Shown      string  // the figure, if it is not the experiment's or a test's own
	Tests      []Test  // all must pass
}

// Judge is what a recording says. cpus is of the host that made it.
func (c Claim) Judge(s Source, cpus int) Judgement {
	if cpus < c.CPUs {
		return Judgement{CantTell, fmt.Sprintf("needs %d CPUs, here are %d", c.CPUs, cpus)}
	}
	if c.Add > 0 && s.Costs != nil && s.Costs.Private < c.Add {
		return Judgement{CantTell, fmt.Sprintf("is of hosts where an add takes %g ns, here are %s", c.Add, analysis.Num(s.Costs.Private))}
	}
	verdict := Agrees
	var measured []string
	for _, t := range c.Tests {
		j := judgePlace(t, s)
		measured = append(measured, j.Measured)
		switch {
		case j.Verdict == Disagrees || verdict == Disagrees:
			verdict = Disagrees
		case j.Verdict == CantTell:
			verdict = CantTell
		}
	}
	return Judgement{verdict, strings.Join(measured, "; ")}
}

func judgePlace(t Test, s Source) Judgement {
	at := t.Where()
	g := analysis.Find(s.Groups, at.Workload, at.Workers)
	if g == nil {
		return Judgement{CantTell, "no cells of " + at.String()}
	}
	return t.Judge(g, s)
}

// NewSource is what a recording says, with the counts beside it or others that are given.
func NewSource(rec *recording.Recording, c *counts.File) (Source, error) {
	groups, err := analysis.Groups(rec)
	if err != nil {
		return Source{}, err
	}
	costs, err := model.Read(rec, c)
	if err != nil {
		costs = nil // the claims that need it say so
	}
	return Source{groups, costs}, nil
}

// Figure is the figure that shows the claim: its own, its test's or its experiment's.
func (c Claim) Figure(e Experiment) string {
	if c.Shown != "" {
		return c.Shown
	}
	for _, t := range c.Tests {
		if own, ok := t.(interface{ Figure() string }); ok {
			return own.Figure()
		}
	}
	return e.Figure
}

// Told is the claim's tests in words.
func (c Claim) Told() string {
	var all []string
	for _, t := range c.Tests {
		all = append(all, t.String())
	}
	return strings.Join(all, "; ")
}

// Reduced is the part of an experiment that the claims on it need, on a host with so
// many CPUs, with as many cells as the whole, so that intervals are no wider; false if it
// needs nothing that such a host can tell.
func (e Experiment) Reduced(claims []Claim, cpus int) (harness.Plan, bool) {
	p := e.Plan(cpus)
	p.Variants, p.Workloads, p.Workers = slices.Clone(control), nil, nil
	for _, c := range claims {
		if c.Experiment != e.ID || c.CPUs > cpus {
			continue
		}
		for _, t := range c.Tests {
			p.Workloads = insert(p.Workloads, t.Where().Workload)
			p.Workers = insert(p.Workers, t.Where().Workers)
			for _, lane := range t.Lanes() {
				p.Variants = insert(p.Variants, lane)
			}
		}
	}
	return p, len(p.Workloads) > 0
}

func insert[T comparable](all []T, one T) []T {
	if slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}
