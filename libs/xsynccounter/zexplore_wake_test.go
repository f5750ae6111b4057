// Code generated from ../../impls/chaselev/explore_wake_test.go by go generate ./impls; DO NOT EDIT.

//go:build explore

package xsynccounter

import (
	"fmt"

	"stealbench/internal/at"
	"stealbench/internal/explore"
	"stealbench/internal/sched"
)

// exploreWake has a task wait for two Wakers: woken while it is polled, or after,
// it is polled once more, and then never again.
func exploreWake(x *explore.Execution) {
	s := explored(1)
	w := s.workers[0]
	var waker Waker
	polls := 0
	t := w.NewTask(func(w *Worker, t *Task) sched.Poll {
		if polls++; polls > 1 {
			return sched.Ready
		}
		waker = w.Waker(t)
		for i := range 2 {
			x.Go(fmt.Sprint("waker ", i), waker.Wake)
		}
		return sched.Pending
	})
	x.Go("worker", func() {
		w.runTask(t)
		for polls < 2 {
			w.runTask(w.obtain())
		}
	})
	x.Always(idleChecked(s))
	x.Finally(func() error {
		queued := census{}
		queued.addQueued(s)
		if polls != 2 || len(queued) > 0 || w.yielded.len() > 0 {
			return fmt.Errorf("got %d polls and %v queued, want 2 and none", polls, queued)
		}
		return nil
	})
}

// exploreStale has a Waker outlive its task while the memory serves another one,
// which waits: that one is not polled again.
func exploreStale(x *explore.Execution) {
	s := explored(1)
	w := s.workers[0]
	var second *Task
	polls := 0
	t := w.NewTask(func(w *Worker, t *Task) sched.Poll {
		x.Go("waker", w.Waker(t).Wake)
		return sched.Ready
	})
	x.Go("worker", func() {
		w.runTask(t)
		second = w.NewTask(func(w *Worker, t *Task) sched.Poll {
			polls++
			w.Waker(t)
			return sched.Pending
		})
		w.runTask(second)
	})
	x.Finally(func() error {
		if t != second {
			return fmt.Errorf("the second task has memory of its own: the scenario shows nothing")
		}
		if polls != 1 || s.inject.length.Load() > 0 || w.yielded.len() > 0 {
			return fmt.Errorf("got %d polls, %d tasks queued and %d yielded, want 1, 0 and 0", polls, s.inject.length.Load(), w.yielded.len())
		}
		return nil
	})
}

// exploreAgain has a task keep the Waker of its first poll: woken through it while
// the second poll runs, or after, it is polled a third time.
func exploreAgain(x *explore.Execution) {
	s := explored(1)
	w := s.workers[0]
	var waker Waker
	second := at.NewGate() // the second poll has begun
	polls := 0
	t := w.NewTask(func(w *Worker, t *Task) sched.Poll {
		switch polls++; polls {
		case 1:
			waker = w.Waker(t)
			x.Go("first", waker.Wake)
			x.Go("second", func() {
				second.Wait()
				waker.Wake()
			})
		case 2:
			second.Open()
		case 3:
			return sched.Ready
		}
		return sched.Pending
	})
	x.Go("worker", func() {
		w.runTask(t)
		for polls < 3 {
			w.runTask(w.obtain())
		}
	})
	x.Always(idleChecked(s))
	x.Finally(func() error {
		if s.inject.length.Load() > 0 || w.yielded.len() > 0 {
			return fmt.Errorf("got %d tasks queued and %d yielded, want none", s.inject.length.Load(), w.yielded.len())
		}
		return nil
	})
}

// exploreYielded has a task that yielded woken while it waits for its turn: the
// next poll is that of the wake, and there is no other.
func exploreYielded(x *explore.Execution) {
	s := explored(1)
	w := s.workers[0]
	woken := at.NewGate()
	polls := 0
	t := w.NewTask(func(w *Worker, t *Task) sched.Poll {
		if polls++; polls > 1 {
			return sched.Pending
		}
		waker := w.Waker(t)
		x.Go("waker", func() {
			waker.Wake()
			woken.Open()
		})
		return sched.Yielded
	})
	x.Go("worker", func() {
		w.runTask(t)
		woken.Wait() // during the first poll or after it, but before the second
		w.runTask(w.obtain())
	})
	x.Finally(func() error {
		if polls != 2 || w.yielded.len() > 0 || s.inject.length.Load() > 0 || t.state.Load()&flagIdle == 0 {
			return fmt.Errorf("got %d polls, %d tasks yielded, %d queued, flags %b, want 2 polls and an idle task",
				polls, w.yielded.len(), s.inject.length.Load(), t.state.Load()&stateFlags)
		}
		return nil
	})
}
