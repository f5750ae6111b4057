package model

import (
	"math"

	"stealbench/internal/analysis"
)

// Saving is what batching should save of a task and what it does, ns of wall time.
type Saving struct {
	Group     *analysis.Group
	Predicted float64 // events times the cost of one
	Most      float64 // the same with core-to-core for a fetch; as Predicted where nothing is fetched
	analysis.Difference
}

// Savings are those of a group, from batchless and from sharedline, to the base.
//
// An event on the worker's own line costs rmw-private, and N workers pay it at the same
// time: 1/N of it a task. On the shared line it costs that with one worker. With more, the
// line serves one event after the other, whoever it is of, so that a task waits for all of
// its events' turns; N does not divide it.
func (p *Parameters) Savings(g *analysis.Group) []Saving {
	e, absent := p.Events(g.Workload)
	least, most := p.Fetch()
	each := p.Private / float64(g.Workers)
	own := (e.PerCell - e.Batched) * each
	if g.Workers == 1 {
		least, most = each, each
	}
	batched := (e.Batched - e.Board) * each
	shared, sharedMost := e.Line*least-batched, e.Line*most-batched
	both := []Saving{
		{g, own, own, g.Difference(Batchless, analysis.Base)},
		{g, shared, sharedMost, g.Difference(SharedLine, analysis.Base)},
	}
	for i := range both {
		if absent != "" {
			both[i].Absent, both[i].Predicted, both[i].Most = absent, math.NaN(), math.NaN()
		}
	}
	return both
}

// Times is how many times the predicted saving was measured; NaN without either.
func (s Saving) Times() float64 {
	if s.Absent != "" {
		return math.NaN()
	}
	return s.Est / s.Predicted
}
