package schedtest

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stealbench/internal/soak"
)

// tasks fills r.N cells on one pool, with a task for each.
func (s soaker) tasks(t *testing.T, r soak.Round) []int64 {
	config := soakConfig(r)
	p := s.open(t, config)
	c := new(Cells)
	c.reset(r.N, r.Random.Uint64(), r.Index%4 == 3)
	lost, duplicate := c.fill(t, p, r)
	if lost+duplicate > 0 {
		t.Errorf("%d tasks, %+v: got %d lost, %d duplicate, want 0, 0; %d in the injection queue, idle state: %v",
			r.N, config, lost, duplicate, p.InjectionQueueDepth(), p.IdleError())
		return []int64{lost, duplicate, c.detached.Load()} // not closed: a task that is lost may be joined
	}
	e := closeError(t, p)
	if e.Dropped != 0 || int64(e.Panicked) != c.detached.Load() || c.wrong.Load() != 0 {
		t.Errorf("%d tasks, %+v: got %d dropped, %d panicked, %d wrong joins, want 0, %d, 0",
			r.N, config, e.Dropped, e.Panicked, c.wrong.Load(), c.detached.Load())
	}
	return []int64{0, 0, int64(e.Panicked)}
}

// fill has all cells filled from two goroutines, in trees of a size that the
// round chooses, and waits until p is quiet: a task that is lost does not keep us.
func (c *Cells) fill(t *testing.T, p SoakPool, r soak.Round) (lost, duplicate int64) {
	t.Helper()
	sizes := []int{300, 1, 20_000, 30, 3000}
	size := sizes[r.Random.IntN(len(sizes))]
	var spawners sync.WaitGroup
	var spawning atomic.Int32
	for half := range 2 {
		random := rand.New(rand.NewPCG(c.seed, uint64(half)))
		spawning.Add(1)
		spawners.Go(func() {
			defer spawning.Add(-1)
			n := len(c.cells)
			for lo, end := half*(n/2), n/2+half*(n-n/2); lo < end; {
				hi := min(lo+1+random.IntN(2*size), end)
				if err := p.SpawnCells(c, lo, hi); err != nil {
					t.Errorf("SpawnCells: got %v, want nil", err)
					return
				}
				lo = hi
			}
		})
	}
	for over := false; !over; {
		over = spawning.Load() == 0 && p.Quiet() // before the look at the Wakers
		if c.wake() {
			over = false
		} else if !over {
			time.Sleep(20 * time.Microsecond)
		}
	}
	spawners.Wait()
	return c.count()
}
