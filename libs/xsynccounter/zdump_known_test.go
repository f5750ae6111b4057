// Code generated from ../../impls/chaselev/dump_known_test.go by go generate ./impls; DO NOT EDIT.

//go:build !nodump

package xsynccounter

import (
	"context"
	"runtime"
	"sync/atomic"
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// TestDumpShowsAPendingTaskThatYieldedFirst: a task whose first Waker comes after a
// yield is noted like any other.
func TestDumpShowsAPendingTaskThatYieldedFirst(t *testing.T) {
	schedtest.Guard(t)
	s, err := New(sched.Config{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	var polls atomic.Int32
	var waker Waker // read when all sleep
	if err := s.SpawnTask(func(w *Worker, t *Task) sched.Poll {
		switch polls.Add(1) {
		case 1:
			return sched.Yielded
		case 2:
			waker = w.Waker(t)
			return sched.Pending
		}
		return sched.Ready
	}, [2]int64{}, nil); err != nil {
		t.Fatal(err)
	}
	for polls.Load() < 2 || !s.Quiet() {
		runtime.Gosched()
	}
	d, err := s.Dump(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Tasks) != 1 {
		t.Errorf("got %d tasks in the dump, want the one that waits", len(d.Tasks))
	}
	waker.Wake()
	for polls.Load() < 3 || !s.Quiet() {
		runtime.Gosched()
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestKnownTasksStayFew: a task is noted for dumps when it makes its first Waker, or
// is pending without one, and not at every poll.
func TestKnownTasksStayFew(t *testing.T) {
	const polls = 10_000
	for _, row := range []struct {
		name string
		poll func(w *Worker, t *Task)
	}{
		{"a Waker at every poll", func(w *Worker, t *Task) { w.Wake(w.Waker(t)) }},
		{"one Waker, kept", func(w *Worker, t *Task) {
			if t.Ref == nil {
				t.Ref = w.Waker(t)
			}
			w.Wake(t.Ref.(Waker))
		}},
	} {
		known := 0
		onOneWorker(t, sched.Config{}, func(w *Worker) {
			task := w.NewTask(func(w *Worker, t *Task) sched.Poll {
				if t.Args[0]++; t.Args[0] == polls {
					known = len(w.trace.known)
					return sched.Ready
				}
				row.poll(w, t)
				return sched.Pending
			})
			w.Fork(task)
			w.Join(task)
		})
		if known > 64 {
			t.Errorf("%s: got %d notes of one task after %d polls, want few", row.name, known, polls)
		}
	}
}
