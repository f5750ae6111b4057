package main

import (
	"errors"
	"fmt"
	"runtime"
	"time"

	"stealbench/internal/sched"
)

// work runs a workload once, to its end.
type work func(sched.Params) sched.Answer

// bench is a started peer.
type bench struct {
	inside  map[string]work     // fork-join workloads, called inside the pool
	outside map[string]work     // called by a goroutine beside the workers
	enter   func(series func()) // calls series inside the pool, and returns after it
	close   func()
}

// answer runs what a line asks for, and returns the line that answers it.
func (b *bench) answer(line string, workers int) string {
	r, err := parse(line)
	if err != nil {
		return "error " + err.Error()
	}
	var t sched.Timing
	if w, ok := b.inside[r.workload]; ok {
		setThreads(workers)
		b.enter(func() { t, err = series(r, w) })
	} else if w, ok := b.outside[r.workload]; ok {
		setThreads(workers + 1) // one for the driver
		t, err = series(r, w)
	} else {
		return "lacks"
	}
	if errors.Is(err, sched.ErrAnswers) {
		return "wrong " + err.Error()
	}
	a := t.Answer
	return fmt.Sprintf("ok %d %d %d %d %d %d", t.Took.Nanoseconds(), t.Runs, a.Value, a.Tasks, a.Depth, a.Leaf)
}

// setThreads stops the world only for a change.
func setThreads(n int) {
	if runtime.GOMAXPROCS(0) != n {
		runtime.GOMAXPROCS(n)
	}
}

// series runs w untimed for about r.lead, at least once unless that is 0, and then
// r.reps times, timed. All runs must give the same answer.
func series(r request, w work) (t sched.Timing, err error) {
	once := func() error {
		a := w(r.params)
		if t.Runs++; t.Runs > 1 && a != t.Answer {
			return fmt.Errorf("%w: %+v, then %+v", sched.ErrAnswers, t.Answer, a)
		}
		t.Answer = a
		return nil
	}
	for begin := time.Now(); r.lead > 0 && (t.Runs == 0 || time.Since(begin) < r.lead); {
		if err := once(); err != nil {
			return t, err
		}
	}
	start := time.Now()
	for range r.reps {
		if err := once(); err != nil {
			return t, err
		}
	}
	t.Took = time.Since(start)
	return t, nil
}

// empty is the harness around nothing.
func empty(sched.Params) sched.Answer { return sched.Answer{Tasks: 1} }
