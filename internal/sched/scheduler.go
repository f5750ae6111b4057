package sched

import (
	"context"
	"time"

	"stealbench/internal/uts"
)

// Params sizes one run of a workload; a workload uses the fields it needs.
type Params struct {
	N    int      // depth, order, leaves or number of tasks
	M    int      // second size: yields per task, cut-off of a recursion
	Tree uts.Tree // uts only

	// Audit counts the polls of an audited workload for who reads it meanwhile; nil:
	// nobody does. No other workload has one.
	Audit    *Audit
	Arrivals *Arrivals // open only: when its tasks come; nil: all at once, and no latencies
}

// Answer is what a run computed. A run whose Answer differs from the expected
// one gives no sample.
type Answer struct {
	Value uint64 // the result proper
	Tasks uint64 // tasks that the run executed, as the workload counted them
	Depth uint64 // uts only: greatest depth
	Leaf  uint64 // uts only: leaves
}

// Timing is the outcome of a timed series of runs, which all gave Answer.
type Timing struct {
	Answer Answer
	Took   time.Duration // wall time of the timed runs
	Runs   int           // timed and untimed ones
}

// Scheduler is a variant as the harness and the conformance suite see it.
type Scheduler interface {
	// RunWorkload runs a workload once, to its end. It returns an error for
	// an unknown workload, a panic inside it, or a closed scheduler.
	RunWorkload(name string, p Params) (Answer, error)
	// TimeWorkload runs a workload untimed until all workers are awake, for
	// at most about lead, then reps times, timed.
	TimeWorkload(name string, p Params, lead time.Duration, reps int) (Timing, error)
	// Workloads lists the names that RunWorkload knows, sorted.
	Workloads() []string
	// Snapshot reads the published counters. Safe from any goroutine.
	Snapshot() Snapshot
	// Dump lists all live tasks. Safe from any goroutine, not from a task.
	Dump(ctx context.Context) (*Dump, error)
	// Quiet reports whether every worker is parked. Safe from any goroutine.
	Quiet() bool
	// Close stops intake, waits for running tasks and drops queued ones. It
	// returns a *CloseError if tasks were dropped or panicked.
	Close() error
}
