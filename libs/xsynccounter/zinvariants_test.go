// Code generated from ../../impls/chaselev/invariants_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"runtime"
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// TestSubmits (I10): a worker submits once every EventInterval ticks, before and
// after each block and when it leaves. Other invariants need no look inside:
// internal/schedtest/invariants.go.
func TestSubmits(t *testing.T) {
	schedtest.Guard(t)
	const interval, ticks, parks = 5, 23, 3
	s := atRest(t, sched.Config{Workers: 1, EventInterval: interval})
	w := s.workers[0]
	if _, ok := counters(w); !ok || publishesAtOnce(t) {
		t.Skip("this variant or level has no batch to submit")
	}
	marks, submits := uint64(0), 0
	mark := func() { // shows the next submit
		w.metrics.incOverflow()
		marks++
	}
	see := func() {
		if s.Snapshot().Total().OverflowCount == marks {
			submits++
		}
	}
	for range ticks {
		mark()
		w.turn()
		see()
	}
	for range parks {
		mark()
		done := make(chan struct{})
		go func() {
			w.park(nil)
			close(done)
		}()
		for !s.Quiet() {
			runtime.Gosched()
		}
		see()
		mark()
		s.wake(w)
		<-done
		see()
	}
	mark()
	w.leave()
	see()
	if want := ticks/interval + 2*parks + 1; submits != want {
		t.Errorf("got %d submits in %d ticks and %d parks, want %d", submits, ticks, parks, want)
	}
}
