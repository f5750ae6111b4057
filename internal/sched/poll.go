package sched

// Poll is what one poll of a task came to.
type Poll uint8

const (
	// Ready: the task is done.
	Ready Poll = iota
	// Pending: the task waits; a Waker that it made schedules it again.
	Pending
	// Yielded: the task is runnable, but after every task that is runnable on
	// its worker now.
	Yielded
)
