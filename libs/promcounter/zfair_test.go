// Code generated from ../../impls/chaselev/fair_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"sync/atomic"
	"testing"
	"time"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// remoteNoise respawns itself through the injection queue until stop.
func remoteNoise(s *Scheduler, stop *atomic.Bool) PollFunc {
	var noise PollFunc
	noise = func(*Worker, *Task) sched.Poll {
		if !stop.Load() {
			_ = s.SpawnTask(noise, [2]int64{}, nil) // refused once s closes
		}
		return sched.Ready
	}
	return noise
}

// runsUnderNoise starts one worker with remoteNoise, which the task that start
// polls must outlive: it ends by setting the flag.
func runsUnderNoise(t *testing.T, c sched.Config, start func(w *Worker, done *atomic.Bool)) {
	t.Helper()
	schedtest.Guard(t)
	c.Workers = 1
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	var stop, done atomic.Bool
	if err := s.Spawn(func(w *Worker) {
		_ = s.SpawnTask(remoteNoise(s, &stop), [2]int64{}, nil)
		start(w, &done)
	}); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(2 * time.Second); !done.Load() && time.Now().Before(end); {
		time.Sleep(10 * time.Microsecond)
	}
	if !done.Load() {
		t.Error("got a task that waits for ever, want it to run")
	}
	stop.Store(true)
	_ = s.Close()
}

// A task that yielded behind local tasks was starved by tasks from outside: the
// owner's pops do not move the position that a fair pick waited for.
func TestYieldedNotStarvedFromOutside(t *testing.T) {
	runsUnderNoise(t, sched.Config{}, func(w *Worker, done *atomic.Bool) {
		for range 3 {
			w.Go(func(*Worker) {})
		}
		yields := w.NewTask(func(_ *Worker, t *Task) sched.Poll {
			if t.Args[0]++; t.Args[0] == 1 {
				return sched.Yielded
			}
			done.Store(true)
			return sched.Ready
		})
		w.Spawn(yields)
	})
}

// With a look at the injection queue at every tick, tasks from outside starved
// the local queue.
func TestLocalNotStarvedAtInterval1(t *testing.T) {
	runsUnderNoise(t, sched.Config{GlobalQueueInterval: 1}, func(w *Worker, done *atomic.Bool) {
		w.Go(func(*Worker) { done.Store(true) })
		for range 3 { // run from the LIFO slot, behind the first pick
			w.Go(func(*Worker) {})
		}
	})
}

// Tasks that yielded came back through the local queue, where a fair pick took
// the last of them first.
func TestYieldedInOrderWithOneWorker(t *testing.T) {
	schedtest.Guard(t)
	s, err := New(sched.Config{Workers: 1, GlobalQueueInterval: 7})
	if err != nil {
		t.Fatal(err)
	}
	const n, turns = min(200, queueCapacity), 4 // overflow would change the order
	var order []int64
	done := make(chan struct{})
	if err := s.Spawn(func(w *Worker) {
		for i := range int64(n) {
			yields := w.NewTask(func(_ *Worker, t *Task) sched.Poll {
				order = append(order, t.Args[1])
				if t.Args[0]++; t.Args[0] < turns {
					return sched.Yielded
				}
				if len(order) == n*turns {
					close(done)
				}
				return sched.Ready
			})
			yields.Args[1] = i
			w.Spawn(yields)
		}
	}); err != nil {
		t.Fatal(err)
	}
	<-done
	for i := n; i < len(order); i++ {
		if got, want := order[i], order[i-n]; got != want {
			t.Fatalf("poll %d: got task %d, want %d as one turn before", i, got, want)
		}
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: got %v, want nil", err)
	}
}
