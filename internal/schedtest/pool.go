package schedtest

import "stealbench/internal/sched"

// Pool is a variant's scheduler. The suite needs closures only; what they cost
// is of no interest here.
type Pool interface {
	sched.Scheduler
	// Spawn and SpawnPoll schedule a task from outside.
	Spawn(fn func(Ctx)) error
	SpawnPoll(fn func(Ctx) sched.Poll) error
	// Run runs fn on a worker and waits for it.
	Run(fn func(Ctx)) error
	// InjectionQueueDepth and LocalQueueDepth are how many tasks wait in the
	// injection queue and in worker i's local queue.
	InjectionQueueDepth() int
	LocalQueueDepth(i int) int
}

// Ctx is what a task sees while it is polled.
type Ctx interface {
	// Worker is the index of the worker that polls the task.
	Worker() int
	// Go and GoPoll schedule a task that nobody joins.
	Go(fn func(Ctx))
	GoPoll(fn func(Ctx) sched.Poll)
	// Fork and ForkPoll schedule a task for Join. The result of a polled one
	// is 0.
	Fork(fn func(Ctx) int64) Forked
	ForkPoll(fn func(Ctx) sched.Poll) Forked
	Join(Forked) int64
	// Waker makes a Waker of the task that is polled.
	Waker() Waker
	// Wake wakes k's task on this worker.
	Wake(k Waker)
}

// Forked is a task to be joined.
type Forked any

// Waker wakes a task from outside.
type Waker interface{ Wake() }
