package schedtest

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stealbench/internal/sched"
)

// wakeupOutsideSpawn spawns one task at a time into a pool that is idle or about
// to be. A wakeup that is lost hangs.
func wakeupOutsideSpawn(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	ran := make(chan struct{})
	for round := range scaled(2000) {
		mustSpawn(t, p, func(Ctx) { ran <- struct{}{} })
		<-ran
		idleFor(round)
	}
	mustClose(t, p)
}

// wakeupPending wakes a task before, while and after it becomes pending, from a
// goroutine, from a task, and by a Waker used inside.
func wakeupPending(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	for _, row := range []struct {
		name string
		wake func(c Ctx, k Waker)
	}{
		{"itself before it is pending", func(c Ctx, k Waker) { c.Wake(k) }},
		{"itself from outside", func(_ Ctx, k Waker) { k.Wake() }},
		{"twice", func(c Ctx, k Waker) { c.Wake(k); k.Wake() }},
		{"a goroutine", func(_ Ctx, k Waker) { go k.Wake() }},
		{"two goroutines", func(_ Ctx, k Waker) { go k.Wake(); go k.Wake() }},
		{"a goroutine later", func(_ Ctx, k Waker) {
			go func() { time.Sleep(20 * time.Microsecond); k.Wake() }()
		}},
		{"a task", func(c Ctx, k Waker) { c.Go(func(c Ctx) { c.Wake(k) }) }},
		{"a task with the Waker for outside", func(c Ctx, k Waker) { c.Go(func(Ctx) { k.Wake() }) }},
		{"a task that others may steal", func(c Ctx, k Waker) {
			c.Go(func(c Ctx) { c.Wake(k) })
			c.Go(func(Ctx) {})
		}},
		{"a task and a goroutine", func(c Ctx, k Waker) {
			c.Go(func(c Ctx) { c.Wake(k) })
			go k.Wake()
		}},
	} {
		done := make(chan struct{})
		rounds := scaled(120)
		for round := range rounds {
			woken := 0 // polls of one task come one after the other
			mustSpawnPoll(t, p, func(c Ctx) sched.Poll {
				if woken == 3 {
					done <- struct{}{}
					return sched.Ready
				}
				woken++
				row.wake(c, c.Waker())
				return sched.Pending
			})
			select {
			case <-done:
			case <-time.After(hungAfter / 3):
				t.Fatalf("woken by %s, round %d: a pending task was lost", row.name, round)
			}
			idleFor(round)
		}
	}
	mustClose(t, p)
}

// wakeupOnce counts polls: a pending task that is woken once is polled once
// more, however many Wakers there are, and its polls never overlap.
func wakeupOnce(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	for round := range scaled(2000) {
		var polls, inside atomic.Int32
		wakers := make(chan Waker, 2)
		done := make(chan struct{})
		mustSpawnPoll(t, p, func(c Ctx) sched.Poll {
			if inside.Add(1) != 1 {
				t.Errorf("round %d: two polls of one task at once", round)
			}
			defer inside.Add(-1)
			if polls.Add(1) == 1 {
				k := c.Waker()
				wakers <- k
				wakers <- k
				return sched.Pending
			}
			close(done)
			return sched.Ready
		})
		var group sync.WaitGroup
		for range 2 {
			group.Go(func() { (<-wakers).Wake() })
		}
		group.Wait()
		<-done
		if got := polls.Load(); got != 2 {
			t.Errorf("round %d: got %d polls, want 2", round, got)
		}
	}
	mustClose(t, p)
}

// wakeupStale uses Wakers after their tasks are done and their memory serves
// other tasks: these must not be polled.
func wakeupStale(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	const n = 100
	var stale []Waker
	for round := range scaled(300) {
		// Tasks that make a Waker, wait to be woken, and end.
		polls := make([]atomic.Int32, n)
		wakers := make([]Waker, n)
		var pending, done sync.WaitGroup
		pending.Add(n)
		done.Add(n)
		for i := range n {
			mustSpawnPoll(t, p, func(c Ctx) sched.Poll {
				if polls[i].Add(1) == 1 {
					wakers[i] = c.Waker()
					pending.Done()
					return sched.Pending
				}
				done.Done()
				return sched.Ready
			})
		}
		pending.Wait()
		for _, k := range stale {
			k.Wake()
		}
		mustRun(t, p, func(c Ctx) {
			for _, k := range stale {
				c.Wake(k)
			}
		})
		for i := range polls {
			if got := polls[i].Load(); got != 1 {
				t.Fatalf("round %d: a pending task has %d polls after others' old Wakers, want 1", round, got)
			}
		}
		for _, k := range wakers {
			k.Wake()
		}
		done.Wait()
		stale = wakers
	}
	mustClose(t, p)
}
