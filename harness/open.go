package harness

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"stealbench/internal/recording"
	"stealbench/internal/sched"
	"stealbench/internal/stat"
)

// open is a workload whose tasks come at a rate that the scheduler has no say in, load
// percent of what the base can do. M steps of work are 1 to 2 us.
func open(load int) Workload {
	size := func(tasks int) sched.Params { return sched.Params{N: tasks, M: 1024} }
	return Workload{Name: fmt.Sprintf("open_%d", load), Run: "open", Extra: true, Outside: true, Load: float64(load) / 100, Unit: "latency",
		Stresses: fmt.Sprintf("latency of tasks that come at random, %d %% of what the base can do", load),
		Sizes:    sizes(size(500), size(10_000), size(100_000)), Answer: openAnswer}
}

// openAnswer: task i computes Grain(i, M).
func openAnswer(p sched.Params) sched.Answer {
	a := sched.Answer{Tasks: uint64(p.N)}
	for i := range uint64(p.N) {
		a.Value += sched.Grain(i, int64(p.M))
	}
	return a
}

// openLoop is what a cell of an open workload has. A slot is one run: all arrivals of a
// schedule that is drawn for the row, the same for every lane of it.
type openLoop struct {
	random         *rand.Rand
	capacity, rate float64 // tasks a second
	skip           int     // arrivals of each slot that are not counted
}

const (
	// capacityRuns of the base, all tasks due at once, say what it can do; the median.
	capacityRuns = 9
	// skipShare of a slot's arrivals go by until its workers are awake, which takes a
	// virtual machine some 200 us, and the queue is as long as it will be: 1 in 10.
	skipShare = 10
)

// prepareOpen finds the rate of arrivals on the base, the same for all lanes, and warms
// up. Nothing is repeated, and there is no lead: the first arrivals are it.
func (c *cell) prepareOpen(load float64) error {
	c.reps = 1
	for _, l := range c.lanes {
		l.lead, l.warm, l.latencies = 0, 0, newLatencies()
	}
	base := c.base()
	closed := c.params
	closed.Arrivals = sched.NewArrivals(c.params.N)
	var rates []float64
	for i := range 1 + capacityRuns {
		took, err := base.slot(c.run, closed, c.want, 1)
		if err != nil {
			return err
		}
		if i > 0 && took > 0 {
			rates = append(rates, float64(c.want.Tasks)/took.Seconds())
		}
	}
	if rates == nil {
		return fmt.Errorf("%s: no slot could be timed: wrong answers, or a clock that stands", base.variant)
	}
	capacity, err := stat.Median(rates)
	if err != nil {
		return err
	}
	c.params.Arrivals = sched.NewArrivals(c.params.N)
	c.loop = &openLoop{random: rand.New(rand.NewPCG(c.spec.Seed, streamArrivals)),
		capacity: capacity, rate: load * capacity, skip: c.params.N / skipShare}
	c.startBlock()
	return c.row()
}

// draw draws the arrivals of a row.
func (c *cell) draw() {
	if c.loop != nil {
		c.params.Arrivals.Poisson(c.loop.rate, c.loop.random)
	}
}

// slot is one timed call of a lane. What it takes is, in an open loop, the latencies of
// its tasks together: so ns/task is their mean, and rows compare means. A mean feels what
// a variant costs more than the cost itself, since tasks wait for others; unlike a high
// quantile it is known well from the tasks of one slot.
func (c *cell) slot(l *lane) (time.Duration, error) {
	if c.loop != nil {
		c.params.Arrivals.Clear()
	}
	took, err := l.slot(c.run, c.params, c.want, c.reps)
	if c.loop == nil || err != nil || took == 0 {
		return took, err
	}
	mean, ok := l.latencies.add(c.params.Arrivals, c.loop.skip)
	if !ok {
		l.wrong++
		return 0, nil
	}
	return time.Duration(mean * float64(c.want.Tasks)), nil
}

// openValues are what a block of an open loop says beside other blocks.
func (c *cell) openValues(l *lane) ([]recording.Value, error) {
	if c.loop == nil {
		return nil, nil
	}
	values, err := l.latencies.values()
	if c.alone {
		values = append(values, recording.Value{Unit: recording.DriverAlone, V: 1})
	}
	return append(values, recording.Value{Unit: recording.Arrivals, V: c.loop.rate}, recording.Value{Unit: recording.Capacity, V: c.loop.capacity}), err
}

// opens says whether the plan has an open loop.
func (p *Plan) opens() bool {
	return slices.ContainsFunc(p.Workloads, func(name string) bool {
		w, err := FindWorkload(name)
		return err == nil && w.Load > 0
	})
}

// openKey says in a recording what its latencies are.
var openKey = fmt.Sprintf("Poisson arrivals drawn for each row, the same for all lanes; latency from when a task was due; "+
	"the driver's thread has a CPU to itself where blocks say driver-alone; load is of the median of %d runs of the base in the cell, all tasks due at once; 1 in %d arrivals, the first, not counted; "+
	"a slot is behind that does less than %g of what comes", capacityRuns, skipShare, keepsUp)
