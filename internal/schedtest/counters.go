package schedtest

import (
	"reflect"
	"sync"
	"sync/atomic"
	"testing"

	"stealbench/internal/sched"
)

// mixed schedules tasks of every kind in every way and counts the polls.
type mixed struct {
	p     Pool
	polls atomic.Uint64
	bad   atomic.Int64 // tasks that panicked
	tasks sync.WaitGroup
}

func (m *mixed) leaf(Ctx) {
	m.polls.Add(1)
	m.tasks.Done()
}

func (m *mixed) panics(Ctx) {
	m.polls.Add(1)
	m.bad.Add(1)
	m.tasks.Done()
	panic("mixed")
}

// waits is pending twice and yields once.
func (m *mixed) waits() func(Ctx) sched.Poll {
	polls := 0
	return func(c Ctx) sched.Poll {
		m.polls.Add(1)
		polls++
		k := c.Waker()
		switch polls {
		case 1:
			c.Wake(k)
			return sched.Pending
		case 2:
			m.tasks.Add(1)
			c.Go(func(c Ctx) {
				m.leaf(c)
				c.Wake(k)
			})
			return sched.Pending
		case 3:
			return sched.Yielded
		}
		m.tasks.Done()
		return sched.Ready
	}
}

// forks joins some forks, more than a local queue holds at the root.
func (m *mixed) forks(c Ctx, n int) {
	m.polls.Add(1)
	forked := make([]Forked, n)
	for i := range forked {
		forked[i] = c.Fork(func(c Ctx) int64 {
			if n > 8 && i%16 == 0 {
				m.tasks.Add(1)
				m.forks(c, 8)
				return 0
			}
			m.polls.Add(1)
			return 0
		})
	}
	joinAll(c, forked, joinOrders[n%len(joinOrders)].index)
	m.tasks.Done()
}

// spawn submits one batch from outside.
func (m *mixed) spawn(t *testing.T) {
	t.Helper()
	m.tasks.Add(5)
	mustSpawn(t, m.p, m.leaf)
	mustSpawn(t, m.p, m.panics)
	mustSpawnPoll(t, m.p, m.waits())
	mustSpawn(t, m.p, func(c Ctx) { m.forks(c, 300) })
	mustSpawn(t, m.p, func(c Ctx) {
		m.tasks.Add(400)
		for i := range 400 {
			if i%8 == 0 {
				c.GoPoll(m.waits())
			} else {
				c.Go(m.leaf)
			}
		}
		m.leaf(c)
	})
}

// countersBalance closes at rest and with tasks queued, then checks what must
// hold between the counters.
func countersBalance(t *testing.T, s suite, workers int) {
	for _, row := range []struct {
		name   string
		atRest bool
		config sched.Config
	}{
		{"at rest", true, sched.Config{Workers: workers}},
		{"tasks queued", false, sched.Config{Workers: workers}},
		{"no LIFO slot", true, sched.Config{Workers: workers, DisableLIFOSlot: true}},
		{"submits every tick", true, sched.Config{Workers: workers, EventInterval: 1}},
		{"submits at parks only", false, sched.Config{Workers: workers, EventInterval: sched.MaxInterval}},
	} {
		for range scaled(15) {
			m := &mixed{p: s.openWith(t, row.config)}
			for range 10 {
				m.spawn(t)
				if row.atRest {
					m.tasks.Wait()
				}
			}
			e := closeError(t, m.p)
			if row.atRest && e.Dropped != 0 || e.Panicked != int(m.bad.Load()) {
				t.Errorf("%s: got %d dropped, %d panicked, want 0 if at rest, %d", row.name, e.Dropped, e.Panicked, m.bad.Load())
			}
			snapshot := m.p.Snapshot()
			if len(snapshot.Workers) == 0 {
				t.Log("no metrics in this variant: counters not checked")
				return
			}
			checkStable(t, row.name, snapshot)
			if !snapshot.Extended {
				t.Log("stable level: extended counters not checked")
				continue
			}
			checkCounters(t, row.name, snapshot, m.polls.Load(), uint64(e.Dropped), workers)
		}
	}
}

// checkStable checks what both levels count.
func checkStable(t *testing.T, name string, s sched.Snapshot) {
	t.Helper()
	c := s.Total()
	if c.ParkUnparkCount != 2*c.ParkCount || (c.BusyDurationTotal > 0) != s.Clock {
		t.Errorf("%s: got %+v, want ParkUnparkCount = 2 ParkCount, BusyDurationTotal > 0 if there is a clock, %v", name, c, s.Clock)
	}
}

func checkCounters(t *testing.T, name string, s sched.Snapshot, polls, dropped uint64, workers int) {
	t.Helper()
	if n := len(s.Workers); n != workers && n != 1 {
		t.Errorf("%s: got counters of %d workers, want %d, or 1 for all", name, n, workers)
	}
	c := s.Total()
	if got, want := c.LocalScheduleCount+s.RemoteScheduleCount, polls+dropped; got != want {
		t.Errorf("%s: got %d local + %d remote schedules = %d, want %d polls + %d dropped = %d",
			name, c.LocalScheduleCount, s.RemoteScheduleCount, got, polls, dropped, want)
	}
	for _, holds := range []struct {
		ok   bool
		want string
	}{
		{c.PollCount <= polls && polls <= 4*c.PollCount, "picks <= polls <= 4 picks"},
		{c.NoopCount <= c.ParkCount, "NoopCount <= ParkCount"},
		{c.StealOperations <= c.StealCount, "StealOperations <= StealCount"},
		{c.StealCount <= 128*c.StealOperations, "StealCount <= 128 StealOperations"},
		{c.StealOperations <= c.StealAttempts, "StealOperations <= StealAttempts"},
		{workers > 1 || c.StealCount == 0, "no steals with one worker"},
	} {
		if !holds.ok {
			t.Errorf("%s: got %d polls and %+v, want %s", name, polls, c, holds.want)
		}
	}
}

// countersMonotone reads all counters while tasks run: none goes back.
func countersMonotone(t *testing.T, s suite, workers int) {
	m := &mixed{p: s.openWith(t, sched.Config{Workers: workers, EventInterval: 4})}
	var stop atomic.Bool
	var sampler sync.WaitGroup
	samples := 0
	sampler.Go(func() {
		last := m.p.Snapshot()
		for ; samples == 0 || !stop.Load(); samples++ { // a busy host may be late
			giveWay()
			next := m.p.Snapshot()
			for i := range next.Workers {
				checkMonotone(t, last.Workers[i], next.Workers[i])
			}
			if next.RemoteScheduleCount < last.RemoteScheduleCount {
				t.Errorf("RemoteScheduleCount: got %d after %d", next.RemoteScheduleCount, last.RemoteScheduleCount)
			}
			last = next
		}
	})
	for round := range scaled(250) {
		m.spawn(t)
		m.tasks.Wait()
		idleFor(round)
	}
	stop.Store(true)
	sampler.Wait()
	closeError(t, m.p)
}

func checkMonotone(t *testing.T, last, next sched.WorkerCounters) {
	t.Helper()
	a, b := reflect.ValueOf(last), reflect.ValueOf(next)
	for i := range a.NumField() {
		if b.Field(i).Uint() < a.Field(i).Uint() {
			t.Errorf("%s: got %d after %d", a.Type().Field(i).Name, b.Field(i).Uint(), a.Field(i).Uint())
		}
	}
}
