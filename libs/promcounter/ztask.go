// Code generated from ../../impls/chaselev/task.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"stealbench/internal/at"
	"stealbench/internal/sched"
)

// PollFunc polls a task once on worker w. It must not keep w.
type PollFunc func(w *Worker, t *Task) sched.Poll

// Task is a unit of work, polled until it is Ready. NewTask makes one; Spawn or
// Fork schedules it. What a poll reads and what a thief takes over is one cache
// line; what only a dump reads is another.
//
// The exported fields belong to the task's creator until it is scheduled, to
// its poll function afterwards.
type Task struct {
	taskInfo // first: at the end, where it may be empty, it would need a pad

	state  at.Uint32 // flags and generation, below
	forked bool      // somebody joins it; else it is recycled when done
	depth  uint8     // of the free list, from this task on; of one that came back
	joiner uint16    // index of the worker that waits; written before flagJoining
	poll   PollFunc
	next   *Task // link of a free list, or of the tasks on a worker's stack

	Args   [2]int64 // small arguments or state of the poll function
	Result int64    // what Join returns
	Ref    any      // a reference; cleared when the task is recycled
}

// A task whose poll function never made a Waker stays fresh from spawn to done
// and needs no atomic operation of its own: nobody else can change its state.
//
//	fresh -> done                                      runs to its end
//	fresh -> running                                   its poll makes a Waker
//	running -> idle | scheduled (woken meanwhile) | done
//	idle -> scheduled                                  Wake
//	scheduled -> running                               polled again
//	idle -> done|failed                                Close cancels it
const (
	flagRunning   = 1 << iota // being polled, and Wakers may exist
	flagNotified              // woken while running
	flagIdle                  // pending, in no queue
	flagScheduled             // runnable, Wakers may exist
	flagDone                  // set last; the joiner may recycle the task
	flagFailed                // with done: Ref holds a *sched.PanicError
	flagJoining               // the joiner blocks until done

	stateFlags = 1<<iota - 1
	generation = stateFlags + 1 // one recycling; a Waker of an older one does nothing
)

// Waker schedules a pending task again. The zero Waker does nothing. It may be
// kept and used after the task is done.
type Waker struct {
	task  *Task
	sched *Scheduler
	gen   uint32
}

// Waker makes a Waker of t. Called only by t's poll function.
func (w *Worker) Waker(t *Task) Waker {
	if t.state.Load()&flagRunning == 0 { // the first one
		t.setFlags(0, flagRunning)
		w.know(t)
	}
	return Waker{t, w.sched, t.state.Load() &^ stateFlags}
}

// Wake makes the task runnable, from any goroutine, through the injection
// queue. From inside a poll use Worker.Wake.
func (k Waker) Wake() {
	if k.notify() {
		k.sched.scheduleRemote(k.task)
	}
}

// Wake makes k's task runnable on w. Called only from a poll on w.
func (w *Worker) Wake(k Waker) {
	if k.notify() {
		w.scheduleLocal(k.task)
	}
}

// notify reports whether the caller must schedule the task. Waking a task that
// is scheduled already needs no write: the store of flagRunning before its next
// poll comes after this load in the order of sequentially consistent atomics,
// so that poll sees what the waker wrote before.
func (k Waker) notify() bool {
	if k.task == nil {
		return false
	}
	for {
		s := k.task.state.Load()
		if s&^stateFlags != k.gen {
			return false
		}
		switch {
		case s&flagIdle != 0:
			if k.task.state.CompareAndSwap(s, s&^flagIdle|flagScheduled) {
				return true
			}
		case s&flagRunning != 0 && s&flagNotified == 0:
			if k.task.state.CompareAndSwap(s, s|flagNotified) {
				return false
			}
		default:
			return false
		}
	}
}

// beginPoll marks a task that has Wakers as running; a fresh one stays fresh.
func (t *Task) beginPoll() {
	if t.state.Load()&flagScheduled != 0 {
		t.setFlags(flagScheduled, flagRunning)
	}
}

// endPending leaves the running state and reports whether a Waker came
// meanwhile, so that the task must be scheduled at once.
func (t *Task) endPending() bool {
	for {
		s := t.state.Load()
		to, from := uint32(flagIdle), uint32(flagRunning)
		if s&flagNotified != 0 {
			to, from = flagScheduled, flagRunning|flagNotified
		}
		if t.state.CompareAndSwap(s, s&^from|to) {
			return to == flagScheduled
		}
	}
}

// endYield leaves the running state for the scheduled one.
func (t *Task) endYield() {
	if t.state.Load()&flagRunning != 0 {
		t.setFlags(flagRunning|flagNotified, flagScheduled)
	}
}

// setFlags clears and sets flags; others, such as flagJoining, may be changed
// by another worker at the same time.
func (t *Task) setFlags(clear, set uint32) {
	for {
		s := t.state.Load()
		if to := s&^clear | set; to == s || t.state.CompareAndSwap(s, to) {
			return
		}
	}
}

// cancelIdle marks a pending task as failed and reports whether it did.
func (t *Task) cancelIdle() bool {
	s := t.state.Load()
	return s&flagIdle != 0 && t.state.CompareAndSwap(s, s&^flagIdle|flagDone|flagFailed)
}
