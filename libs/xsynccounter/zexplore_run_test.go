// Code generated from ../../impls/chaselev/explore_run_test.go by go generate ./impls; DO NOT EDIT.

//go:build explore

package xsynccounter

import (
	"fmt"
	"testing"

	"stealbench/internal/explore"
	"stealbench/internal/sched"
)

// TestExploreRuns explores whole schedulers, from New to Close.
func TestExploreRuns(t *testing.T) {
	for _, load := range ExploreLoads {
		for _, row := range []struct {
			workers int
			bounds  explore.Bounds
		}{
			{1, explore.Bounds{Preemptions: 3, Walks: 1000}},
			{2, explore.Bounds{Preemptions: 2, InShort: 1, Walks: 1000}},
		} {
			t.Run(fmt.Sprintf("%s/workers=%d", load, row.workers), func(t *testing.T) {
				explore.Check(t, ExploreLoad(load, row.workers, nil, func(sched.Snapshot) {}), row.bounds)
			})
		}
	}
}
