// Code generated from ../../impls/chaselev/join_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"errors"
	"runtime"
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// onOneWorker runs fn as a task of a scheduler with one worker.
func onOneWorker(t *testing.T, c sched.Config, fn func(w *Worker)) {
	t.Helper()
	schedtest.Guard(t)
	c.Workers = 1
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(fn); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestJoinRecycles: the task that was joined last is the next one.
func TestJoinRecycles(t *testing.T) {
	onOneWorker(t, sched.Config{}, func(w *Worker) {
		one := w.NewTask(runClosure)
		one.Ref = func(*Worker) {}
		w.Fork(one)
		w.Join(one)
		if w.NewTask(runClosure) != one {
			t.Error("got a joined task that is not used again")
		}
	})
}

// TestJoinPollsAWokenTask: a task that waits woken where its joiner takes it runs
// as one that was polled before: a wake during its poll is not lost. At an event
// interval of 1 something is due at every tick.
func TestJoinPollsAWokenTask(t *testing.T) {
	for _, c := range []sched.Config{{}, {EventInterval: 1}, {GlobalQueueInterval: 1}} {
		onOneWorker(t, c, func(w *Worker) {
			var waker, helped Waker
			polls := 0
			woken := w.NewTask(func(w *Worker, t *Task) sched.Poll {
				switch polls++; polls {
				case 1: // in the other's join
					waker = w.Waker(t)
					w.Wake(helped)
					return sched.Pending
				case 2: // in its own
					w.Wake(waker)
					return sched.Pending
				}
				return sched.Ready
			})
			w.Fork(woken)
			other := w.NewTask(func(w *Worker, t *Task) sched.Poll {
				if t.Args[0]++; t.Args[0] == 1 {
					helped = w.Waker(t)
					return sched.Pending
				}
				return sched.Ready
			})
			w.Fork(other)
			w.Join(other)
			if polls != 1 {
				t.Errorf("%+v: got %d polls in the join of the other, want 1", c, polls)
			}
			w.Wake(waker)
			w.Join(woken)
			if polls != 3 {
				t.Errorf("%+v: got %d polls, want 3", c, polls)
			}
		})
	}
}

// TestPanicAfterHelping: a poll that panics after it has helped ends itself, not the
// task that it ran, which is another one by now, and not the worker.
func TestPanicAfterHelping(t *testing.T) {
	for _, inHelped := range []any{nil, "helped"} {
		schedtest.Guard(t)
		s, err := New(sched.Config{Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		var helped, next *Task
		if err := s.Spawn(func(w *Worker) {
			child := w.NewTask(runClosure)
			child.Ref = func(*Worker) {}
			w.Fork(child)
			helped = w.NewTask(runClosure) // in the slot, so before the child
			helped.Ref = func(*Worker) {
				if inHelped != nil {
					panic(inHelped)
				}
			}
			w.Spawn(helped)
			w.Join(child)
			panic("after")
		}); err != nil {
			t.Fatal(err)
		}
		if err := s.Run(func(w *Worker) {
			seen := map[*Task]bool{}
			for range 10 {
				if next = w.NewTask(runClosure); seen[next] {
					t.Error("got the same task twice")
				}
				seen[next] = true
			}
		}); err != nil {
			t.Error(err)
		}
		want := 1
		if inHelped != nil {
			want++
		}
		var e *sched.CloseError
		if err := s.Close(); !errors.As(err, &e) || e.Panicked != want || e.Panics[want-1].Value != "after" {
			t.Errorf("helped task panics with %v: got %v, want %d panics, the last one after", inHelped, err, want)
		}
	}
}

// TestJoinEndsItsSearch: a joiner whose task ends while it searches is no longer
// searching when it goes on. It was the last one, so another looks for work.
func TestJoinEndsItsSearch(t *testing.T) {
	s := atRest(t, sched.Config{Workers: 2})
	w, other := s.workers[0], s.workers[1]
	s.idle.addSleeper(other, false)
	w.searching = s.idle.tryStartSearching()
	joined := new(Task)
	joined.state.Store(flagDone)
	w.help(joined)
	if w.searching || s.idle.asleep(other) {
		t.Errorf("got a joiner that searches %v, the other asleep %v, want neither", w.searching, s.idle.asleep(other))
	}
}

// TestJoinerWaitsAgain: a joiner is woken for other work and waits again just when
// its task ends. Only the race detector sees it write the index that the task's
// end reads.
func TestJoinerWaitsAgain(t *testing.T) {
	schedtest.Guard(t)
	s, err := New(sched.Config{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	rounds := 200
	if schedtest.RaceEnabled {
		rounds = 6000 // some of which meet
	}
	if err := s.Run(func(w *Worker) {
		for round := range rounds {
			stolen := make(chan struct{})
			joined := w.NewTask(func(w *Worker, _ *Task) sched.Poll {
				close(stolen)
				joiner := s.workers[1-w.index]
				for !s.idle.asleep(joiner) {
					runtime.Gosched()
				}
				_ = s.Spawn(func(*Worker) {})      // wakes the joiner to search,
				for _, n := range []int{1, 0, 1} { // which runs it, searches again,
					for searchingOf(s.idle.state.Load()) != n && !s.idle.asleep(joiner) {
						if pause(0); !preemptive {
							runtime.Gosched()
						}
					}
				}
				for range round % 256 { // and gives up at about the end of this
					pause(0)
				}
				return sched.Ready
			})
			w.Fork(joined)
			pushed := w.NewTask(runClosure)
			pushed.Ref = func(*Worker) {}
			w.Fork(pushed) // out of the slot with the other, for the thief
			<-stolen
			w.Join(pushed)
			w.Join(joined)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
