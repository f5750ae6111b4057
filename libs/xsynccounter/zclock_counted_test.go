// Code generated from ../../impls/chaselev/clock_counted_test.go by go generate ./impls; DO NOT EDIT.

//go:build countclock && !noclock

package xsynccounter

import (
	"runtime"
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// TestClockReads counts every look at the clock from New to Close, with one
// worker, where all of them are known:
//
//	1   when the run loop begins, and 1 when it ends
//	1   a maintenance: end of one work stretch and begin of the next
//	2   a search for work: end of a stretch, begin of the next
//	2   a pick, for the histogram; 1 a follow-up, if it is per poll
//	1   a spawn from outside, for the ages in dumps; less while others wait
//	1   a spawn, with SpawnSites, from outside or not
func TestClockReads(t *testing.T) {
	schedtest.Guard(t)
	buckets, err := sched.LinearBuckets(sched.DefaultLinearWidth, sched.DefaultLinearBuckets)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name                            string
		config                          sched.Config
		clock, picks, followUps, spawns int64 // 1: looks of this kind are on
	}{
		{"default", sched.Config{}, 1, 0, 0, 0},
		{"submits every tick", sched.Config{EventInterval: 1}, 1, 0, 0, 0},
		{"a fixed interval", sched.Config{GlobalQueueInterval: 31}, 1, 0, 0, 0},
		{"poll times per pick", sched.Config{PollTimes: sched.PollTimes{Buckets: buckets}}, 1, 1, 0, 0},
		{"poll times per poll", sched.Config{PollTimes: sched.PollTimes{Buckets: buckets, PerPoll: true}}, 1, 1, 1, 0},
		{"spawn sites", sched.Config{SpawnSites: true}, 1, 0, 0, 1},
		{"counters only", sched.Config{NoClock: true}, 0, 0, 0, 0},
		{"counters only, spawn sites", sched.Config{NoClock: true, SpawnSites: true}, 0, 0, 0, 0},
	} {
		for _, load := range []struct {
			name  string
			p     sched.Params
			tasks int64
		}{
			{"fib", sched.Params{N: 15}, 1973}, {"chained_spawn", sched.Params{N: 1000}, 1000},
			{"spawn_many_inside", sched.Params{N: 1000}, 1000}, {"yield_many", sched.Params{N: 20, M: 50}, 20},
			{"ping_pong", sched.Params{N: 200}, 400}, {"spawn_many_outside", sched.Params{N: 1000}, 1000},
		} {
			c.config.Workers = 1
			clockReads.Store(0)
			s, err := New(c.config)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.RunWorkload(load.name, load.p); err != nil {
				t.Fatal(err)
			}
			for !s.Quiet() { // else a search may be cut short by Close
				runtime.Gosched()
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			got, w, snapshot := clockReads.Load(), s.workers[0], s.Snapshot()
			if !snapshot.Extended {
				t.Skip("this variant or level does not count picks and searches")
			}
			n := snapshot.Total()
			spawned := int64(snapshot.SpawnedTasks())
			least := c.clock * (2 + int64(w.tick)/int64(s.config.EventInterval) + 2*int64(n.StealAttempts))
			least += c.picks*2*int64(n.PollCount) + c.followUps*int64(n.FollowUpCount)
			most := least
			if outside := spawned - int64(n.SpawnCount); dumpCompiled {
				least += c.spawns*spawned + c.clock - c.spawns
				most += c.spawns*spawned + (c.clock-c.spawns)*outside
			}
			if got < least || got > most {
				t.Errorf("%s, %s: got %d looks at the clock for %d tasks, want %d to %d", c.name, load.name, got, load.tasks, least, most)
			}
			t.Logf("%s, %s: %.3f looks at the clock per task", c.name, load.name, float64(got)/float64(load.tasks))
		}
	}
}
