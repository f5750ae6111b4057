// Code generated from ../../impls/chaselev/alloc_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"sync"
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
	"stealbench/internal/uts"
)

// TestAllocations runs every workload until it has the memory it needs, and
// then wants no allocation per task: a run may make a channel and a closure.
func TestAllocations(t *testing.T) {
	if schedtest.RaceEnabled {
		t.Skip("the race detector allocates")
	}
	if queueCapacity < 256 {
		t.Skip("overflow moves tasks to other workers all the time: how many a run needs is a matter of luck")
	}
	schedtest.Guard(t)
	const perTask = 0.001
	for _, config := range []sched.Config{{Workers: 1}, {Workers: 2}, {Workers: 2, NoBlocking: true}} {
		workers := config.Workers
		s, err := New(config)
		if err != nil {
			t.Fatal(err)
		}
		fillPool(t, s, 25_000)
		for _, row := range []struct {
			name   string
			params sched.Params
		}{
			{"burst", sched.Params{N: 1000, M: 20}},
			{"chained_spawn", sched.Params{N: 20_000}},
			{"fib", sched.Params{N: 20}},
			{"matmul", sched.Params{N: 64, M: 2}},
			{"nqueens", sched.Params{N: 9}},
			{"open", sched.Params{N: 20_000, M: 10, Arrivals: sched.NewArrivals(20_000)}},
			{"ping_pong", sched.Params{N: 10_000}},
			{"skynet", sched.Params{N: 4}},
			{"spawn_many_inside", sched.Params{N: 20_000}},
			{"spawn_many_outside", sched.Params{N: 20_000}},
			{"spawn_many_remote_busy", sched.Params{N: 20_000}},
			{"spawn_many_remote_idle", sched.Params{N: 20_000}},
			{"uts", sched.Params{Tree: uts.Tree{Kind: uts.Geometric, Shape: uts.Fixed, B0: 4, Depth: 7, Seed: 19}}},
			{"yield_many", sched.Params{N: 1000, M: 20}},
		} {
			var tasks uint64
			run := func() {
				answer, err := s.RunWorkload(row.name, row.params)
				if err != nil {
					t.Fatal(err)
				}
				tasks = answer.Tasks
			}
			for range 2 {
				run()
			}
			allocs := testing.AllocsPerRun(2, run)
			if got := allocs / float64(tasks); got >= perTask {
				t.Errorf("%s, %d workers: got %.0f allocations for %d tasks, %.4f each, want less than %v",
					row.name, workers, allocs, tasks, got, perTask)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// fillPool leaves at least n free tasks in s, more than any run has at a time:
// how many wait while others spawn is a matter of luck.
func fillPool(t *testing.T, s *Scheduler, n int) {
	t.Helper()
	release := make(chan struct{})
	var tasks sync.WaitGroup
	tasks.Add(n)
	for range n {
		if err := s.Spawn(func(*Worker) {
			<-release
			tasks.Done()
		}); err != nil {
			t.Fatal(err)
		}
	}
	close(release)
	tasks.Wait()
}
