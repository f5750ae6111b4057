package schedtest

import (
	"bytes"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"stealbench/internal/sched"
)

// boom is what tasks panic with; by pointer, so that each is told apart.
type boom struct{ id int }

// detonate is looked for in stacks.
//
//go:noinline
func detonate(b *boom) { panic(b) }

// checkPanic checks that err is the panic of detonate with b.
func checkPanic(t *testing.T, err error, b *boom) {
	t.Helper()
	var e *sched.PanicError
	if !errors.As(err, &e) {
		t.Errorf("got %T %v, want a *sched.PanicError", err, err)
		return
	}
	if got, ok := e.Value.(*boom); !ok || b != nil && got != b {
		t.Errorf("panic value: got %v, want %v", e.Value, b)
	}
	if !bytes.Contains(e.Stack, []byte("schedtest.detonate")) {
		t.Errorf("panic stack: got\n%s\nwant the stack of the goroutine that panicked", e.Stack)
	}
}

// checkAlive checks that every worker still runs tasks.
func checkAlive(t *testing.T, p Pool, workers int) {
	t.Helper()
	m := newMeeting(workers)
	for range workers {
		mustSpawn(t, p, m.join)
	}
	m.tasks.Wait()
}

// panicDetached panics in every fourth of 200 tasks, spawned from outside and
// from inside.
func panicDetached(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	const n, bad = 200, 50
	var begun sync.WaitGroup
	var ran atomic.Int64
	begun.Add(n)
	task := func(i int) func(Ctx) {
		return func(Ctx) {
			defer begun.Done()
			if i%4 == 0 {
				detonate(&boom{i})
			}
			ran.Add(1)
		}
	}
	for i := range n / 2 {
		mustSpawn(t, p, task(i))
	}
	mustRun(t, p, func(c Ctx) {
		for i := range n / 2 {
			c.Go(task(i))
		}
	})
	begun.Wait()
	checkAlive(t, p, workers)
	e := closeError(t, p)
	if ran.Load() != n-bad || e.Panicked != bad || e.Dropped != 0 {
		t.Errorf("got %d ran, %d panicked, %d dropped, want %d, %d, 0", ran.Load(), e.Panicked, e.Dropped, n-bad, bad)
	}
	if len(e.Panics) != sched.MaxPanics {
		t.Errorf("got %d panics kept, want %d", len(e.Panics), sched.MaxPanics)
	}
	seen := map[any]bool{}
	for _, one := range e.Panics {
		checkPanic(t, one, nil)
		if seen[one.Value] {
			t.Errorf("panic %v is reported twice", one.Value)
		}
		seen[one.Value] = true
	}
}

// panicOwn joins forks that panic and that the joiner itself runs: as the next
// of its tasks, or while it helps.
func panicOwn(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	join := func(c Ctx, b *boom, onTop int) {
		child := c.Fork(func(Ctx) int64 { detonate(b); return 0 })
		others := make([]Forked, onTop)
		for i := range others {
			others[i] = c.Fork(func(Ctx) int64 { return 1 })
		}
		defer func() { // the others are joined all the same
			for _, o := range others {
				if got := c.Join(o); got != 1 {
					t.Errorf("another fork: got %d, want 1", got)
				}
			}
		}()
		c.Join(child)
	}
	for _, onTop := range []int{0, 1, 10, 300} {
		for range scaled(200) {
			b := &boom{onTop}
			mustRun(t, p, func(c Ctx) {
				defer func() {
					if got := recover(); got != any(b) {
						t.Errorf("%d forks on top: got panic %v, want %v", onTop, got, b)
					}
				}()
				join(c, b, onTop)
			})
			checkPanic(t, p.Run(func(c Ctx) { join(c, b, onTop) }), b)
			// And through two more joins.
			checkPanic(t, p.Run(func(c Ctx) {
				c.Join(c.Fork(func(c Ctx) int64 {
					f := c.Fork(func(c Ctx) int64 { join(c, b, onTop); return 0 })
					c.Join(c.Fork(func(Ctx) int64 { return 0 }))
					return c.Join(f)
				}))
			}), b)
		}
	}
	checkAlive(t, p, workers)
	mustClose(t, p)
}

