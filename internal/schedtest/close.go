package schedtest

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stealbench/internal/sched"
)

// closeBegan waits until p refuses tasks. What it managed to spawn before does
// nothing but count itself.
func closeBegan(p Pool, accepted, ran *atomic.Int64) {
	until(func() bool {
		if p.Spawn(func(Ctx) { ran.Add(1) }) != nil {
			return true
		}
		accepted.Add(1)
		return false
	})
}

// closeQueued closes while tasks are queued everywhere: each one ran, panicked
// or is reported as dropped.
func closeQueued(t *testing.T, s suite, workers int) {
	for range scaled(100) {
		p := s.open(t, workers)
		var submitted, ran, begun atomic.Int64
		task := func(i int) func(Ctx) {
			return func(Ctx) {
				if i%5 == 0 {
					panic(i)
				}
				ran.Add(1)
			}
		}
		release := make(chan struct{})
		for range workers {
			submitted.Add(1)
			mustSpawn(t, p, func(c Ctx) {
				begun.Add(1)
				<-release
				for i := range 400 { // overflows
					submitted.Add(1)
					c.Go(task(i))
				}
				ran.Add(1)
			})
		}
		until(func() bool { return begun.Load() == int64(workers) })
		for i := range 500 {
			submitted.Add(1)
			mustSpawn(t, p, task(i))
		}
		errs := make(chan sched.CloseError)
		go func() {
			var e *sched.CloseError
			errors.As(p.Close(), &e)
			errs <- *e
		}()
		closeBegan(p, &submitted, &ran)
		close(release)
		e := <-errs
		if got, want := ran.Load()+int64(e.Dropped+e.Panicked), submitted.Load(); got != want {
			t.Errorf("got %d ran + %d dropped + %d panicked = %d, want the %d submitted",
				ran.Load(), e.Dropped, e.Panicked, got, want)
		}
		if e.Dropped == 0 {
			t.Error("got 0 tasks dropped, want some: 900 and more were queued at Close")
		}
	}
}

// closeConcurrent closes from three goroutines while four spawn.
func closeConcurrent(t *testing.T, s suite, workers int) {
	for range scaled(300) {
		p := s.open(t, workers)
		var accepted, ran, lost atomic.Int64
		var spawners, closers sync.WaitGroup
		for range 4 {
			spawners.Go(func() {
				for ; ; giveWay() {
					switch err := p.Spawn(func(Ctx) { ran.Add(1) }); err {
					case nil:
						accepted.Add(1)
					case sched.ErrClosed:
						return
					default:
						t.Errorf("Spawn during Close: got %v, want %v", err, sched.ErrClosed)
						return
					}
				}
			})
		}
		until(func() bool { return accepted.Load() > 20 })
		for range 3 {
			closers.Go(func() {
				var e *sched.CloseError
				if errors.As(p.Close(), &e) {
					lost.Add(int64(e.Dropped + e.Panicked))
				}
			})
		}
		spawners.Wait()
		closers.Wait()
		if got, want := ran.Load()+lost.Load(), accepted.Load(); got != want {
			t.Errorf("got %d ran + %d dropped = %d, want the %d accepted", ran.Load(), lost.Load(), got, want)
		}
	}
}

// closeRun closes while goroutines wait in Run: each returns.
func closeRun(t *testing.T, s suite, workers int) {
	for range scaled(300) {
		p := s.open(t, workers)
		var runs atomic.Int64
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				for {
					ran := false
					err := p.Run(func(Ctx) { ran = true; runs.Add(1) })
					if err == nil && !ran {
						t.Error("Run: got nil, but the function did not run")
					}
					if err != nil {
						if err != sched.ErrClosed {
							t.Errorf("Run during Close: got %v, want %v", err, sched.ErrClosed)
						}
						return
					}
				}
			})
		}
		until(func() bool { return runs.Load() > 20 })
		closeError(t, p)
		group.Wait()
	}
}

// closeAgain uses a pool that is closed.
func closeAgain(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	mustRun(t, p, func(Ctx) {})
	mustClose(t, p)
	for _, row := range []struct {
		name string
		do   func() error
		want error
	}{
		{"Close", p.Close, nil},
		{"Spawn", func() error { return p.Spawn(func(Ctx) {}) }, sched.ErrClosed},
		{"SpawnPoll", func() error { return p.SpawnPoll(func(Ctx) sched.Poll { return sched.Ready }) }, sched.ErrClosed},
		{"Run", func() error { return p.Run(func(Ctx) {}) }, sched.ErrClosed},
		{"RunWorkload", func() error { _, err := p.RunWorkload("fib", sched.Params{N: 3}); return err }, sched.ErrClosed},
	} {
		if got := row.do(); got != row.want {
			t.Errorf("%s after Close: got %v, want %v", row.name, got, row.want)
		}
	}
	first, second := p.Snapshot(), p.Snapshot()
	if first.Total() != second.Total() || first.RemoteScheduleCount != second.RemoteScheduleCount {
		t.Errorf("Snapshot after Close: got %+v, then %+v", first, second)
	}
}

