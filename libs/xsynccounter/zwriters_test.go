// Code generated from ../../impls/chaselev/writers_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"sync"
	"testing"

	"stealbench/internal/sched"
)

// TestCountersOfManyWriters: what is counted outside workers, and what all of them
// count on one cell, loses nothing.
func TestCountersOfManyWriters(t *testing.T) {
	const writers, each = 4, 100_000
	s := atRest(t, sched.Config{Workers: 1})
	if !s.Snapshot().Extended {
		t.Skip("nothing is counted by this variant, or at this level")
	}
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for range each {
				s.board.incRemoteSchedule()
				s.board.incRemoteWake()
				s.board.incRefused()
				s.board.addCancelled(2)
			}
		})
	}
	all.Wait()
	got := s.Snapshot()
	for _, c := range []struct {
		name      string
		got, want uint64
	}{
		{"remote schedules", got.RemoteScheduleCount, writers * each},
		{"remote wakes", got.RemoteWakeCount, writers * each},
		{"refused", got.RefusedCount, writers * each},
		{"cancelled", got.CancelledCount, 2 * writers * each},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, c.got, c.want)
		}
	}
}
