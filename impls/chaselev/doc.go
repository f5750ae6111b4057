// Package chaselev is the base: a work-stealing scheduler after tokio 1.48's
// multi-thread runtime, with Chase-Lev deques and batched metrics. The other
// variants are stamped from it (impls/variants.go).
//
// # Use
//
// New starts a scheduler from a Config, Run runs a function on it, Close ends it.
// Snapshot reads its metrics, Dump lists its tasks. example*_test.go has an
// example of every type, with only this package imported; api.go has the names of
// package sched that take part.
//
// # Concepts
//
// A Scheduler has Workers. Each worker is one run loop (a goroutine) with a
// local queue that only it pushes to and pops from and that the others steal
// from, a LIFO slot for the one task that runs next, and a batch of plain
// counters. Tasks from outside, and half of a local queue that is full, go
// through the injection queue. A Task is polled until it is Ready; one that is
// Pending comes back when a Waker says so, one that Yielded comes back after
// everything that is runnable on its worker.
//
// # The life of a task
//
// A poll function takes a task from the worker's free list (NewTask), fills in
// its words and calls Spawn or Fork. The task goes to the LIFO slot; the one that
// was there moves to the local queue, where thieves see it, and a sleeping
// worker is woken if nobody searches. The run loop (worker.go) takes one task per
// tick: slot, local queue, a share of the injection queue, what yielded. Every
// GlobalQueueInterval ticks it looks at the old ends first, so that nothing
// starves (fair.go; in a tree of joins only tasks from outside have that turn);
// every EventInterval ticks it submits its batch. Without work it searches the
// others' queues, then parks (PARKING.md). When the poll says Ready, a spawned
// task goes to a free list; a forked one is recycled by its joiner.
//
// Join helps: the worker runs its own tasks, the joined one first if it is
// still there, then steals. Such a task is a pick like any other: it ticks,
// counts and maintains, so that metrics stay fresh inside long joins. Join the
// youngest fork first: it is the cheap case, a pop and a call.
//
// # Counters
//
// Names and moments are tokio's, with these differences. A pick is a task taken
// by the run loop or by a helping join; what runs from the LIFO slot behind it,
// up to three tasks, is part of it: polls = PollCount + FollowUpCount. A thief
// takes tasks one by one, up to half of the victim's queue: that is one steal
// operation. A search of the other workers' queues that was begun is a steal
// attempt, with one worker too. Forced yields (Worker.Proceed) are counted by the
// worker, not by all together. Threads are not reported, nor I/O: a worker is a
// goroutine, and there is no driver.
//
// Picks need no counter of their own: a tick has one, unless it found no task.
// Nor do spawned and live tasks: Snapshot.SpawnedTasks and AliveTasks follow from
// the others, and from yields, wakes and polls that did not end their task, which
// fork-join never meets.
//
// What holds between them, tested on every variant over all workloads by
// internal/schedtest/invariants.go, ids as in the specification's list:
//
//	I1   local + remote schedules = polls + dropped + refused + woken after Close
//	I2   picks <= polls <= 4 picks
//	I3   a histogram counts every pick once, or every poll
//	I4   after Close ParkUnparkCount = 2 ParkCount; one less while parked. A look
//	     from outside may fall between two cells of a submit
//	I5   NoopCount <= ParkCount <= NoopCount + picks
//	I6   StealOperations <= StealCount <= 128 StealOperations; StealOperations <=
//	     StealAttempts and picks; 0 with one worker
//	I7   tasks into the injection queue = remote schedules + 129 per overflow, and
//	     what workers that leave had in slot and yield queue
//	I8   spawned = ended + cancelled + alive; alive after Close are pending tasks
//	     that nobody woke
//	I9   no counter goes back; published <= counted <= published + EventInterval
//	I10  submits = ticks / EventInterval + 2 parks + 1
//	I11  busy time <= time less that at rest
//	I12  the mean poll time begins at 3278 ns, and stays there without a clock
//
// A submit stores only the totals that have changed: an atomic store is an
// exchange in Go, and most totals have not. It looks at those that seldom change
// only when one did, and at the others before its first exchange. Tried for fib
// with one and with two workers, time against no metrics at the same event
// interval (results/2026-11-25-amd-epyc-2cpu-interval-2, 64 layouts; the twin's
// own mean there is 0.5 % off, with an interval of 0.8 % to either side, and so
// are these):
//
//	all cells stored, every 61 ticks      1.042  1.037
//	changed cells, every 61 ticks         1.016  1.017
//	changed cells, every 244 ticks        1.002  1.004   the default
//
// Against the base in results/2026-11-25-amd-epyc-2cpu-ladder-2, fib takes 12 and
// 10 % less time without dumps, no difference beyond 1.6 % is resolved without a
// clock, and a histogram of poll times makes it about four times as long.
//
// Under -tags stable only busy time,
// parks and unparks are counted. Work stretches cost one look at the clock at
// either end, shared by the busy time and by the estimate of the poll time that
// tunes how often the injection queue is looked at; Config.NoClock drops both.
// A histogram of poll times is off unless Config.PollTimes asks for it.
// clock_counted_test.go counts every look at the clock, with one worker. A picked
// task that panics or calls runtime.Goexit counts as any other.
//
// # Dumps
//
// Scheduler.Dump lists all live tasks at a moment at which no worker runs, and
// moves, wakes and counts nothing (DUMP.md). Under -tags nodump it is gone.
//
// # Rejected
//
// Type parameters for the seams: a method call on a type parameter is indirect,
// which costs more than a batched count. FIFO for the owner, as tokio: fork-join
// wants the youngest, and the fair picks give old tasks their turn. A channel
// per worker as queue: 10 times the cost of a deque. A recover around every
// poll: a panic unwinds to the run loop, or to the join that helps, and a child that
// its joiner runs itself panics through it.
package chaselev
