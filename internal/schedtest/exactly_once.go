package schedtest

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
)

// exactlyOnce has one cell per task: trees of spawns and forks, whose roots
// come from two goroutines outside. 1,000,000 tasks in all.
func exactlyOnce(t *testing.T, s suite, workers int) {
	n := scaled(map[int]int{1: 200_000, 2: 400_000, 4: 400_000}[workers])
	p := s.open(t, workers)
	cells := make([]atomic.Uint32, n)
	var tasks, roots sync.WaitGroup
	tasks.Add(n)
	for half := range 2 {
		roots.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(half)))
			for lo, end := half*(n/2), n/2+half*(n-n/2); lo < end; {
				hi := min(lo+1+random.IntN(2000), end)
				tree := span{cells, &tasks, lo, hi}
				if err := p.Spawn(tree.run); err != nil {
					t.Errorf("Spawn: got %v, want nil", err)
					tasks.Add(lo - end)
					return
				}
				lo = hi
			}
		})
	}
	roots.Wait()
	tasks.Wait()
	mustClose(t, p)
	for i := range cells {
		if got := cells[i].Load(); got != 1 {
			t.Fatalf("task %d of %d: got %d runs, want 1", i, n, got)
		}
	}
}

// span is a task for the cells lo to hi: it fills the first and divides the
// rest between two children.
type span struct {
	cells  []atomic.Uint32
	tasks  *sync.WaitGroup
	lo, hi int
}

func (s span) run(c Ctx) {
	if s.cells[s.lo].Add(1) > 1 {
		return // ran before: shows in the cell, and must not be waited for twice
	}
	defer s.tasks.Done()
	mid := (s.lo + 1 + s.hi) / 2
	a, b := s, s
	a.lo, a.hi = s.lo+1, mid
	b.lo, b.hi = mid, s.hi
	switch s.lo % 4 {
	case 0: // spawn both
		a.spawn(c)
		b.spawn(c)
	case 1: // fork both, join the youngest first
		x, y := a.fork(c), b.fork(c)
		b.join(c, y)
		a.join(c, x)
	case 2: // fork both, join the oldest first
		x, y := a.fork(c), b.fork(c)
		a.join(c, x)
		b.join(c, y)
	case 3: // fork one, spawn one on top of it
		x := a.fork(c)
		b.spawn(c)
		a.join(c, x)
	}
}

func (s span) spawn(c Ctx) {
	if s.lo < s.hi {
		c.Go(s.run)
	}
}

func (s span) fork(c Ctx) Forked {
	if s.lo == s.hi {
		return nil
	}
	return c.Fork(func(c Ctx) int64 { s.run(c); return int64(s.lo) })
}

func (s span) join(c Ctx, f Forked) {
	if f == nil {
		return
	}
	if got := c.Join(f); got != int64(s.lo) {
		s.cells[s.lo].Add(1000) // another task's result: shows in the cell
	}
}
