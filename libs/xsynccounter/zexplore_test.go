// Code generated from ../../impls/chaselev/explore_test.go by go generate ./impls; DO NOT EDIT.

//go:build explore

package xsynccounter

import (
	"fmt"
	"testing"

	"stealbench/internal/explore"
	"stealbench/internal/sched"
)

// scenarios are explored schedule by schedule (package explore), by what is
// promised. Bounds are what a few seconds allow.
var scenarios = []struct {
	name   string
	bounds explore.Bounds
	run    explore.Scenario
}{
	{"queue/last", explore.Bounds{Preemptions: 3, Walks: 2000}, queueLoad{owner: "+-", thieves: 2, steals: 1}.run},
	{"queue/mixed", explore.Bounds{Preemptions: 3, Walks: 2000}, queueLoad{owner: "++-+--", thieves: 2, steals: 2}.run},
	{"queue/thief", explore.Bounds{Preemptions: 3, Walks: 2000}, queueLoad{owner: "+++-+--", thieves: 1, steals: 4}.run},
	{"queue/wrap", explore.Bounds{Preemptions: 3, Walks: 2000}, queueLoad{start: 3, filled: 2, owner: "++--++-", thieves: 1, steals: 3}.run},
	{"queue/full", explore.Bounds{Preemptions: 3, Walks: 2000}, queueLoad{start: 2, filled: 3, owner: "+++", thieves: 2, steals: 1}.run},
	{"queue/claimHalf", explore.Bounds{Preemptions: 3, Walks: 2000}, queueLoad{start: 1, filled: 4, owner: "h-+h", thieves: 2, steals: 1}.run},
	{"queue/len", explore.Bounds{Preemptions: 3, Walks: 2000}, queueLoad{start: 3, filled: 3, owner: "-+++-+", thieves: 1, steals: 3, looks: 2}.run},
	{"queue/batch", explore.Bounds{Preemptions: 3, Walks: 2000}, queueLoad{start: 1, owner: "r-r--", thieves: 2, steals: 2}.run},
	{"queue/popIf", explore.Bounds{Preemptions: 3, Walks: 2000}, queueLoad{owner: "+i++ii", thieves: 2, steals: 1}.run},
	{"overflow", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreOverflow},
	{"stealHalf", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreStealHalf},
	{"inject/order", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreInject},
	{"inject/close", explore.Bounds{Preemptions: 3, Walks: 2000}, closeLoad{spawns: 2, closes: 1}.run},
	{"inject/closeTwice", explore.Bounds{Preemptions: 2, Walks: 2000}, closeLoad{spawns: 1, closes: 2}.run},
	{"park/notify", explore.Bounds{Preemptions: 3, Walks: 2000}, parkLoad{workers: 1, tasks: 2}.run},
	{"park/blocks", explore.Bounds{Preemptions: 3, InShort: 2, Walks: 20_000}, parkLoad{workers: 2, tasks: 2}.run},
	{"park/handOn", explore.Bounds{Preemptions: 3, InShort: 2, Walks: 20_000}, parkLoad{workers: 2, tasks: 1, children: 1}.run},
	{"park/yielded", explore.Bounds{Preemptions: 3, InShort: 2, Walks: 2000}, exploreYieldedSight},
	{"park/close", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreParkClose},
	{"join/finish", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreFinish},
	{"join/sight", explore.Bounds{Preemptions: 3, InShort: 2, Walks: 2000}, exploreSight},
	{"join/waker", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreJoinWaker},
	{"join/cancel", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreCancel},
	{"join/reuse", explore.Bounds{Preemptions: 3, Walks: 20_000}, exploreReuse},
	{"wake/once", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreWake},
	{"wake/again", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreAgain},
	{"wake/yielded", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreYielded},
	{"wake/stale", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreStale},
	{"submit/reader", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreSubmit},
	{"counters/spawn", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreCountSpawns},
	{"counters/wake", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreCountWakes},
	{"counters/cancel", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreCountCancels},
	{"counters/workers", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreCountWorkers},
	{"dump/timeOut", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreTimeOut},
	{"dump/sleeper", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreSleeper},
	{"dump/close", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreDumpClose},
	{"dump/lists", explore.Bounds{Preemptions: 3, InShort: 2, Walks: 2000}, listLoad{fromOutside, idleOne, queued, queued2, queued3}.run},
	{"dump/listsJoins", explore.Bounds{Preemptions: 3, Walks: 2000}, listLoad{queued, parent}.run},
	{"dump/listsYields", explore.Bounds{Preemptions: 3, InShort: 2, Walks: 2000}, listLoad{idleOne, yielding}.run},
}

// exploredLeast is how many schedules all scenarios have at least, in a short
// test: most of what they have. Six variants make six million.
const exploredLeast = 800_000

func TestExplore(t *testing.T) {
	ran, total := 0, 0
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			ran++
			if readsCounters(s.name) && len(explored(1).Snapshot().Workers) == 0 {
				t.Skip("nothing is counted by this variant")
			}
			total += explore.Check(t, s.run, s.bounds).Schedules
		})
	}
	if t.Logf("%d schedules", total); ran == len(scenarios) && total < exploredLeast {
		t.Errorf("got %d schedules, want at least %d: are the scenarios still what they were?", total, exploredLeast)
	}
}

// explored is a scheduler whose workers are threads of a scenario.
func explored(workers int) *Scheduler {
	c, err := sched.Config{Workers: workers, NoClock: true}.WithDefaults()
	if err != nil {
		panic(err)
	}
	return build(c)
}

// census counts how often each task was seen.
type census map[int64]int

func (c census) add(tasks ...*Task) {
	for _, t := range tasks {
		if t != nil {
			c[t.Args[0]]++
		}
	}
}

// once wants tasks 0 to n-1 once each.
func (c census) once(n int) error {
	for i := range int64(n) {
		if c[i] != 1 {
			return fmt.Errorf("task %d of %d: got it %d times, want once", i, n, c[i])
		}
	}
	return nil
}

// addQueued adds all that waits in a queue of s.
func (c census) addQueued(s *Scheduler) {
	for _, t := range popped(&s.inject, 100) {
		c.add(t)
	}
	for _, w := range s.workers {
		c.add(w.lifoSlot)
		for t := w.queue.pop(); t != nil; t = w.queue.pop() {
			c.add(t)
		}
	}
}

// idleChecked is what holds of the idle state at every step.
func idleChecked(s *Scheduler) func() error {
	return func() error {
		if !s.idle.mu.Ready() { // held: somebody is changing it
			return nil
		}
		return s.idle.broken()
	}
}
