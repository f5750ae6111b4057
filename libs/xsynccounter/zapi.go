// Code generated from ../../impls/chaselev/api.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"time"

	"stealbench/internal/sched"
)

// The names of package sched that a user of a Scheduler needs, since a program
// outside this module can't import it. The types are aliases: the same in every
// variant. Fields and methods: go doc stealbench/internal/sched.Config, and so on.

// Config, and what its fields and defaults are made of.
type (
	// Config configures a scheduler: Workers, 1 to MaxWorkers, must be given,
	// other fields have defaults. WithDefaults fills them in, or returns an error
	// that names the first field out of range; New calls it.
	Config = sched.Config
	// PollTimes configures the histogram of poll times; the zero value is off.
	PollTimes = sched.PollTimes
	// Buckets says which bucket of a histogram a duration in ns falls into:
	// Index, and Range, 0 to Len()-1. The zero value has none.
	Buckets = sched.Buckets
	// LogConfig makes log-scale Buckets of a bounded relative width.
	LogConfig = sched.LogConfig
)

// Limits and defaults of a Config. Intervals are in ticks of a worker.
const (
	MaxWorkers           = sched.MaxWorkers           // 1024
	MaxInterval          = sched.MaxInterval          // 1 << 20
	TokioEventInterval   = sched.TokioEventInterval   // 61 (runtime/builder.rs)
	DefaultEventInterval = sched.DefaultEventInterval // 244
)

// Limits and defaults of Buckets: tokio's default is 10 buckets of 100 us.
const (
	MaxBuckets           = sched.MaxBuckets           // 65536
	MaxPrecision         = sched.MaxPrecision         // 10, of a LogConfig
	DefaultLinearWidth   = sched.DefaultLinearWidth   // 100 us
	DefaultLinearBuckets = sched.DefaultLinearBuckets // 10
)

// LinearBuckets are n buckets of equal width, 1 to MaxBuckets and at least 1 ns,
// or an error that says which is out of range; the last bucket is open.
func LinearBuckets(width time.Duration, n int) (Buckets, error) {
	return sched.LinearBuckets(width, n)
}

// LegacyLogBuckets are n buckets, 1 to MaxBuckets, of which each is twice as wide
// as the one before; the first is as wide as the resolution, 1 ns to 1 s, rounded
// up to a power of two. It returns an error that says which is out of range.
func LegacyLogBuckets(resolution time.Duration, n int) (Buckets, error) {
	return sched.LegacyLogBuckets(resolution, n)
}

// DefaultLogConfig is tokio's default: 119 buckets from 100 ns to 60 s.
func DefaultLogConfig() LogConfig { return sched.DefaultLogConfig() }

// Poll is what one poll of a task came to.
type Poll = sched.Poll

// What a PollFunc returns.
const (
	Ready   Poll = sched.Ready   // the task is done
	Pending Poll = sched.Pending // it waits; a Waker that it made schedules it again
	Yielded Poll = sched.Yielded // runnable, after all that is runnable on its worker now
)

// What a scheduler has counted.
type (
	// Snapshot is one read of the published counters. Delta is what was counted
	// since an earlier one, Total the sum over all workers, TotalPollTimes the
	// histogram over all workers.
	Snapshot = sched.Snapshot
	// WorkerCounters are one worker's counters: running totals since New, times
	// in ns. Names and meaning are tokio's (runtime/metrics/batch.rs).
	WorkerCounters = sched.WorkerCounters
)

// What a scheduler is doing.
type (
	// Dump lists every live task at one moment; WriteText and WriteJSON write it.
	Dump = sched.Dump
	// WorkerDump is one worker of a Dump.
	WorkerDump = sched.WorkerDump
	// TaskDump is one task of a Dump; Where says in words where it waits.
	TaskDump = sched.TaskDump
	// TaskState is what a task does.
	TaskState = sched.TaskState
	// TaskPlace is where a task waits.
	TaskPlace = sched.TaskPlace
)

// The states of a task.
const (
	TaskRunning  TaskState = sched.TaskRunning  // being polled: waits in a join, or is about to begin
	TaskRunnable TaskState = sched.TaskRunnable // waits for a worker
	TaskIdle     TaskState = sched.TaskIdle     // waits for a Waker
)

// The places of a task.
const (
	OnStack          TaskPlace = sched.OnStack          // of its worker
	InLIFOSlot       TaskPlace = sched.InLIFOSlot       // runs next on its worker
	InLocalQueue     TaskPlace = sched.InLocalQueue     // of its worker
	InYieldQueue     TaskPlace = sched.InYieldQueue     // of its worker: behind all that was runnable there
	InInjectionQueue TaskPlace = sched.InInjectionQueue // for any worker
	Nowhere          TaskPlace = sched.Nowhere          // in no queue: a Waker brings it back
)

const (
	// DumpTimeout is how long a Dump waits for workers that are busy: 250 ms,
	// tokio's.
	DumpTimeout = sched.DumpTimeout
	// AgeUnknown is the age of a task in a scheduler without a clock: -1 ns.
	AgeUnknown = sched.AgeUnknown
	// MaxPanics is how many panics a scheduler keeps for its CloseError: 16.
	MaxPanics = sched.MaxPanics
)

// The errors that have fields; errors.As finds them by pointer.
type (
	// DumpTimeoutError is what Dump returns if workers, those in Missing, did not
	// come to it in time: ask again later.
	DumpTimeoutError = sched.DumpTimeoutError
	// PanicError is a panic of a task, with its value and stack: what Run returns.
	PanicError = sched.PanicError
	// CloseError is what Close returns if tasks were dropped or panicked.
	CloseError = sched.CloseError
)

// The errors that errors.Is finds.
var (
	// ErrClosed is returned for a task or a Dump that comes after Close began,
	// and is what a join of a task that Close cancelled panics with.
	ErrClosed = sched.ErrClosed
	// ErrNoDump is what Dump returns in a build with -tags nodump.
	ErrNoDump = sched.ErrNoDump
	// ErrGoexit is the Value of the PanicError of a task that called
	// runtime.Goexit.
	ErrGoexit = sched.ErrGoexit
	// ErrAnswers is returned by TimeWorkload if its runs gave different answers.
	ErrAnswers = sched.ErrAnswers
)

// The workloads of the study, which RunWorkload and TimeWorkload run.
type (
	// Params sizes one run of a workload, which uses the fields it needs.
	Params = sched.Params
	// Answer is what a run computed, and how many tasks it took.
	Answer = sched.Answer
	// Timing is the outcome of a timed series of runs, which all gave Answer.
	Timing = sched.Timing
)
