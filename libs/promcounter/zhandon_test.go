// Code generated from ../../impls/chaselev/handon_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"sync/atomic"
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// A joiner that counted as searching fell asleep, found its task done and went
// on: a task that had been pushed meanwhile had woken nobody, and stayed.
func TestJoinerHandsOnItsSearch(t *testing.T) {
	schedtest.Guard(t)
	s := atRest(t, sched.Config{Workers: 3})
	w, other := s.workers[0], s.workers[1]
	s.idle.addSleeper(other, false)
	w.searching = s.idle.tryStartSearching()
	s.workers[2].queue.push(new(Task))
	s.notifyParked() // somebody searches: wakes nobody
	joined := new(Task)
	joined.state.Store(flagJoining | flagDone)
	w.park(joined)
	if s.idle.asleep(other) && !w.searching {
		t.Error("got a task queued and nobody awake for it")
	}
}

// Tasks from outside waited until a whole tree of joins was done.
func TestOutsideHasATurnInATreeOfJoins(t *testing.T) {
	schedtest.Guard(t)
	for _, c := range []sched.Config{{}, {GlobalQueueInterval: 1}, {DisableLIFOSlot: true}} {
		c.Workers = 1
		s, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		var ran atomic.Bool
		const most = 20_000 // joins; a task has its turn every 127 ticks or sooner
		waited := 0
		if err := s.Run(func(w *Worker) {
			if err := s.Spawn(func(*Worker) { ran.Store(true) }); err != nil {
				t.Error(err)
			}
			for ; waited < most && !ran.Load(); waited++ {
				child := w.NewTask(runClosure)
				child.Ref = func(*Worker) {}
				w.Fork(child)
				w.Join(child)
			}
		}); err != nil {
			t.Fatal(err)
		}
		if !ran.Load() || waited > 300 {
			t.Errorf("%+v: got a task from outside that waits for %d joins, want at most 300", c, waited)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
