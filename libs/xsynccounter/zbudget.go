// Code generated from ../../impls/chaselev/budget.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

// pickBudget is how many units of work a pick may do before it should yield
// (tokio task/coop Budget::initial).
const pickBudget = 128

// budget is what is left of a pick's units. Who asks first in a tick fills it,
// so that picks which never ask pay nothing.
type budget struct {
	tick uint32 // of the pick that it belongs to
	left int32
}

// Proceed takes one unit of the budget of 128 that a pick and its follow-ups have
// together, and reports whether there was one. A resource that may be ready
// again and again, such as a channel, asks before each operation; a poll that
// gets false should return Yielded, so that others run (tokio
// task/coop poll_proceed). After a join a poll goes on with the budget of the
// last pick in it. Called only from a poll on w.
func (w *Worker) Proceed() bool {
	if w.budget.tick != w.tick {
		w.budget = budget{w.tick, pickBudget}
	}
	if w.budget.left == 0 {
		return false
	}
	if w.budget.left--; w.budget.left == 0 {
		w.metrics.incForcedYield()
	}
	return true
}

// outOfBudget reports whether the pick has used up its budget.
func (w *Worker) outOfBudget() bool { return w.budget.left == 0 && w.budget.tick == w.tick }