// closeJoining closes in the middle of trees of joins: they complete.
func closeJoining(t *testing.T, s suite, workers int) {
	for range scaled(200) {
		p := s.open(t, workers)
		var leaves, accepted, ran atomic.Int64
		var tree func(c Ctx, depth int) int64
		tree = func(c Ctx, depth int) int64 {
			if depth == 0 {
				if leaves.Add(1) == 300 {
					closeBegan(p, &accepted, &ran)
				}
				return 1
			}
			a := c.Fork(func(c Ctx) int64 { return tree(c, depth-1) })
			b := c.Fork(func(c Ctx) int64 { return tree(c, depth-1) })
			if depth%2 == 0 {
				return c.Join(a) + c.Join(b)
			}
			return c.Join(b) + c.Join(a)
		}
		result := make(chan int64, 1)
		mustSpawn(t, p, func(c Ctx) { result <- tree(c, 10) })
		until(func() bool { return leaves.Load() > 0 })
		e := closeError(t, p)
		if got, want := <-result, int64(1024); got != want {
			t.Errorf("got %d leaves, want %d", got, want)
		}
		if got, want := ran.Load()+int64(e.Dropped), accepted.Load(); got != want || e.Panicked > 0 {
			t.Errorf("got %d ran + %d dropped, %d panicked, want %d in all", ran.Load(), e.Dropped, e.Panicked, want)
		}
	}
}

// closeLeftBehind closes while a thief has stolen forks in its queue and leaves
// without running them: their joiner gets them back.
func closeLeftBehind(t *testing.T, s suite, workers int) {
	for range scaled(100) {
		// It looks for close at every tick.
		p := s.openWith(t, sched.Config{Workers: workers, EventInterval: 1})
		var accepted, ran, stolen atomic.Int64
		var closed atomic.Bool
		const n = 64
		result := make(chan int64, 1)
		mustSpawn(t, p, func(c Ctx) {
			joiner := c.Worker()
			forks := make([]Forked, n)
			for i := range forks {
				forks[i] = c.Fork(func(c Ctx) int64 {
					if c.Worker() != joiner {
						stolen.Add(1)
						until(closed.Load)
					}
					return 1
				})
			}
			until(func() bool { return stolen.Load() > 0 })
			closeBegan(p, &accepted, &ran)
			closed.Store(true)
			time.Sleep(time.Millisecond) // the thieves leave
			result <- joinAll(c, forks, joinOrders[0].index)
		})
		until(func() bool { return stolen.Load() > 0 })
		closeError(t, p)
		if got := <-result; got != n {
			t.Errorf("got %d forks, want %d", got, n)
		}
	}
}

// closeGoexit has the last task of a worker that closes spawn another and call
// runtime.Goexit: the spawned one is run or dropped, not forgotten.
func closeGoexit(t *testing.T, s suite, workers int) {
	for range scaled(100) {
		p := s.openWith(t, sched.Config{Workers: workers, EventInterval: 1})
		var accepted, ran atomic.Int64
		begun := make(chan struct{})
		accepted.Add(3)
		mustSpawn(t, p, func(Ctx) {
			ran.Add(1)
			begun <- struct{}{}
			closeBegan(p, &accepted, &ran)
		})
		<-begun
		if err := p.Spawn(func(c Ctx) {
			c.Go(func(Ctx) { ran.Add(1) })
			runtime.Goexit()
		}); err != nil {
			t.Fatal(err)
		}
		e := closeError(t, p)
		if e.Panicked == 0 {
			accepted.Add(-1) // dropped before it could spawn
		}
		if got, want := ran.Load()+int64(e.Dropped+e.Panicked), accepted.Load(); got != want {
			t.Errorf("got %d ran + %d dropped + %d panicked = %d, want %d",
				ran.Load(), e.Dropped, e.Panicked, got, want)
		}
	}
}

// closePendingJoin closes while tasks join others that are pending for ever.
func closePendingJoin(t *testing.T, s suite, workers int) {
	forever := func(Ctx) sched.Poll { return sched.Pending }
	for range scaled(25) {
		p := s.open(t, workers)
		var begun atomic.Int64
		var group sync.WaitGroup
		for range workers + 1 { // one more than can wait at once
			group.Go(func() {
				err := p.Run(func(c Ctx) {
					begun.Add(1)
					older := c.ForkPoll(forever)
					younger := c.ForkPoll(forever)
					func() {
						defer func() {
							if got := recover(); got != sched.ErrClosed {
								t.Errorf("first join: got panic %v, want %v", got, sched.ErrClosed)
							}
						}()
						c.Join(older)
					}()
					c.Join(younger)
				})
				if !errors.Is(err, sched.ErrClosed) {
					t.Errorf("Run: got %v, want %v", err, sched.ErrClosed)
				}
			})
		}
		until(func() bool { return begun.Load() > 0 })
		if e := closeError(t, p); e.Panicked > 0 {
			t.Errorf("Close: got %d panicked, want 0", e.Panicked)
		}
		group.Wait()
	}
}

// closeCycles starts, submits and stops, over and over.
func closeCycles(t *testing.T, s suite, workers int) {
	for round := range scaled(2000) {
		p := s.open(t, workers)
		var ran atomic.Int64
		submitted := round % 7
		for range submitted {
			mustSpawn(t, p, func(Ctx) { ran.Add(1) })
		}
		if round%3 == 0 {
			idleFor(round)
		}
		e := closeError(t, p)
		if got := int(ran.Load()) + e.Dropped; got != submitted || e.Panicked != 0 {
			t.Fatalf("round %d: got %d ran + %d dropped, %d panicked, want %d in all",
				round, ran.Load(), e.Dropped, e.Panicked, submitted)
		}
	}
}
