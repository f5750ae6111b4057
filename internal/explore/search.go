package explore

import (
	"errors"
	"fmt"
	"math/rand/v2"
)

var errNotDeterministic = errors.New("the scenario does not do the same under the same schedule")

// depthFirst goes through all schedules of at most bound preemptions.
type depthFirst struct {
	bound int
	path  []choice
	at    int // place in path
}

type choice struct{ taken, ways int }

func (d *depthFirst) choose(x *Execution, preempts bool) int {
	if preempts && x.preemptions >= d.bound {
		return 0
	}
	n := len(x.ways)
	if d.at == len(d.path) {
		d.path = append(d.path, choice{0, n})
	}
	c := d.path[d.at]
	d.at++
	if c.ways != n {
		x.fail(errNotDeterministic)
		return 0
	}
	return c.taken
}

// next goes on to the next schedule, or reports false after the last.
func (d *depthFirst) next() bool {
	d.at = 0
	for n := len(d.path); n > 0; n-- {
		if last := &d.path[n-1]; last.taken+1 < last.ways {
			last.taken++
			d.path = d.path[:n]
			return true
		}
	}
	return false
}

// walk takes each step's way at random. Half of the walks preempt often, some
// seldom: a bug may need long stretches.
type walk struct {
	random *rand.Rand
	often  float64 // probability of a preemption
}

func newWalk(seed uint64) *walk {
	w := &walk{random: rand.New(rand.NewPCG(seed, 0))}
	w.often = []float64{0.5, 0.5, 0.1, 0.02}[w.random.IntN(4)]
	return w
}

func (w *walk) choose(x *Execution, preempts bool) int {
	n := len(x.ways)
	if !preempts {
		return w.random.IntN(n)
	}
	if w.random.Float64() >= w.often {
		return 0
	}
	return 1 + w.random.IntN(n-1)
}

// replay follows recorded switches; those that are left at the end never came.
type replay struct{ switches []switchAt }

func (r *replay) end() error {
	if len(r.switches) > 0 {
		return fmt.Errorf("%w: there is no decision %d", errNotDeterministic, r.switches[0].decision)
	}
	return nil
}

func (r *replay) choose(x *Execution, _ bool) int {
	if len(r.switches) == 0 || r.switches[0].decision != x.decisions {
		return 0
	}
	want := r.switches[0].thread
	r.switches = r.switches[1:]
	for way, o := range x.ways {
		if o.index == want {
			return way
		}
	}
	x.fail(errNotDeterministic)
	return 0
}
