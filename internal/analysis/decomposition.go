package analysis

// Part is one part of what counting event by event costs: what one lane takes more
// than the lane before it.
type Part struct {
	Name     string
	Of, Over string
}

// parts lead from no metrics to one line for all workers, one change a step, so that
// they add up to what that line costs. A part is the cost of its change where the
// changes before it are made: a locked add on a line of all workers is never
// uncontended, so the parts are an account, not causes that act one by one.
var parts = []Part{
	{"batched counting", Base, NoMetrics},
	{"locked instruction", "batchless", Base},
	{"false sharing", "adjacent", "batchless"},
	{"true sharing", "sharedline", "adjacent"},
}

// sharing stands for the last two where nobody recorded words of one line.
var sharing = Part{"sharing", "sharedline", "batchless"}

// Reader is no step of these: its lanes are those with a thread beside them.
var Reader = Part{"reader", "batchless_spin", "batchless_unread"}

// Parts are those that a recording with these lanes has, in order; none if one of the
// steps is missing.
func Parts(lanes []string) []Part {
	has := map[string]bool{}
	for _, l := range lanes {
		has[l] = true
	}
	chain := parts
	if !has["adjacent"] {
		chain = append(parts[:2:2], sharing)
	}
	for _, p := range chain {
		if !has[p.Of] || !has[p.Over] {
			return nil
		}
	}
	return chain
}

// Decomposition is the parts of a group, in the order of Parts.
func (g *Group) Decomposition() []Difference {
	var all []Difference
	for _, p := range Parts(g.variants) {
		all = append(all, g.Difference(p.Of, p.Over))
	}
	return all
}
