// Code generated from ../../impls/chaselev/dump_pause_test.go by go generate ./impls; DO NOT EDIT.

//go:build !nodump

package xsynccounter

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"stealbench/internal/sched"
)

// The tests here have a false clock, on which waiting takes no time.

func openPool(t *testing.T, c sched.Config) *Scheduler {
	t.Helper()
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestDumpTimeout: with a worker wedged the answer comes after 250 ms sharp, or
// at once if the scheduler closes.
func TestDumpTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openPool(t, sched.Config{Workers: 2})
		end := make(chan struct{})
		if err := s.Spawn(func(*Worker) { <-end }); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		for range 2 {
			begin := time.Now()
			_, err := s.Dump(context.Background())
			if took := time.Since(begin); !errors.As(err, new(*sched.DumpTimeoutError)) || took != 250*time.Millisecond {
				t.Errorf("got %v after %v, want a time-out after 250ms", err, took)
			}
		}
		begin := time.Now()
		var dump, closing sync.WaitGroup
		dump.Go(func() {
			if _, err := s.Dump(context.Background()); err != sched.ErrClosed || time.Since(begin) != 0 {
				t.Errorf("got %v after %v, want %v at once", err, time.Since(begin), sched.ErrClosed)
			}
		})
		synctest.Wait()
		closing.Go(func() { _ = s.Close() })
		dump.Wait()
		close(end)
		closing.Wait()
	})
}

// TestDumpSlowPicks: a worker comes before its next pick, however far its next
// event is, and whatever it knows of its picks' times.
func TestDumpSlowPicks(t *testing.T) {
	const pick = 100 * time.Millisecond
	loads := map[string]func(w *Worker){
		"tasks": func(w *Worker) {
			for range 20 {
				w.Go(func(*Worker) { time.Sleep(pick) })
			}
		},
		"a task that joins its forks": func(w *Worker) {
			for range 20 {
				child := w.NewTask(runClosure)
				child.Ref = func(*Worker) { time.Sleep(pick) }
				w.Fork(child)
				w.Join(child)
			}
		},
	}
	for name, load := range loads {
		for _, c := range []sched.Config{
			{}, {NoClock: true}, {EventInterval: sched.MaxInterval, GlobalQueueInterval: sched.MaxInterval},
		} {
			synctest.Test(t, func(t *testing.T) {
				c.Workers = 1
				s := openPool(t, c)
				if err := s.Spawn(load); err != nil {
					t.Fatal(err)
				}
				for range 5 {
					time.Sleep(pick / 3)
					d, err := s.Dump(context.Background())
					if err != nil {
						t.Errorf("%s, %+v: got %v, want an answer after one pick", name, c, err)
					} else if d.Waited > pick {
						t.Errorf("%s, %+v: got an answer after %v, want one after a pick of %v", name, c, d.Waited, pick)
					}
				}
				_ = s.Close()
			})
		}
	}
}

// TestDumpPause (D11): for a worker that stands still in a dump, between two
// picks in a join or asleep, nothing is counted: no busy time, no poll time, and
// no event.
func TestDumpPause(t *testing.T) {
	if !haveClock {
		t.Skip("no clock")
	}
	buckets, err := sched.LinearBuckets(10*time.Millisecond, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []sched.Config{{}, {PollTimes: sched.PollTimes{Buckets: buckets}}} {
		synctest.Test(t, func(t *testing.T) {
			c.Workers = 2
			s := openPool(t, c)
			end := make(chan struct{})
			if err := s.Spawn(func(*Worker) { <-end }); err != nil { // the other worker never comes
				t.Fatal(err)
			}
			synctest.Wait()
			before := s.Snapshot()
			if !before.Extended {
				close(end)
				_ = s.Close()
				t.Skip("not counted by this variant or level")
			}
			var here []*Worker
			if err := s.Run(func(w *Worker) {
				here = append(here, w)
				for range 3 {
					go func() { _, _ = s.Dump(context.Background()) }()
					synctest.Wait()
					child := w.NewTask(neverTask)
					w.Fork(child)
					w.Join(child) // stands still for 250 ms
				}
			}); err != nil {
				t.Fatal(err)
			}
			for !s.workers[here[0].index].parker.blocked.Load() {
				time.Sleep(time.Microsecond)
			}
			got := s.Snapshot().Delta(before)
			n := got.Total()
			if n.PollCount != 4 || n.SpawnCount != 3 || n.StealCount+n.OverflowCount+n.StealOperations != 0 || n.ParkCount != 1 {
				t.Errorf("got %+v, want 4 picks, 3 spawns and a park", n)
			}
			if busy := time.Duration(n.BusyDurationTotal); busy > 50*time.Millisecond {
				t.Errorf("got %v busy, want none of the 750ms in dumps", busy)
			}
			for b, count := range got.TotalPollTimes() {
				if b > 0 && count > 0 {
					t.Errorf("got poll times %v, want all in the first bucket, below 10ms", got.TotalPollTimes())
					break
				}
			}
			close(end)
			_ = s.Close()
		})
	}
}

// TestDumpForgottenWaker: a task that is pending and made no Waker is what one
// looks for in a dump.
func TestDumpForgottenWaker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openPool(t, sched.Config{Workers: 1})
		if err := s.SpawnTask(func(*Worker, *Task) sched.Poll { return sched.Pending }, [2]int64{}, nil); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		d, err := s.Dump(context.Background())
		if err != nil || len(d.Tasks) != 1 || d.Tasks[0].State != sched.TaskIdle {
			t.Errorf("got %v, %v, want one idle task", d, err)
		}
		_ = s.Close()
	})
}
