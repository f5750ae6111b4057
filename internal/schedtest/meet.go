package schedtest

import (
	"sync"
	"sync/atomic"
	"testing"
)

// The tests here promise that work is conserved when tasks block: while a task
// can be taken, no worker sleeps (Go's TestGoroutineParallelism).

// meeting is for n tasks that block until all of them run at the same time.
type meeting struct {
	n     int32
	here  atomic.Int32
	tasks sync.WaitGroup
}

func newMeeting(n int) *meeting {
	m := &meeting{n: int32(n)}
	m.tasks.Add(n)
	return m
}

func (m *meeting) join(Ctx) {
	m.here.Add(1)
	until(func() bool { return m.here.Load() == m.n })
	m.tasks.Done()
}

func meetOutside(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	for round := range scaled(700) {
		m := newMeeting(workers)
		for range workers {
			mustSpawn(t, p, m.join)
		}
		m.tasks.Wait()
		idleFor(round)
	}
	mustClose(t, p)
}

// meetInside spawns all from one task, which leaves: the last one is in its
// worker's LIFO slot, where nobody can steal it.
func meetInside(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	for round := range scaled(700) {
		m := newMeeting(workers)
		mustSpawn(t, p, func(c Ctx) {
			for range workers {
				c.Go(m.join)
			}
		})
		m.tasks.Wait()
		idleFor(round)
	}
	mustClose(t, p)
}

// meetSpawnerToo blocks the spawner as well, with a task that is not awaited on
// top of the others.
func meetSpawnerToo(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	for round := range scaled(700) {
		m := newMeeting(workers)
		m.tasks.Add(1)
		mustSpawn(t, p, func(c Ctx) {
			for range workers - 1 {
				c.Go(m.join)
			}
			c.Go(func(Ctx) { m.tasks.Done() })
			m.join(c)
		})
		m.tasks.Wait()
		idleFor(round)
	}
	mustClose(t, p)
}
