package schedtest

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"stealbench/internal/sched"
)

// NewPool starts a variant.
type NewPool func(sched.Config) (Pool, error)

// tests is the suite, by what is promised.
var tests = []struct {
	name    string
	workers []int
	run     func(t *testing.T, s suite, workers int)
}{
	{"exactlyOnce", []int{1, 2, 4}, exactlyOnce},
	{"noLostWakeup/outsideSpawn", []int{1, 2, 4}, wakeupOutsideSpawn},
	{"noLostWakeup/pending", []int{1, 2, 4}, wakeupPending},
	{"noLostWakeup/once", []int{1, 2, 4}, wakeupOnce},
	{"noLostWakeup/stale", []int{1, 2, 4}, wakeupStale},
	{"allMeet/outside", []int{1, 2, 4}, meetOutside},
	{"allMeet/inside", []int{1, 2, 4}, meetInside},
	{"allMeet/spawnerToo", []int{1, 2, 4}, meetSpawnerToo},
	{"helpingJoin/nested", []int{1, 2, 4}, joinNested},
	{"helpingJoin/wide", []int{1, 2, 4}, joinWide},
	{"helpingJoin/stolen", []int{2, 4}, joinStolen},
	{"helpingJoin/pending", []int{1, 2, 4}, joinPending},
	{"helpingJoin/yielding", []int{1, 2, 4}, joinYielding},
	{"close/queued", []int{1, 2, 4}, closeQueued},
	{"close/concurrent", []int{1, 2, 4}, closeConcurrent},
	{"close/run", []int{1, 4}, closeRun},
	{"close/again", []int{2}, closeAgain},
	{"close/joining", []int{1, 2, 4}, closeJoining},
	{"close/leftBehind", []int{2, 4}, closeLeftBehind},
	{"close/goexit", []int{1, 2}, closeGoexit},
	{"close/pendingJoin", []int{1, 2, 4}, closePendingJoin},
	{"close/cycles", []int{1, 2, 4}, closeCycles},
	{"panics/detached", []int{1, 2, 4}, panicDetached},
	{"panics/own", []int{1, 2, 4}, panicOwn},
	{"panics/stolen", []int{2, 4}, panicStolen},
	{"panics/run", []int{1, 2}, panicRun},
	{"panics/goexit", []int{1, 2}, panicGoexit},
	{"panics/goexitJoined", []int{1, 2}, panicGoexitJoined},
	{"yieldOrder", []int{1}, yieldOrder},
	{"starvation", []int{1}, starvation},
	{"counters/balance", []int{1, 2, 4}, countersBalance},
	{"counters/monotone", []int{1, 2, 4}, countersMonotone},
	{"dump/everywhere", []int{1, 2, 4}, dumpEverywhere},
	{"dump/underLoad", []int{1, 2, 4}, dumpUnderLoad},
	{"dump/wedged", []int{1, 2, 4}, dumpWedged},
	{"dump/idle", []int{1, 2, 4}, dumpIdle},
	{"dump/many", []int{1, 2, 4}, dumpMany},
	{"dump/concurrent", []int{1, 2, 4}, dumpConcurrent},
	{"dump/cancelled", []int{1, 2, 4}, dumpCancelled},
	{"dump/close", []int{1, 2, 4}, dumpClose},
	{"dump/counts", []int{1, 2, 4}, dumpCounts},
	{"invariants", []int{1, 2, 4}, invariants},
	{"workloads", []int{1, 2, 4}, workloadAnswers},
}

// blocking are the tests with tasks that wait for others that tasks spawned, but in a join.
var blocking = []string{"allMeet/inside", "allMeet/spawnerToo", "helpingJoin/stolen", "close/leftBehind",
	"panics/stolen"}

// Run runs the suite on one variant.
func Run(t *testing.T, newPool NewPool) { suite{newPool: newPool}.runAll(t) }

// RunNoBlocking runs what of the suite keeps the promise of Config.NoBlocking, with that
// set.
func RunNoBlocking(t *testing.T, newPool NewPool) { suite{newPool, true}.runAll(t) }

func (s suite) runAll(t *testing.T) {
	for _, test := range tests {
		if s.noBlocking && slices.Contains(blocking, test.name) {
			continue
		}
		t.Run(test.name, func(t *testing.T) {
			for _, workers := range test.workers {
				t.Run(fmt.Sprintf("workers=%d", workers), func(t *testing.T) {
					Guard(t)
					test.run(t, s, workers)
				})
			}
		})
	}
}

type suite struct {
	newPool    NewPool
	noBlocking bool
}

// open starts a pool with default settings.
func (s suite) open(t *testing.T, workers int) Pool {
	t.Helper()
	return s.openWith(t, sched.Config{Workers: workers})
}

func (s suite) openWith(t *testing.T, c sched.Config) Pool {
	t.Helper()
	c.NoBlocking = s.noBlocking
	p, err := s.newPool(c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// scaled is how often to do what a full test does n times.
func scaled(n int) int {
	switch {
	case testing.Short():
		n /= 50
	case RaceEnabled:
		n /= 10
	}
	return max(n, 10)
}

// mustClose closes a pool in which every task ran to its end.
func mustClose(t *testing.T, p Pool) {
	t.Helper()
	if err := p.Close(); err != nil {
		t.Errorf("Close: got %v, want nil", err)
	}
}

func mustSpawn(t *testing.T, p Pool, fn func(Ctx)) {
	t.Helper()
	if err := p.Spawn(fn); err != nil {
		t.Fatalf("Spawn: got %v, want nil", err)
	}
}

func mustSpawnPoll(t *testing.T, p Pool, fn func(Ctx) sched.Poll) {
	t.Helper()
	if err := p.SpawnPoll(fn); err != nil {
		t.Fatalf("SpawnPoll: got %v, want nil", err)
	}
}

func mustRun(t *testing.T, p Pool, fn func(Ctx)) {
	t.Helper()
	if err := p.Run(fn); err != nil {
		t.Fatalf("Run: got %v, want nil", err)
	}
}

// closeError closes p and returns what it reports, zero for nothing.
func closeError(t *testing.T, p Pool) sched.CloseError {
	t.Helper()
	err := p.Close()
	if err == nil {
		return sched.CloseError{}
	}
	var e *sched.CloseError
	if !errors.As(err, &e) {
		t.Fatalf("Close: got %T %v, want *sched.CloseError", err, err)
	}
	return *e
}

// giveWay is called in loops that end when another goroutine has done something:
// on wasm, with one thread, none is preempted.
func giveWay() {
	if runtime.GOARCH == "wasm" {
		runtime.Gosched()
	}
}

// until waits for cond, which other goroutines or tasks make true.
func until(cond func() bool) {
	for !cond() {
		runtime.Gosched()
	}
}

// idleFor gives a pool time to fall asleep, by round: none, little, enough.
func idleFor(round int) {
	switch round % 4 {
	case 1:
		runtime.Gosched()
	case 2:
		for range 20 {
			runtime.Gosched()
		}
	case 3:
		time.Sleep(50 * time.Microsecond)
	}
}
