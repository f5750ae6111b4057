// Code generated from ../chaselev/fair_test.go by go generate ./impls; DO NOT EDIT.

package nometrics

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
