// Code generated from ../../impls/chaselev/soak_park_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"stealbench/internal/sched"
)

// soakPark drives park, unpark and notify without run loops: what a worker waits
// for comes at any moment around its park. A wakeup that is lost hangs. It parks n
// times, and counts the tasks that came when all workers blocked.
func soakPark(t *testing.T, workers, n int, random *rand.Rand) (asleep, joins int64) {
	t.Helper()
	c := sched.Config{Workers: workers}
	s := atRest(t, c)
	parks, asleep := soakParkTasks(s, int64(n), random)
	if snapshot := s.Snapshot(); len(snapshot.Workers) > 0 && snapshot.Total().ParkCount != uint64(parks) {
		t.Errorf("got %d parks counted, want the %d made", snapshot.Total().ParkCount, parks)
	}
	if got, want := s.idle.state.Load(), uint64(workers)*oneUnparked; got != want {
		t.Errorf("idle state at the end: got %#x, want %#x", got, want)
	}
	joins = int64(n / 8)
	soakParkJoins(atRest(t, c), joins, random)
	return asleep, joins
}

// soakParkTasks has every worker take tasks from the injection queue, and park
// when there is none. The next task comes when the last one was taken; at the end
// one for each worker, which it leaves with.
func soakParkTasks(s *Scheduler, n int64, random *rand.Rand) (made, asleep int64) {
	var parks, taken atomic.Int64
	var group sync.WaitGroup
	for _, w := range s.workers {
		group.Go(func() {
			for last := false; !last; {
				t := s.inject.pop()
				if t == nil {
					if parks.Load()%4 == 0 {
						runtime.Gosched() // here a task wakes nobody
					}
					w.park(nil)
					parks.Add(1)
					continue
				}
				if w.searching {
					w.stopSearching()
				}
				last = t.Args[0] == 1
				taken.Add(1)
			}
		})
	}
	push := func(t *Task) {
		if s.allBlocked() {
			asleep++
		}
		s.inject.push(t, true)
		s.notifyParked()
	}
	one := new(Task)
	for pushed := int64(1); parks.Load() < n; pushed++ {
		push(one)
		for taken.Load() < pushed {
			runtime.Gosched()
		}
		spin(random.IntN(2000))
	}
	for range s.workers {
		push(&Task{Args: [2]int64{1}})
	}
	group.Wait()
	return parks.Load(), asleep
}

// soakParkJoins has the first worker wait for the end of a task, which comes from
// another goroutine, n times.
func soakParkJoins(s *Scheduler, n int64, random *rand.Rand) {
	w, finisher := s.workers[0], s.workers[len(s.workers)-1]
	joined := new(Task)
	var began, ended atomic.Int64
	var group sync.WaitGroup
	group.Go(func() {
		for round := int64(1); round <= n; round++ {
			joined.state.Store(0)
			began.Store(round)
			for joined.state.Load()&flagDone == 0 {
				if round%4 != 0 {
					w.waitFor(joined)
					continue
				}
				joined.joiner = uint16(w.index)
				if joined.state.Or(flagJoining)&flagDone == 0 {
					runtime.Gosched() // here its end wakes nobody
					w.park(joined)
				}
			}
			for ended.Load() < round {
				runtime.Gosched()
			}
		}
	})
	for round := int64(1); round <= n; round++ {
		for began.Load() < round {
			runtime.Gosched()
		}
		spin(random.IntN(1000))
		finisher.finish(joined, flagDone)
		ended.Store(round)
	}
	group.Wait()
}
