// Code generated from ../../impls/chaselev/explore_dump_test.go by go generate ./impls; DO NOT EDIT.

//go:build explore

package xsynccounter

import (
	"errors"
	"fmt"

	"stealbench/internal/explore"
	"stealbench/internal/sched"
)

// dumpWatch looks that nobody is in a task while a leader looks.
type dumpWatch struct {
	s      *Scheduler
	inTask []bool
}

func watchDump(x *explore.Execution, s *Scheduler) *dumpWatch {
	d := &dumpWatch{s, make([]bool, len(s.workers))}
	x.Always(func() error {
		if r := s.dump.round; r != nil && len(r.workers) > 0 {
			for i, in := range d.inTask {
				if in {
					return fmt.Errorf("worker %d is in a task while a leader looks", i)
				}
			}
		}
		return nil
	})
	x.Always(idleChecked(s))
	return d
}

// task is a task of w that makes a step.
func (d *dumpWatch) task(w *Worker) {
	d.inTask[w.index] = true
	explore.Step()
	d.inTask[w.index] = false
}

// exploreTimeOut has two dumps, of which the first may time out at any step, of
// two workers that come between their tasks.
func exploreTimeOut(x *explore.Execution) {
	s := explored(2)
	d := watchDump(x, s)
	for _, w := range s.workers {
		x.Go(fmt.Sprint("worker ", w.index), func() {
			for range 2 {
				d.task(w)
				w.joinDump()
			}
		})
	}
	x.Go("dump", func() {
		for range 2 {
			r, err := s.beginRound()
			if err != nil {
				x.Errorf("beginRound: got %v", err)
			}
			explore.Step()
			s.endRound(r, s.missing)
			var late *sched.DumpTimeoutError
			switch {
			case r.err == nil && len(r.workers) != 2:
				x.Errorf("got %d workers, want 2", len(r.workers))
			case r.err != nil && (!errors.As(r.err, &late) || len(late.Missing) == 0 || len(late.Missing) > 2):
				x.Errorf("got %v, want a time-out that names who is missing", r.err)
			}
		}
	})
	x.Finally(func() error {
		for _, w := range s.workers {
			if w.isCalled() {
				return fmt.Errorf("worker %d is still called", w.index)
			}
		}
		return nil
	})
}

// exploreSleeper has a dump wait for a worker that falls asleep, while a task
// comes from outside: the dump ends, and the task runs.
func exploreSleeper(x *explore.Execution) {
	s := explored(1)
	w, d := s.workers[0], watchDump(x, s)
	x.Go("worker", func() {
		for s.inject.pop() == nil {
			w.park(nil)
		}
		d.task(w)
		w.joinDump()
	})
	x.Go("outside", func() {
		s.inject.push(numbered(1)[0], true)
		s.notifyParked()
	})
	x.Go("dump", func() {
		r, err := s.beginRound()
		if err != nil {
			x.Errorf("beginRound: got %v", err)
		}
		explore.Step()
		s.endRound(r, s.missing)
		if r.err == nil && len(r.workers) != 1 {
			x.Errorf("got %d workers, want 1", len(r.workers))
		}
	})
}

// exploreDumpClose has a dump and Close meet: neither hangs.
func exploreDumpClose(x *explore.Execution) {
	s := explored(2)
	d := watchDump(x, s)
	for _, w := range s.workers {
		x.Go(fmt.Sprint("worker ", w.index), func() {
			d.task(w)
			w.joinDump()
		})
	}
	x.Go("dump", func() {
		r, err := s.beginRound()
		if err != nil {
			if err != sched.ErrClosed {
				x.Errorf("beginRound: got %v, want %v", err, sched.ErrClosed)
			}
			return
		}
		r.over.Wait()
		if r.err != nil && r.err != sched.ErrClosed {
			x.Errorf("got %v, want a dump or %v", r.err, sched.ErrClosed)
		}
	})
	x.Go("close", s.closeDumps)
}

// listLoad has a dump look for tasks at every place while a worker polls them,
// another steals once, and the idle one is woken from outside: each that lives is
// listed once, and none that has ended.
type listLoad []listed

// listed is a task of a listLoad.
type listed int

const (
	fromOutside listed = iota // in the injection queue
	idleOne                   // woken from outside
	queued                    // in the local queue
	queued2                   // there too
	queued3                   // there too
	yielding                  // there too, yields once
	parent                    // there too; forks a task, spawns another, and joins the first
	forked                    // may be stolen
	inSlot                    // in the LIFO slot
	listedAll
)

func (l listLoad) run(x *explore.Execution) {
	s := explored(2)
	d, w, thief := watchDump(x, s), s.workers[0], s.workers[1]
	var live, atRound [listedAll]bool
	looked := false
	x.Always(func() error {
		if r := s.dump.round; r == nil || len(r.workers) == 0 {
			return nil
		}
		if looked && live != atRound {
			return errors.New("a task began or ended while a leader looks")
		}
		atRound, looked = live, true
		return nil
	})

	var body PollFunc
	spawned := func(w *Worker, task listed) *Task {
		t := w.NewTask(body)
		t.Ref, live[task] = task, true
		return t
	}
	var waker Waker
	var polls [listedAll]int
	body = func(w *Worker, t *Task) sched.Poll {
		task := t.Ref.(listed)
		first := polls[task] == 0
		polls[task]++
		switch {
		case task == idleOne && first:
			waker = w.Waker(t)
			return sched.Pending
		case task == yielding && first:
			return sched.Yielded
		case task == parent:
			child := spawned(w, forked)
			w.Fork(child)
			w.Spawn(spawned(w, inSlot))
			w.Join(child)
		default:
			d.task(w)
		}
		live[task] = false
		return sched.Ready
	}
	for _, task := range l {
		switch task {
		case fromOutside:
			live[task] = true
			if err := s.SpawnTask(body, [2]int64{}, task); err != nil {
				panic(err)
			}
		case idleOne:
			w.runTask(spawned(w, task))
			x.Go("waker", waker.Wake)
		default:
			w.pushLocal(spawned(w, task))
		}
	}

	r, err := s.beginRound()
	if err != nil {
		panic(err)
	}
	x.Go("worker", func() {
		for range 2 {
			for range 2 {
				if t := w.nextTask(); t != nil {
					w.runTask(t)
				}
			}
			w.joinDump()
		}
	})
	x.Go("thief", func() {
		if t := thief.stealFrom(w); t != nil {
			thief.runTask(t)
		}
		thief.joinDump()
	})
	x.Finally(func() error {
		var got [listedAll]int
		for _, t := range r.tasks {
			task, ok := t.ref.(listed)
			if !ok {
				return errors.New("a task that has ended is listed")
			}
			got[task]++
		}
		for task, n := range got {
			if n > 1 || (n == 1) != atRound[task] {
				return fmt.Errorf("task %d, which lives: %v, is listed %d times", task, atRound[task], n)
			}
		}
		return nil
	})
}
