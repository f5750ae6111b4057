// Code generated from ../chaselev/explore_dump_test.go by go generate ./impls; DO NOT EDIT.

//go:build explore

package nometrics

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
		for s.inject.popN(1) == nil {
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
