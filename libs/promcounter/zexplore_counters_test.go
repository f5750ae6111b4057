// Code generated from ../../impls/chaselev/explore_counters_test.go by go generate ./impls; DO NOT EDIT.

//go:build explore

package promcounter

import (
	"fmt"
	"strings"

	"stealbench/internal/explore"
	"stealbench/internal/sched"
)

// The counters of what comes from outside have many writers, and so have all
// where workers share them. Here two threads write one at a time, and each
// operation on a counter is a step: the sums must be exact.

// readsCounters reports whether a scenario says nothing of a variant that does
// not count.
func readsCounters(name string) bool {
	return strings.HasPrefix(name, "counters/") || name == "submit/reader"
}

// exploreCountSpawns has two threads spawn from outside while intake ends.
func exploreCountSpawns(x *explore.Execution) {
	x.Counters = true
	s := explored(1)
	refused := 0
	for i := range 2 {
		x.Go(fmt.Sprint("spawner ", i), func() {
			if s.SpawnTask(runClosure, [2]int64{}, nil) != nil {
				refused++
			}
		})
	}
	x.Go("close", func() { s.inject.close() })
	x.Finally(func() error {
		return counts(s, sched.Snapshot{RemoteScheduleCount: 2, RefusedCount: uint64(refused)})
	})
}

// exploreCountWakes has two tasks woken from outside, each by its own thread.
func exploreCountWakes(x *explore.Execution) {
	x.Counters = true
	s := explored(1)
	for i := range 2 {
		x.Go(fmt.Sprint("waker ", i), pendingOn(s.workers[0]).Wake)
	}
	x.Finally(func() error {
		return counts(s, sched.Snapshot{RemoteScheduleCount: 2, RemoteWakeCount: 2})
	})
}

// exploreCountCancels has two workers cancel what they join, since the scheduler
// closes.
func exploreCountCancels(x *explore.Execution) {
	x.Counters = true
	s := explored(2)
	s.closing.Store(true)
	for _, w := range s.workers {
		child := pendingOn(w).task
		x.Go(fmt.Sprint("joiner ", w.index), func() { w.waitFor(child) })
	}
	x.Finally(func() error { return counts(s, sched.Snapshot{CancelledCount: 2}) })
}

// exploreCountWorkers has two workers count the same events.
func exploreCountWorkers(x *explore.Execution) {
	x.Counters = true
	s := explored(2)
	for _, w := range s.workers {
		x.Go(fmt.Sprint("worker ", w.index), func() {
			w.metrics.incReschedule()
			w.metrics.incFollowUp()
			w.metrics.addSteal(3)
			w.submit(w.tick)
		})
	}
	x.Finally(func() error {
		got := s.Snapshot().Total()
		if got.LocalScheduleCount != 2 || got.FollowUpCount != 2 || got.StealCount != 6 || got.StealOperations != 2 {
			return fmt.Errorf("got %+v, want 2 local schedules, 2 follow-ups, 6 tasks in 2 steals", got)
		}
		return nil
	})
}

// pendingOn makes a task that w has polled and that waits for its Waker.
func pendingOn(w *Worker) (waker Waker) {
	w.runTask(w.NewTask(func(w *Worker, t *Task) sched.Poll {
		waker = w.Waker(t)
		return sched.Pending
	}))
	return waker
}

// counts wants the board's counters.
func counts(s *Scheduler, want sched.Snapshot) error {
	got := s.Snapshot()
	for _, c := range []struct {
		name      string
		got, want uint64
	}{
		{"schedules from outside", got.RemoteScheduleCount, want.RemoteScheduleCount},
		{"wakes from outside", got.RemoteWakeCount, want.RemoteWakeCount},
		{"refused", got.RefusedCount, want.RefusedCount},
		{"cancelled", got.CancelledCount, want.CancelledCount},
	} {
		if c.got != c.want {
			return fmt.Errorf("%s: got %d, want %d", c.name, c.got, c.want)
		}
	}
	return nil
}
