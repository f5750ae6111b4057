package study

import (
	"fmt"
	"slices"
	"strings"

	"stealbench/internal/analysis"
	"stealbench/internal/model"
	"stealbench/internal/stat"
)

// NoInteraction says that what an add per event costs differs by at most so many percent
// between the two queues.
type NoInteraction struct {
	Place
	Margin float64
}

func (t NoInteraction) Where() Place { return t.Place }
func (t NoInteraction) Lanes() []string {
	return []string{analysis.Base, "batchless", "mutexqueue", "mutexbatchless"}
}
func (t NoInteraction) String() string {
	return fmt.Sprintf("queue and metrics interact by at most %g %% (%s)", t.Margin, t.Place)
}

func (t NoInteraction) Judge(g *analysis.Group, _ Source) Judgement {
	i := g.Interaction()
	return judgeWithin(i.Ratio, t.Margin, i.Absent, interval(i.Ratio, "%"))
}

// Predicted says that what batching saves of a variant is events times the cost of an add,
// but for a factor either way.
type Predicted struct {
	Place
	From   string
	Factor float64
}

func (t Predicted) Where() Place    { return t.Place }
func (t Predicted) Lanes() []string { return []string{t.From, analysis.Base} }
func (t Predicted) String() string {
	return fmt.Sprintf("what batching saves of %s is predicted but for a factor of %g (%s)", t.From, t.Factor, t.Place)
}

func (t Predicted) Judge(g *analysis.Group, s Source) Judgement {
	if s.Costs == nil {
		return Judgement{CantTell, "no counts of events, or no costs of an add"}
	}
	for _, saving := range s.Costs.Savings(g) {
		if saving.Of != t.From {
			continue
		}
		if saving.Absent != "" {
			return Judgement{CantTell, saving.Absent}
		}
		return judgeFactor(saving.Interval, saving.Predicted, t.Factor)
	}
	return Judgement{CantTell, "no prediction for " + t.From}
}

// judgeFactor is the verdict of what was measured, ns, beside what was predicted.
func judgeFactor(i stat.Interval, predicted, factor float64) Judgement {
	words := fmt.Sprintf("%s, predicted %s ns", interval(i, "ns"), analysis.Num(predicted))
	least, most := predicted/factor, predicted*factor
	switch {
	case !i.Bounded():
		return Judgement{CantTell, tooFew(i.N)}
	case i.Lo >= least && i.Hi <= most:
		return Judgement{Agrees, words}
	case i.Hi < least || i.Lo > most:
		return Judgement{Disagrees, words}
	}
	return Judgement{CantTell, words}
}

// Queued says that the queueing model predicts what the shared line takes, but for a factor
// either way, if every event is a visit whose service time was measured at its pace.
type Queued struct {
	Place
	Factor float64
}

// Figure is the one that shows it, and not its experiment's.
func (t Queued) Figure() string { return "model" }

func (t Queued) Where() Place    { return t.Place }
func (t Queued) Lanes() []string { return []string{analysis.NoMetrics, model.SharedLine} }
func (t Queued) String() string {
	return fmt.Sprintf("the queueing model predicts what %s takes but for a factor of %g (%s)", model.SharedLine, t.Factor, t.Place)
}

func (t Queued) Judge(g *analysis.Group, s Source) Judgement {
	switch {
	case s.Costs == nil:
		return Judgement{CantTell, "no counts of events, or no costs of an add"}
	case s.Costs.Paced == nil:
		return Judgement{CantTell, "no key rmw-paced"}
	}
	p := s.Costs.Predict([]*analysis.Group{g}, model.Own)
	switch {
	case p.Absent != "":
		return Judgement{CantTell, p.Absent}
	case len(p.Rows) == 0:
		return Judgement{CantTell, "more workers than CPUs"}
	}
	row := p.Rows[0]
	return judgeFactor(row.Line, row.Predicted[len(row.Predicted)-1], t.Factor)
}

// Bounded says that the time of the shared line is within the model's bounds with each
// number of workers from 2 to those of Place that the recording has.
type Bounded struct{ Place }

// Figure is the one that shows it, and not its experiment's.
func (t Bounded) Figure() string { return "model" }

func (t Bounded) Where() Place    { return t.Place }
func (t Bounded) Lanes() []string { return []string{analysis.NoMetrics, model.SharedLine} }
func (t Bounded) String() string {
	return fmt.Sprintf("the queueing model's bounds hold what %s takes (%s, up to %s)", model.SharedLine, t.Workload, plural(t.Workers, "worker"))
}

func (t Bounded) Judge(_ *analysis.Group, s Source) Judgement {
	if s.Costs == nil {
		return Judgement{CantTell, "no counts of events, or no costs of an add"}
	}
	groups := slices.DeleteFunc(slices.Clone(s.Groups), func(g *analysis.Group) bool { return g.Label != t.Workload || g.Workers > t.Workers })
	p := s.Costs.Predict(groups, model.Own)
	if p.Absent != "" {
		return Judgement{CantTell, p.Absent}
	}
	return judgeBounded(p.Rows)
}

// judgeBounded is the verdict of all rows: an interval must lie within the bounds as a
// whole. One that reaches beyond them, or is none, leaves it open.
func judgeBounded(rows []model.Row) Judgement {
	var outside, open []string
	n := 0
	for _, row := range rows {
		if row.Workers < 2 {
			continue
		}
		n++
		where, with := row.Holds(), plural(row.Workers, "worker")
		lo, hi := row.Bounds()
		switch {
		case where != "yes":
			outside = append(outside, fmt.Sprintf("%s them with %s", where, with))
		case row.Line.Lo < lo || row.Line.Hi > hi:
			open = append(open, fmt.Sprintf("across one with %s", with))
		}
	}
	switch {
	case n == 0:
		return Judgement{CantTell, "no cells with 2 workers or more"}
	case outside != nil:
		return Judgement{Disagrees, strings.Join(outside, ", ")}
	case open != nil:
		return Judgement{CantTell, strings.Join(open, ", ")}
	}
	return Judgement{Agrees, fmt.Sprintf("within them in %d of %d", n, n)}
}
