package schedtest

import (
	"testing"
	"time"

	"stealbench/internal/sched"
	"stealbench/internal/soak"
)

// parks drives the idle protocol without a run loop around it: there the search
// before each park keeps tasks and parks apart most of the time.
func (s soaker) parks(t *testing.T, r soak.Round) []int64 {
	asleep, joins := s.Park(t, 1+r.Index%4, r.N, r.Random)
	return []int64{asleep, joins}
}

// pings spawns one task at a time into a pool that is about to sleep, or sleeps,
// or has a worker in a join that does.
func (s soaker) pings(t *testing.T, r soak.Round) []int64 {
	p := s.open(t, sched.Config{Workers: 1 + r.Index%3})
	ran := make(chan struct{})
	for i := range r.N {
		if i%8 == 7 {
			pingJoin(t, p, ran)
		} else {
			mustSpawn(t, p, func(Ctx) { ran <- struct{}{} })
		}
		<-ran
		pauseFor(r.Random.IntN(50_000))
	}
	mustClose(t, p)
	return []int64{int64(p.Snapshot().Total().ParkCount)}
}

// pingJoin has a task join one that is woken from outside.
func pingJoin(t *testing.T, p Pool, ran chan struct{}) {
	t.Helper()
	pending := make(chan Waker, 1)
	mustSpawn(t, p, func(c Ctx) {
		first := true
		c.Join(c.ForkPoll(func(c Ctx) sched.Poll {
			if first {
				first = false
				pending <- c.Waker()
				return sched.Pending
			}
			return sched.Ready
		}))
		ran <- struct{}{}
	})
	(<-pending).Wake()
}

// pauseFor lets some ns pass; a search takes about 13,000.
func pauseFor(ns int) {
	for began := time.Now(); time.Since(began) < time.Duration(ns); {
		giveWay()
	}
}

// meetings has tasks block until one runs on every worker.
func (s soaker) meetings(t *testing.T, r soak.Round) []int64 {
	workers := []int{2, 3, 4, 1}[r.Index%4]
	p := s.open(t, sched.Config{Workers: workers, DisableLIFOSlot: r.Random.IntN(3) == 0})
	for i := range r.N {
		m := newMeeting(workers)
		pause := r.Random.IntN(3) * 15_000 // until the others sleep, perhaps
		switch i % 3 {
		case 0:
			for range workers {
				mustSpawn(t, p, m.join)
			}
		case 1: // the last one is in the spawner's LIFO slot
			mustSpawn(t, p, func(c Ctx) {
				pauseFor(pause)
				for range workers {
					c.Go(m.join)
				}
			})
		case 2: // the spawner blocks too
			mustSpawn(t, p, func(c Ctx) {
				pauseFor(pause)
				for range workers - 1 {
					c.Go(m.join)
				}
				c.Go(func(Ctx) {})
				m.join(c)
			})
		}
		m.tasks.Wait()
		pauseFor(r.Random.IntN(20_000))
	}
	mustClose(t, p)
	return nil
}
