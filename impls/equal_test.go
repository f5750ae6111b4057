//go:build explore

package impls_test

import (
	"fmt"
	"reflect"
	"testing"

	"stealbench/impls/adjacent"
	"stealbench/impls/batchless"
	"stealbench/impls/chaselev"
	"stealbench/impls/mutexbatchless"
	"stealbench/impls/mutexqueue"
	"stealbench/impls/sharedline"
	"stealbench/impls/singlewriter"
	"stealbench/internal/explore"
	"stealbench/internal/sched"
)

// TestBatchedEqualsUnbatched runs a variant that batches, and one with the same queue
// that counts in another way, under the same schedules, from New to Close. What they have counted whenever
// the scheduler is quiet, and in the end, must be the same, event by event.
// Operations on counters are no steps there, so that both make the same.
func TestBatchedEqualsUnbatched(t *testing.T) {
	type scenario = func(load string, workers int, quiet, ended func(sched.Snapshot)) explore.Scenario
	for _, v := range []struct {
		name       string
		base, load scenario
		view       func(sched.Snapshot) any // what is compared
	}{
		{"batchless", chaselev.ExploreLoad, batchless.ExploreLoad, everyWorker},
		{"singlewriter", chaselev.ExploreLoad, singlewriter.ExploreLoad, everyWorker},
		{"adjacent", chaselev.ExploreLoad, adjacent.ExploreLoad, everyWorker},
		{"sharedline", chaselev.ExploreLoad, sharedline.ExploreLoad, allWorkers},
		{"mutexbatchless", mutexqueue.ExploreLoad, mutexbatchless.ExploreLoad, everyWorker},
	} {
		for _, load := range chaselev.ExploreLoads {
			for _, row := range []struct {
				workers int
				bounds  explore.Bounds
			}{
				{1, explore.Bounds{Preemptions: 3, InShort: 2, Walks: 1000}},
				{2, explore.Bounds{Preemptions: 1, Walks: 1000}},
			} {
				t.Run(fmt.Sprintf("%s/%s/workers=%d", v.name, load, row.workers), func(t *testing.T) {
					var base, other counted
					atRest := 0
					explored := explore.CheckPair(t,
						v.base(load, row.workers, base.atRest, base.inTheEnd),
						v.load(load, row.workers, other.atRest, other.inTheEnd),
						row.bounds,
						func() error {
							defer func() { base, other = counted{}, counted{} }()
							if base.afterWork() {
								atRest++
							}
							return base.compare(other, v.view)
						})
					t.Logf("at rest after work in %d schedules", atRest)
					if atRest == 0 && explored.Schedules > 0 { // else a replay
						t.Error("never at rest after work: nothing was compared there")
					}
				})
			}
		}
	}
}

// counted is what a variant has counted under one schedule.
type counted struct {
	quiet []sched.Snapshot // at every step at which the scheduler was quiet
	end   sched.Snapshot
}

func (c *counted) atRest(s sched.Snapshot)   { c.quiet = append(c.quiet, s) }
func (c *counted) inTheEnd(s sched.Snapshot) { c.end = s }

// afterWork reports whether the scheduler was quiet after it had polled.
func (c *counted) afterWork() bool {
	return len(c.quiet) > 0 && c.quiet[len(c.quiet)-1].Total().PollCount > 0
}

// compare wants what the base has counted from another variant.
func (c *counted) compare(other counted, view func(sched.Snapshot) any) error {
	if got, want := len(other.quiet), len(c.quiet); got != want {
		return fmt.Errorf("got %d steps at rest, want the base's %d", got, want)
	}
	for i := range c.quiet {
		if got, want := view(other.quiet[i]), view(c.quiet[i]); !reflect.DeepEqual(got, want) {
			return fmt.Errorf("step %d at rest: got\n%+v\nwant what the base counts,\n%+v", i, got, want)
		}
	}
	if got, want := view(other.end), view(c.end); !reflect.DeepEqual(got, want) {
		return fmt.Errorf("after Close: got\n%+v\nwant what the base counts,\n%+v", got, want)
	}
	return nil
}

// everyWorker is all that a snapshot has.
func everyWorker(s sched.Snapshot) any { return s }

// allWorkers is what it has for all workers together.
func allWorkers(s sched.Snapshot) any {
	return []any{s.Total(), s.RemoteScheduleCount, s.RemoteWakeCount, s.RefusedCount, s.CancelledCount, s.SpawnedTasks(), s.AliveTasks(), s.TotalPollTimes()}
}
