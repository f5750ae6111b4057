// Code generated from ../../impls/chaselev/explore_park_test.go by go generate ./impls; DO NOT EDIT.

//go:build explore

package xsynccounter

import (
	"fmt"

	"stealbench/internal/at"
	"stealbench/internal/explore"
	"stealbench/internal/sched"
)

// obtain is the run loop up to a task: it searches and parks until there is one.
func (w *Worker) obtain() *Task {
	for {
		t := w.nextTask()
		if t == nil {
			t = w.stealWork(nil)
		}
		if t != nil {
			if w.searching {
				w.stopSearching()
			}
			return t
		}
		w.park(nil)
	}
}

// parkLoad has tasks come from outside, one by one, as many as there are workers,
// and each worker never come back from the one that it takes: as if it blocked. A
// task that waits beside a parked worker is a deadlock. Children are spawned by
// the worker that takes the first.
type parkLoad struct{ workers, tasks, children int }

func (l parkLoad) run(x *explore.Execution) {
	s := explored(l.workers)
	n := l.tasks + l.children
	tasks, seen := numbered(n), census{}
	x.Go("outside", func() {
		for _, t := range tasks[:l.tasks] {
			s.inject.push(t, true)
			s.notifyParked()
		}
	})
	for _, w := range s.workers {
		x.Go(fmt.Sprint("worker ", w.index), func() {
			for range max(1, n/l.workers) {
				t := w.obtain()
				seen.add(t)
				if t.Args[0] == 0 {
					for _, child := range tasks[l.tasks:] {
						w.pushLocal(child)
					}
				}
			}
		})
	}
	x.Always(idleChecked(s))
	x.Finally(func() error { return seen.once(n) })
}

// exploreParkClose has a worker park, and others wake it for a task and for Close.
func exploreParkClose(x *explore.Execution) {
	s := explored(1)
	w := s.workers[0]
	x.Go("worker", func() {
		for !s.closing.Load() {
			s.inject.pop()
			w.park(nil)
		}
	})
	x.Go("outside", func() {
		s.inject.push(numbered(1)[0], true)
		s.notifyParked()
	})
	x.Go("close", func() {
		s.closing.Store(true)
		s.wake(w)
	})
	x.Always(idleChecked(s))
}

// exploreFinish has a joiner wait for a task that another worker ends, while work
// comes from outside.
func exploreFinish(x *explore.Execution) {
	s := explored(2)
	joiner, other := s.workers[0], s.workers[1]
	child := new(Task)
	child.forked = true
	x.Go("joiner", func() {
		for child.state.Load()&flagDone == 0 {
			joiner.waitFor(child)
		}
	})
	x.Go("other", func() {
		child.Result = 7
		other.finish(child, flagDone)
	})
	x.Go("outside", s.notifyParked)
	x.Always(idleChecked(s))
	x.Finally(func() error {
		if child.Result != 7 {
			return fmt.Errorf("got result %d, want 7", child.Result)
		}
		return nil
	})
}

// exploreSight has a poll join a task that another worker may have taken, and then
// block until a second one has run, which lay above it: the other worker must get to
// see that one. Neither blocks for ever.
func exploreSight(x *explore.Execution) {
	blocksOn(x, func(w *Worker, second *Task) {
		child := w.NewTask(func(*Worker, *Task) sched.Poll { return sched.Ready })
		child.forked = true
		w.pushLocal(child)
		w.pushLocal(second)
		w.Join(child)
	})
}

// exploreYieldedSight has a worker take up a task that yielded, and block in it
// until the next one that yielded has run.
func exploreYieldedSight(x *explore.Execution) {
	blocksOn(x, func(w *Worker, second *Task) {
		w.yield(new(Task))
		w.yield(second)
		w.takeYielded()
	})
}

// blocksOn has one worker make a task runnable, where others can take it, and block
// until it has run. Another worker does what there is to do.
func blocksOn(x *explore.Execution, schedule func(w *Worker, t *Task)) {
	s := explored(2)
	w, other := s.workers[0], s.workers[1]
	ran := at.NewGate()
	task := w.NewTask(func(*Worker, *Task) sched.Poll {
		ran.Open()
		return sched.Ready
	})
	x.Go("blocks", func() {
		schedule(w, task)
		ran.Wait()
		s.closing.Store(true)
		s.wake(other)
	})
	x.Go("other", func() {
		for !s.closing.Load() {
			if t := other.nextTask(); t != nil {
				other.runTask(t)
			} else if t := other.stealWork(nil); t != nil {
				other.runTask(t)
			} else {
				other.park(nil)
			}
		}
	})
	x.Always(idleChecked(s))
}

