//go:build explore

package impls_test

import (
	"fmt"
	"reflect"
	"testing"

	"stealbench/impls/batchless"
	"stealbench/impls/chaselev"
	"stealbench/impls/sharedline"
	"stealbench/internal/explore"
	"stealbench/internal/sched"
)

// TestBatchedEqualsUnbatched runs the base and a variant that counts in another
// way under the same schedules, from New to Close. What they have counted in the
// end must be the same, event by event. Operations on counters are no steps there,
// so that both make the same.
func TestBatchedEqualsUnbatched(t *testing.T) {
	for _, v := range []struct {
		name string
		load func(load string, workers int, ended func(sched.Snapshot)) explore.Scenario
		view func(sched.Snapshot) any // what is compared
	}{
		{"batchless", batchless.ExploreLoad, everyWorker},
		{"sharedline", sharedline.ExploreLoad, allWorkers},
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
					var base, other sched.Snapshot
					explore.CheckPair(t,
						chaselev.ExploreLoad(load, row.workers, func(s sched.Snapshot) { base = s }),
						v.load(load, row.workers, func(s sched.Snapshot) { other = s }),
						row.bounds,
						func() error {
							if got, want := v.view(other), v.view(base); !reflect.DeepEqual(got, want) {
								return fmt.Errorf("%s: got\n%+v\nwant what the base counts,\n%+v", v.name, got, want)
							}
							return nil
						})
				})
			}
		}
	}
}

// everyWorker is all that a snapshot has.
func everyWorker(s sched.Snapshot) any { return s }

// allWorkers is what it has for all workers together.
func allWorkers(s sched.Snapshot) any {
	return []any{s.Total(), s.RemoteScheduleCount, s.RemoteWakeCount, s.RefusedCount, s.CancelledCount, s.SpawnedTasks(), s.AliveTasks(), s.TotalPollTimes()}
}
