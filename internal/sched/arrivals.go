package sched

import "math/rand/v2"

// Arrivals makes a run of the workload open an open loop: its tasks come when they are
// due, whether or not those before them are done. All times are in ns.
//
// A latency counts from when a task was due, not from when it was spawned. A driver
// that is held up spawns what became due meanwhile at once and late; that delay is part
// of those tasks' latencies, so none is left out for the very reason that things were
// slow ("coordinated omission", Gil Tene, "How NOT to measure latency").
type Arrivals struct {
	Due  []int64 // after the run began, ascending; of each task
	Late []int64 // after Due: when the driver came to spawn it; written by the driver

	latency []int64 // by place; each written by the worker that ran the task
	rows    int     // of latency
}

// stripes is how many neighbours in time lie in different rows of memory: workers that
// run them write no common cache line.
const stripes = 8

// NewArrivals has n tasks that are all due when the run begins: a closed loop.
func NewArrivals(n int) *Arrivals {
	rows := (n + stripes - 1) / stripes
	return &Arrivals{Due: make([]int64, n), Late: make([]int64, n), latency: make([]int64, stripes*rows), rows: rows}
}

// Poisson draws when the tasks are due anew, perSecond of them in the mean: the gaps
// are exponential, as they are where many independent callers send a task each now and then.
func (a *Arrivals) Poisson(perSecond float64, random *rand.Rand) {
	at := 0.0
	for i := range a.Due {
		at += random.ExpFloat64() * 1e9 / perSecond
		a.Due[i] = int64(at)
	}
}

// Clear forgets what a run wrote.
func (a *Arrivals) Clear() {
	for i := range a.latency {
		a.latency[i] = notRun
	}
	for i := range a.Late {
		a.Late[i] = notRun
	}
}

// notRun is the latency and the lateness of a task that did not run.
const notRun = -1

// Done notes that task i was done at, ns after the run began.
func (a *Arrivals) Done(i int64, at int64) { a.latency[a.place(i)] = at - a.Due[i] }

// Latency is how long after it was due task i was done; negative if it was not.
func (a *Arrivals) Latency(i int) int64 { return a.latency[a.place(int64(i))] }

func (a *Arrivals) place(i int64) int64 { return i%stripes*int64(a.rows) + i/stripes }