// exploreJoinWaker has a joiner begin to wait while the task makes its first Waker:
// both change its flags.
func exploreJoinWaker(x *explore.Execution) {
	s := explored(2)
	joiner, other := s.workers[0], s.workers[1]
	child := other.NewTask(func(w *Worker, t *Task) sched.Poll {
		w.Waker(t)
		return sched.Ready
	})
	child.forked = true
	x.Go("joiner", func() {
		for child.state.Load()&flagDone == 0 {
			joiner.waitFor(child)
		}
	})
	x.Go("other", func() { other.runTask(child) })
	x.Always(idleChecked(s))
}

// exploreCancel has a joiner cancel a pending task, since the scheduler closes,
// while somebody wakes it: it is cancelled or queued, not both.
func exploreCancel(x *explore.Execution) {
	s := explored(1)
	w := s.workers[0]
	var waker Waker
	child := w.NewTask(func(w *Worker, t *Task) sched.Poll {
		waker = w.Waker(t)
		return sched.Pending
	})
	child.forked = true
	w.runTask(child)
	s.closing.Store(true)
	x.Go("joiner", func() { w.waitFor(child) })
	x.Go("waker", func() { waker.Wake() })
	x.Finally(func() error {
		queued, done := s.inject.length.Load(), child.state.Load()&flagDone != 0
		if (queued == 1) == done || queued > 1 {
			return fmt.Errorf("got %d times queued and done: %v, want one of the two", queued, done)
		}
		return nil
	})
}

// exploreReuse has a joiner fork twice, most likely with the same memory, while
// another worker steals both: who ends the first must not touch the second.
func exploreReuse(x *explore.Execution) {
	s := explored(2)
	joiner, thief := s.workers[0], s.workers[1]
	ran := census{}
	body := func(_ *Worker, t *Task) sched.Poll {
		ran[t.Args[0]]++
		t.Result = 10 + t.Args[0]
		return sched.Ready
	}
	x.Go("joiner", func() {
		for i := range int64(2) {
			t := joiner.NewTask(body)
			t.Args[0] = i
			joiner.Fork(t)
			joiner.pushLocal(joiner.swapSlot(nil)) // where a thief sees it
			if got := joiner.Join(t); got != 10+i {
				x.Errorf("join %d: got %d, want %d", i, got, 10+i)
			}
		}
	})
	x.Go("thief", func() {
		for range 2 {
			if t := thief.stealFrom(joiner); t != nil {
				thief.runTask(t)
			}
		}
	})
	x.Always(idleChecked(s))
	x.Finally(func() error { return ran.once(2) })
}

// exploreSubmit has a worker submit while others read.
func exploreSubmit(x *explore.Execution) {
	x.Counters = true
	s := explored(1)
	w := s.workers[0]
	spawn := func() {
		w.spawned(new(Task))
		w.metrics.incSpawn()
		w.metrics.incReschedule()
		w.metrics.incOverflow()
		w.metrics.aboutToPark(w.tick)
	}
	x.Go("worker", func() {
		for range 2 {
			spawn()
			w.submit(w.tick)
		}
		w.submit(w.tick) // with nothing new
	})
	x.Go("reader", func() {
		first := s.Snapshot()
		if err := notBefore(s.Snapshot(), first); err != nil {
			x.Errorf("%v", err)
		}
	})
	x.Finally(func() error {
		got := s.Snapshot().Total()
		if len(s.Snapshot().Workers) > 0 && (got.OverflowCount != 2 || got.SpawnCount != 2 || got.ParkCount != 2) {
			return fmt.Errorf("got %d overflows, %d spawns and %d parks, want 2 each", got.OverflowCount, got.SpawnCount, got.ParkCount)
		}
		return nil
	})
}

// notBefore wants no counter to have gone back.
func notBefore(later, earlier sched.Snapshot) error {
	a, b := later.Total(), earlier.Total()
	for _, c := range []struct {
		name         string
		later, first uint64
	}{
		{"overflows", a.OverflowCount, b.OverflowCount}, {"spawns", a.SpawnCount, b.SpawnCount},
		{"local schedules", a.LocalScheduleCount, b.LocalScheduleCount}, {"parks", a.ParkCount, b.ParkCount}, {"unparks", a.ParkUnparkCount, b.ParkUnparkCount},
	} {
		if c.later < c.first {
			return fmt.Errorf("%s went back from %d to %d", c.name, c.first, c.later)
		}
	}
	return nil
}
