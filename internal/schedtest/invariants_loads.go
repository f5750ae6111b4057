package schedtest

import (
	"sync"
	"sync/atomic"
	"time"

	"stealbench/internal/sched"
)

// load is something for a pool to do, until it is done or, if the load says
// that it leaves tasks queued, not yet.
type load struct {
	name string
	rest time.Duration // to wait afterwards
	run  func(r *run)
}

// loads are all workloads and some that know more of themselves.
func loads() []load {
	list := []load{
		// It would be seen if busy time went on while all are parked.
		{"idle", 10 * time.Millisecond, func(r *run) { r.idle = true }},
		{"held", 0, loadHeld},
		{"looks from inside", 0, loadLooks},
		{"naps", 0, loadNaps},
		{"mixed, at rest", 0, func(r *run) { loadMixed(r, true) }},
		{"mixed, tasks queued", 0, func(r *run) { loadMixed(r, false) }},
	}
	for _, w := range smallWorkloads() {
		list = append(list, load{w.name, 0, func(r *run) {
			r.chain = w.name == "chained_spawn"
			for range 2 {
				tasks := w.run(r.t, r.pool).Tasks
				if w.name != "empty" { // it schedules nothing
					r.tasks += tasks
				}
			}
		}})
	}
	return list
}

func loadMixed(r *run, atRest bool) {
	m := &mixed{p: r.pool}
	for range 4 {
		m.spawn(r.t)
		if atRest {
			m.tasks.Wait()
		}
	}
	r.queued = !atRest
	r.polled = m.polls.Load
}

// heldSpawns is how many tasks come from outside between the two looks of
// loadHeld.
const heldSpawns = 20

// loadHeld has every worker in a task. One of them overflows, then all wait
// while tasks come from outside.
func loadHeld(r *run) {
	const overflowing = 3 * queueCapacity
	var begun atomic.Int64
	var tasks sync.WaitGroup
	spawned, release := make(chan struct{}), make(chan struct{})
	tasks.Add(r.config.Workers + overflowing + heldSpawns)
	leaf := func(Ctx) { tasks.Done() }
	for i := range r.config.Workers {
		mustSpawn(r.t, r.pool, func(c Ctx) {
			begun.Add(1)
			if i == 0 {
				until(func() bool { return begun.Load() == int64(r.config.Workers) })
				for range overflowing {
					c.Go(leaf)
				}
				close(spawned)
			}
			<-release
			tasks.Done()
		})
	}
	<-spawned
	r.held = append(r.held, r.look())
	for range heldSpawns {
		mustSpawn(r.t, r.pool, leaf)
	}
	r.held = append(r.held, r.look())
	close(release)
	tasks.Wait()
	r.polled = func() uint64 { return uint64(r.config.Workers + overflowing + heldSpawns) }
}

// loadNaps has one task at a time. Whoever gets it wakes another worker, in
// vain: that is many no-ops for few picks.
func loadNaps(r *run) {
	const naps = 20
	for range naps {
		until(r.pool.Quiet)
		mustRun(r.t, r.pool, func(Ctx) {})
	}
	r.polled = func() uint64 { return naps }
}

// insideLooks is what the tasks of a load saw of the counters.
type insideLooks struct {
	mu            sync.Mutex
	looks         int
	ahead, behind int64 // picks published less picks begun, and the other way round, at most
	asleep        int64 // twice the parks less the parks and unparks, at most
}

// loadLooks reads the counters in every poll, the first one after a park. Nobody
// joins, so that without LIFO slot each poll is a pick.
func loadLooks(r *run) {
	l := &looker{r: r, begun: make([]atomic.Int64, r.config.Workers)}
	until(r.pool.Quiet)
	l.tasks.Add(1)
	mustSpawn(r.t, r.pool, func(c Ctx) { l.tree(c, 6) })
	l.tasks.Wait()
	r.polled = func() uint64 { return uint64(l.sum()) }
}

type looker struct {
	r     *run
	begun []atomic.Int64 // polls, by worker
	tasks sync.WaitGroup
}

func (l *looker) tree(c Ctx, depth int) {
	l.look(c)
	if depth > 0 {
		l.tasks.Add(3)
		c.Go(func(c Ctx) { l.tree(c, depth-1) })
		c.Go(func(c Ctx) { l.tree(c, depth-1) })
		yields := 0
		c.GoPoll(func(c Ctx) sched.Poll {
			l.look(c)
			if yields++; yields < 3 {
				return sched.Yielded
			}
			l.tasks.Done()
			return sched.Ready
		})
	}
	l.tasks.Done()
}

func (l *looker) sum() (n int64) {
	for i := range l.begun {
		n += l.begun[i].Load()
	}
	return n
}

// look compares the counters of c's worker, or of all, with what has begun.
func (l *looker) look(c Ctx) {
	element, begun := 0, l.sum
	if l.r.per == 1 {
		element = c.Worker()
		begun = l.begun[element].Load
	}
	l.begun[c.Worker()].Add(1)
	before := begun()
	s := l.r.pool.Snapshot()
	after := begun()
	if len(s.Workers) == 0 {
		return
	}
	in := &l.r.inside
	in.mu.Lock()
	defer in.mu.Unlock()
	in.looks++
	w := s.Workers[element]
	in.ahead = max(in.ahead, int64(w.PollCount)-after)
	in.behind = max(in.behind, before-int64(w.PollCount))
	in.asleep = max(in.asleep, 2*int64(w.ParkCount)-int64(w.ParkUnparkCount))
}
