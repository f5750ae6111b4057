package schedtest

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/soak"
)

// cycle is one pool from start to close. Every task that was submitted ends in
// one of the other counts, or Close has dropped it or counted its panic.
type cycle struct {
	submitted, ran, left atomic.Int64
}

func (y *cycle) quick(Ctx) { y.ran.Add(1) }

func (y *cycle) panics(Ctx) { panic("cycle") }

// children spawns more than a local queue holds.
func (y *cycle) children(c Ctx) {
	for range queueCapacity + 40 {
		y.submitted.Add(1)
		c.Go(y.quick)
	}
	y.ran.Add(1)
}

func (y *cycle) forks(c Ctx) {
	forked := make([]Forked, 20)
	for i := range forked {
		y.submitted.Add(1)
		forked[i] = c.Fork(func(Ctx) int64 { y.ran.Add(1); return 0 })
	}
	joinAll(c, forked, joinOrders[1].index)
	y.ran.Add(1)
}

// yields returns a task that yields three times and wakes itself once.
func (y *cycle) yields() func(Ctx) sched.Poll {
	polls := 0
	return func(c Ctx) sched.Poll {
		switch polls++; polls {
		case 4:
			c.Wake(c.Waker())
			return sched.Pending
		case 5:
			y.ran.Add(1)
			return sched.Ready
		}
		return sched.Yielded
	}
}

// never is pending, and nobody wakes it.
func (y *cycle) never(c Ctx) sched.Poll {
	c.Waker()
	y.left.Add(1)
	return sched.Pending
}

// joinsNever waits in a join until Close.
func (y *cycle) joinsNever(c Ctx) {
	defer func() {
		if r := recover(); r == any(sched.ErrClosed) {
			y.ran.Add(1)
		}
	}()
	y.submitted.Add(1)
	c.Join(c.ForkPoll(y.never))
}

// spawn submits one task of kind i from outside, and reports whether p took it.
func (y *cycle) spawn(p Pool, i int) bool {
	var err error
	switch i % 8 {
	case 1:
		err = p.Spawn(y.panics)
	case 2:
		err = p.Spawn(y.children)
	case 3:
		err = p.Spawn(y.forks)
	case 4, 5:
		err = p.SpawnPoll(y.yields())
	case 6:
		err = p.SpawnPoll(y.never)
	default:
		err = p.Spawn(y.quick)
	}
	if err == nil {
		y.submitted.Add(1)
	}
	return err == nil
}

// cycles starts r.N pools, one after the other, submits to each, also while it
// closes, and counts what became of it all.
func (s soaker) cycles(t *testing.T, r soak.Round) []int64 {
	var ran, dropped, panicked, left, unaccounted int64
	goroutines := runtime.NumGoroutine()
	for i := range r.N {
		p := s.open(t, soakConfig(soak.Round{Index: i + r.Index, Random: r.Random}))
		y := new(cycle)
		for range r.Random.IntN(100) {
			y.spawn(p, r.Random.IntN(8))
		}
		if i%3 == 0 {
			y.submitted.Add(1)
			mustSpawn(t, p, y.joinsNever)
		}
		var spawner sync.WaitGroup
		switch i % 4 {
		case 0:
			until(p.Quiet)
		case 1:
			spawner.Go(func() {
				for k := 0; k < 300 && y.spawn(p, k); k++ {
					giveWay()
				}
			})
			idleFor(i)
		}
		e := closeError(t, p)
		spawner.Wait()
		ran, left = ran+y.ran.Load(), left+y.left.Load()
		dropped, panicked = dropped+int64(e.Dropped), panicked+int64(e.Panicked)
		if got, want := y.ran.Load()+y.left.Load()+int64(e.Dropped+e.Panicked), y.submitted.Load(); got != want {
			unaccounted += max(got-want, want-got)
			t.Errorf("cycle %d: got %d ran + %d left pending + %d dropped + %d panicked = %d, want the %d submitted",
				i, y.ran.Load(), y.left.Load(), e.Dropped, e.Panicked, got, want)
		}
	}
	remaining := remainingGoroutines(goroutines)
	if remaining > 0 {
		t.Errorf("got %d goroutines left of %d pools, want 0", remaining, r.N)
	}
	return []int64{ran, dropped, panicked, left, unaccounted, int64(remaining)}
}
