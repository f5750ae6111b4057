// Code generated from ../../impls/chaselev/keep_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// TestDoneTaskKeepsNothing: what a task had is garbage when it is done, though the
// task itself is kept for another one (class 9 of VERIFICATION.md).
func TestDoneTaskKeepsNothing(t *testing.T) {
	schedtest.Guard(t)
	const n = 100
	var gone atomic.Int64
	var ran sync.WaitGroup
	s, err := New(sched.Config{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	closure := func() func(*Worker) {
		what := new([64]byte)
		runtime.AddCleanup(what, func(int) { gone.Add(1) }, 0)
		ran.Add(1)
		return func(*Worker) {
			what[0]++
			ran.Done()
		}
	}
	for range n {
		one := closure()
		if err := s.Spawn(func(w *Worker) {
			w.Go(closure())
			one(w)
		}); err != nil {
			t.Fatal(err)
		}
	}
	ran.Wait()
	for range 100 {
		if runtime.GC(); gone.Load() == 2*n {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if got := gone.Load(); got != 2*n {
		t.Errorf("got %d of %d closures collected, want all", got, 2*n)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
