// Code generated from ../../impls/chaselev/park_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"testing"
	"time"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// TestPark parks a worker when something has come between its last look and its
// place on the list, so that nobody will wake it.
func TestPark(t *testing.T) {
	for _, row := range []struct {
		name      string
		came      func(s *Scheduler, w *Worker, joined *Task)
		returns   bool
		searching bool
	}{
		{"nothing", func(*Scheduler, *Worker, *Task) {}, false, false},
		{"close", func(s *Scheduler, _ *Worker, _ *Task) { s.closing.Store(true) }, true, false},
		{"the joined task's end", func(_ *Scheduler, _ *Worker, joined *Task) { joined.state.Store(flagJoining | flagDone) }, true, false},
		{"the joined task's end, and a task on another worker", func(s *Scheduler, _ *Worker, joined *Task) {
			joined.state.Store(flagJoining | flagDone)
			s.workers[1].queue.push(new(Task))
		}, true, false},
		{"a task from outside", func(s *Scheduler, _ *Worker, _ *Task) { s.inject.push(new(Task), true) }, true, true},
		{"a task on another worker", func(s *Scheduler, _ *Worker, _ *Task) { s.workers[1].queue.push(new(Task)) }, true, true},
		{"a permit left over", func(_ *Scheduler, w *Worker, _ *Task) { w.parker.unpark() }, false, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			schedtest.Guard(t)
			s := atRest(t, sched.Config{Workers: 2})
			w, joined := s.workers[0], new(Task)
			joined.state.Store(flagJoining)
			row.came(s, w, joined)
			back := make(chan struct{})
			go func() {
				w.park(joined)
				close(back)
			}()
			wait := 5 * time.Second
			if !row.returns {
				wait = 20 * time.Millisecond
			}
			returned := false
			select {
			case <-back:
				returned = true
			case <-time.After(wait):
				s.wake(w)
				<-back
			}
			if returned != row.returns {
				t.Errorf("got back at once: %v, want %v", returned, row.returns)
			}
			if w.searching != row.searching {
				t.Errorf("searching: got %v, want %v", w.searching, row.searching)
			}
			checkIdle(t, &s.idle, 0)
			if got, want := s.idle.state.Load(), uint64(2*oneUnparked); !row.searching && got != want {
				t.Errorf("idle state: got %#x, want %#x", got, want)
			}
		})
	}
}