// panicStolen joins a fork that another worker took before it panics.
func panicStolen(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	join := func(c Ctx, b *boom) {
		var begun, joins atomic.Bool
		child := c.Fork(func(Ctx) int64 {
			begun.Store(true)
			until(joins.Load)
			detonate(b)
			return 0
		})
		onTop := c.Fork(func(Ctx) int64 { return 0 })
		until(begun.Load)
		c.Join(onTop)
		joins.Store(true)
		c.Join(child)
	}
	for i := range scaled(500) {
		b := &boom{i}
		mustRun(t, p, func(c Ctx) {
			defer func() {
				if got := recover(); got != any(b) {
					t.Errorf("got panic %v, want %v", got, b)
				}
			}()
			join(c, b)
		})
		checkPanic(t, p.Run(func(c Ctx) { join(c, b) }), b)
	}
	checkAlive(t, p, workers)
	mustClose(t, p)
}

// panicRun panics in a function given to Run, and in one leaf of a tree of
// forks in it; the other leaves run.
func panicRun(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	for i := range scaled(200) {
		b := &boom{i}
		checkPanic(t, p.Run(func(Ctx) { detonate(b) }), b)

		var leaves sync.WaitGroup
		leaves.Add(243)
		var tree func(c Ctx, path, depth int) int64
		tree = func(c Ctx, path, depth int) int64 {
			if depth == 5 {
				leaves.Done()
				if path == i%243 {
					detonate(b)
				}
				return 1
			}
			var forks [3]Forked
			for k := range forks {
				forks[k] = c.Fork(func(c Ctx) int64 { return tree(c, 3*path+k, depth+1) })
			}
			return joinAll(c, forks[:], joinOrders[i%len(joinOrders)].index)
		}
		checkPanic(t, p.Run(func(c Ctx) { tree(c, 0, 0) }), b)
		leaves.Wait()
	}
	checkAlive(t, p, workers)
	mustClose(t, p)
}

// panicGoexit calls runtime.Goexit in every tenth task, which ends the worker's
// goroutine.
func panicGoexit(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	const n, bad = 200, 20
	var begun sync.WaitGroup
	var ran atomic.Int64
	begun.Add(n)
	for i := range n {
		mustSpawn(t, p, func(Ctx) {
			defer begun.Done()
			if i%10 == 0 {
				runtime.Goexit()
			}
			ran.Add(1)
		})
	}
	begun.Wait()
	checkAlive(t, p, workers)
	e := closeError(t, p)
	if ran.Load() != n-bad || e.Panicked != bad || e.Dropped != 0 {
		t.Errorf("got %d ran, %d panicked, %d dropped, want %d, %d, 0", ran.Load(), e.Panicked, e.Dropped, n-bad, bad)
	}
	for _, one := range e.Panics {
		if one.Value != sched.ErrGoexit {
			t.Errorf("got panic %v, want %v", one.Value, sched.ErrGoexit)
		}
	}
}

// panicGoexitJoined joins forks that call runtime.Goexit. One that its joiner
// runs takes the joiner's goroutine along: no recover there, but the same error
// from Run.
func panicGoexitJoined(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	for _, onTop := range []int{0, 1} {
		for range scaled(100) {
			err := p.Run(func(c Ctx) {
				child := c.Fork(func(Ctx) int64 { runtime.Goexit(); return 0 })
				for range onTop {
					c.Go(func(Ctx) {})
				}
				c.Join(child)
			})
			if !errors.Is(err, sched.ErrGoexit) {
				t.Errorf("%d tasks on top: got %v, want %v", onTop, err, sched.ErrGoexit)
			}
		}
	}
	checkAlive(t, p, workers)
	if e := closeError(t, p); e.Dropped != 0 {
		t.Errorf("Close: got %d dropped, want 0", e.Dropped)
	}
}
