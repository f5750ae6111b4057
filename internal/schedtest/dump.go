package schedtest

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stealbench/internal/sched"
)

// dumpSkipped skips a test in a build without dumps, after a look at its mock.
func dumpSkipped(t *testing.T, s suite, workers int) bool {
	t.Helper()
	p := s.open(t, workers)
	d, err := p.Dump(context.Background())
	mustClose(t, p)
	if errors.Is(err, sched.ErrNoDump) && d == nil {
		t.Log("dumps are compiled out: the mock refuses, the rest is not tested")
		return true
	}
	if err != nil {
		t.Fatalf("Dump of an idle pool: got %v, want nil", err)
	}
	return false
}

// stalls counts the dumps that timed out though no task was stuck, in all tests
// of this process: the host may stop a thread for that long. A few are no fault,
// mostStalls is one.
var stalls atomic.Int32

const mostStalls = 5

// tryDump dumps, and once more after a stall.
func tryDump(t *testing.T, p Pool) (*sched.Dump, error) {
	t.Helper()
	for {
		d, err := p.Dump(context.Background())
		if !errors.As(err, new(*sched.DumpTimeoutError)) || stalls.Add(1) >= mostStalls {
			return d, err
		}
		t.Logf("a stall: %v", err)
	}
}

func mustDump(t *testing.T, p Pool) *sched.Dump {
	t.Helper()
	d, err := tryDump(t, p)
	if err != nil {
		t.Fatalf("Dump: got %v, want nil", err)
	}
	checkDump(t, d)
	return d
}

// checkDump checks what holds of every dump.
func checkDump(t *testing.T, d *sched.Dump) {
	t.Helper()
	seen := map[uint64]bool{}
	running := make([]int, len(d.Workers))
	queued := make([]int, len(d.Workers))
	for i, task := range d.Tasks {
		if task.ID == 0 || seen[task.ID] {
			t.Errorf("task %d: got its ID twice or 0, want each live task once", task.ID)
		}
		seen[task.ID] = true
		if i > 0 && task.Age > d.Tasks[i-1].Age {
			t.Errorf("task %d: got an older one behind it, want the oldest first", task.ID)
		}
		if task.Name == "" || task.Name == "unknown" {
			t.Errorf("task %d: got name %q, want that of its function", task.ID, task.Name)
		}
		state, worker := sched.TaskRunnable, true
		switch task.Place {
		case sched.OnStack:
			state = sched.TaskRunning
			running[task.Worker]++
			if task.Polls == 0 {
				t.Errorf("task %d: got 0 polls of a running task, want some", task.ID)
			}
		case sched.InLocalQueue:
			queued[task.Worker]++
		case sched.InInjectionQueue:
			worker = false
		case sched.Nowhere:
			state, worker = sched.TaskIdle, false
		}
		if task.State != state || (task.Worker >= 0) != worker {
			t.Errorf("task %d: got %v in the %v of worker %d", task.ID, task.State, task.Place, task.Worker)
		}
	}
	for i, w := range d.Workers {
		if w.Worker != i || w.Running != running[i] || w.LocalQueue != queued[i] {
			t.Errorf("worker %d: got %+v, want its %d running tasks and %d in its queue", i, w, running[i], queued[i])
		}
	}
}

func countPlace(d *sched.Dump, p sched.TaskPlace) (n int) {
	for _, task := range d.Tasks {
		if task.Place == p {
			n++
		}
	}
	return n
}

// sleepers are idle tasks: pending until woken.
type sleepers struct {
	wakers []Waker
	tasks  sync.WaitGroup
	polls  atomic.Int64
}

func spawnSleepers(t *testing.T, p Pool, n int) *sleepers {
	t.Helper()
	s := &sleepers{wakers: make([]Waker, n)}
	var pending sync.WaitGroup
	pending.Add(n)
	s.tasks.Add(n)
	for i := range n {
		mustSpawnPoll(t, p, func(c Ctx) sched.Poll {
			s.polls.Add(1)
			if s.wakers[i] == nil {
				s.wakers[i] = c.Waker()
				pending.Done()
				return sched.Pending
			}
			s.tasks.Done()
			return sched.Ready
		})
	}
	pending.Wait()
	return s
}

// end wakes all and waits for them.
func (s *sleepers) end() {
	for _, k := range s.wakers {
		k.Wake()
	}
	s.tasks.Wait()
}

// dumpEverywhere (D1) holds a picture of known tasks in every queue while it
// dumps: each appears once, where it is, and the dump moves none of them.
func dumpEverywhere(t *testing.T, s suite, workers int) {
	if dumpSkipped(t, s, workers) {
		return
	}
	// No look at the injection queue, so that its tasks stay there.
	p := s.openWith(t, sched.Config{Workers: workers, EventInterval: 1, GlobalQueueInterval: sched.MaxInterval})
	idle := spawnSleepers(t, p, 30)
	const queued, injected = min(20, queueCapacity-2), 50
	var stop atomic.Bool
	var ready, over, tasks sync.WaitGroup
	ready.Add(workers)
	over.Add(workers)
	tasks.Add(workers * (queued + 1))
	meet := newMeeting(workers)
	for range workers {
		mustSpawn(t, p, func(c Ctx) {
			defer over.Done()
			meet.join(c) // one on each worker, so that nobody steals
			first := c.Fork(func(Ctx) int64 { return 0 })
			yields := true
			c.GoPoll(func(Ctx) sched.Poll {
				if yields {
					yields = false
					return sched.Yielded
				}
				tasks.Done()
				return sched.Ready
			})
			c.Join(first) // polls the one on top too
			for range queued {
				c.Go(func(Ctx) { tasks.Done() })
			}
			c.Join(c.Fork(func(Ctx) int64 { return 0 })) // the slot is empty now
			ready.Done()
			for !stop.Load() {
				c.Join(c.Fork(func(Ctx) int64 { return 0 })) // a tick
				time.Sleep(10 * time.Microsecond)            // far fewer of them than the interval
			}
		})
	}
	ready.Wait()
	tasks.Add(injected)
	for range injected {
		mustSpawn(t, p, func(Ctx) { tasks.Done() })
	}
	for range scaled(50) {
		d := mustDump(t, p)
		for _, row := range []struct {
			place sched.TaskPlace
			want  int
		}{
			{sched.OnStack, 2 * workers}, {sched.InLocalQueue, queued * workers}, {sched.InYieldQueue, workers},
			{sched.InInjectionQueue, injected}, {sched.Nowhere, len(idle.wakers)}, {sched.InLIFOSlot, 0},
		} {
			if got := countPlace(d, row.place); got != row.want {
				t.Errorf("%v: got %d tasks, want %d", row.place, got, row.want)
			}
		}
		for _, task := range d.Tasks {
			if want := uint64(1); (task.Place == sched.InYieldQueue || task.Place == sched.Nowhere) && task.Polls != want {
				t.Errorf("%v: got %d polls, want %d", task.Place, task.Polls, want)
			}
		}
		if t.Failed() {
			break
		}
	}
	stop.Store(true)
	over.Wait()
	tasks.Wait()
	idle.end()
	if got := mustDump(t, p).Count(sched.TaskIdle); got != 0 {
		t.Errorf("got %d idle tasks after the last one ended, want 0", got)
	}
	mustClose(t, p)
}

// dumpUnderLoad (D2, D3, D9, D10) dumps without a pause while tasks of every
// kind come, wake each other and end: all end, each polled as often as without.
func dumpUnderLoad(t *testing.T, s suite, workers int) {
	if dumpSkipped(t, s, workers) {
		return
	}
	m := &mixed{p: s.open(t, workers)}
	var stop atomic.Bool
	var dumping sync.WaitGroup
	var dumps, live atomic.Int64
	dumping.Go(func() {
		for ; !stop.Load(); dumps.Add(1) {
			d, err := tryDump(t, m.p)
			if err != nil {
				t.Errorf("Dump under load: got %v, want nil", err)
				return
			}
			checkDump(t, d)
			live.Add(int64(len(d.Tasks)))
			giveWay()
		}
	})
	// On a busy host the first dump may come late.
	for i := 0; i < scaled(100) || live.Load() == 0 && i < 100*scaled(100); i++ {
		m.spawn(t)
		m.tasks.Wait()
		woken := spawnSleepers(t, m.p, 20)
		woken.end()
		if got := woken.polls.Load(); got != 40 {
			t.Errorf("got %d polls of 20 tasks that are woken once, want 40", got)
		}
	}
	stop.Store(true)
	dumping.Wait()
	closeError(t, m.p)
	if dumps.Load() == 0 || live.Load() == 0 {
		t.Errorf("got %d dumps of %d tasks, want some", dumps.Load(), live.Load())
	}
}

// dumpWedged (D4) has a task block its worker: the dump says so in time, and the
// pool stays usable, all workers of it.
func dumpWedged(t *testing.T, s suite, workers int) {
	if dumpSkipped(t, s, workers) {
		return
	}
	p := s.open(t, workers)
	for range 3 {
		release, blocked := make(chan struct{}), make(chan int)
		mustSpawn(t, p, func(c Ctx) {
			blocked <- c.Worker()
			<-release
		})
		wedged := <-blocked
		_, err := p.Dump(context.Background())
		var timeout *sched.DumpTimeoutError
		if !errors.As(err, &timeout) || len(timeout.Missing) != 1 || timeout.Missing[0] != wedged {
			t.Errorf("got %v, want a time-out that names worker %d", err, wedged)
		}
		if workers > 1 {
			mustRun(t, p, func(Ctx) {})
		}
		close(release)
		checkAlive(t, p, workers)
		mustDump(t, p)
	}
	mustClose(t, p)
}

// dumpIdle (D5) dumps a pool that sleeps, and then wakes it from outside. The
// dump itself wakes nobody.
func dumpIdle(t *testing.T, s suite, workers int) {
	if dumpSkipped(t, s, workers) {
		return
	}
	p := s.open(t, workers)
	for range scaled(300) {
		until(p.Quiet)
		d := mustDump(t, p)
		if !p.Quiet() || len(d.Tasks) != 0 {
			t.Errorf("got quiet %v, %d tasks after the dump of an idle pool, want true, 0", p.Quiet(), len(d.Tasks))
		}
		for _, w := range d.Workers {
			if !w.Parked {
				t.Errorf("worker %d: got at work, want parked", w.Worker)
			}
		}
		mustRun(t, p, func(Ctx) {})
	}
	checkAlive(t, p, workers)
	mustClose(t, p)
}

// dumpMany (D6) dumps more tasks than a local queue holds.
func dumpMany(t *testing.T, s suite, workers int) {
	if dumpSkipped(t, s, workers) {
		return
	}
	p := s.openWith(t, sched.Config{Workers: workers, EventInterval: 1, GlobalQueueInterval: sched.MaxInterval})
	for _, n := range []int{127, 128, 129, 140, 300, 1000} {
		idle := spawnSleepers(t, p, n)
		var stop atomic.Bool
		var held, tasks sync.WaitGroup
		held.Add(1)
		tasks.Add(n + 1)
		mustSpawn(t, p, func(c Ctx) {
			defer tasks.Done()
			for range n {
				c.Go(func(Ctx) { tasks.Done() })
			}
			held.Done()
			for !stop.Load() {
				c.Join(c.Fork(func(Ctx) int64 { return 0 }))
				time.Sleep(10 * time.Microsecond)
			}
		})
		held.Wait()
		d := mustDump(t, p)
		if got := d.Count(sched.TaskIdle); got != n {
			t.Errorf("got %d idle tasks, want %d", got, n)
		}
		if got := d.Count(sched.TaskRunnable); workers == 1 && got != n {
			t.Errorf("got %d runnable tasks, want %d", got, n)
		}
		stop.Store(true)
		tasks.Wait()
		idle.end()
	}
	mustClose(t, p)
}

// dumpConcurrent (D7) dumps from four goroutines: each sees the idle task that it
// made before.
func dumpConcurrent(t *testing.T, s suite, workers int) {
	if dumpSkipped(t, s, workers) {
		return
	}
	p := s.open(t, workers)
	var callers sync.WaitGroup
	for range 4 {
		callers.Go(func() {
			for range scaled(40) {
				before := time.Now()
				one := spawnSleepers(t, p, 1)
				d, err := tryDump(t, p)
				if err != nil {
					t.Errorf("Dump beside others: got %v, want nil", err)
				} else if d.Count(sched.TaskIdle) == 0 || !d.Taken.IsZero() && d.Taken.Before(before) {
					t.Errorf("got a dump from %v before its request, %d idle tasks, want a later one with at least 1",
						before.Sub(d.Taken), d.Count(sched.TaskIdle))
				}
				one.end()
			}
		})
	}
	callers.Wait()
	mustClose(t, p)
}

// dumpCancelled gives up waiting: for the workers, and for its turn.
func dumpCancelled(t *testing.T, s suite, workers int) {
	if dumpSkipped(t, s, workers) {
		return
	}
	p := s.open(t, workers)
	release, blocked := make(chan struct{}), make(chan struct{})
	mustSpawn(t, p, func(Ctx) {
		close(blocked)
		<-release
	})
	<-blocked
	var first sync.WaitGroup
	ctx, cancel := context.WithCancel(context.Background())
	first.Go(func() {
		if _, err := p.Dump(ctx); err != context.Canceled && !errors.As(err, new(*sched.DumpTimeoutError)) {
			t.Errorf("waiting for a worker: got %v, want %v", err, context.Canceled)
		}
	})
	short, cancelShort := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancelShort()
	if _, err := p.Dump(short); err != context.DeadlineExceeded {
		t.Errorf("waiting 1ms: got %v, want %v", err, context.DeadlineExceeded)
	}
	cancel()
	first.Wait()
	if _, err := p.Dump(ctx); err != context.Canceled {
		t.Errorf("cancelled before: got %v, want %v", err, context.Canceled)
	}
	close(release)
	checkAlive(t, p, workers)
	mustDump(t, p)
	mustClose(t, p)
}

// dumpClose (D8) closes while dumps are under way, and a worker is wedged in
// every other round: both end, and a closed pool refuses.
func dumpClose(t *testing.T, s suite, workers int) {
	if dumpSkipped(t, s, workers) {
		return
	}
	for round := range scaled(200) {
		p := s.open(t, workers)
		release := make(chan struct{})
		if round%2 == 0 {
			blocked := make(chan struct{})
			mustSpawn(t, p, func(Ctx) {
				close(blocked)
				<-release
			})
			<-blocked
		}
		spawnSleepersIf(t, p, workers > 1 || round%2 == 1)
		var dumping sync.WaitGroup
		for range 2 {
			dumping.Go(func() {
				for {
					if _, err := p.Dump(context.Background()); err != nil {
						if err != sched.ErrClosed && !errors.As(err, new(*sched.DumpTimeoutError)) {
							t.Errorf("Dump during Close: got %v, want %v", err, sched.ErrClosed)
						}
						return
					}
					giveWay()
				}
			})
		}
		idleFor(round)
		time.AfterFunc(time.Millisecond, func() { close(release) })
		closeError(t, p)
		dumping.Wait()
		if _, err := p.Dump(context.Background()); err != sched.ErrClosed {
			t.Errorf("Dump after Close: got %v, want %v", err, sched.ErrClosed)
		}
	}
}

func spawnSleepersIf(t *testing.T, p Pool, free bool) {
	t.Helper()
	if free {
		spawnSleepers(t, p, 3)
	}
}

// dumpCounts (D11) dumps again and again: no counter moves.
func dumpCounts(t *testing.T, s suite, workers int) {
	if dumpSkipped(t, s, workers) {
		return
	}
	p := s.open(t, workers)
	idle := spawnSleepers(t, p, 40)
	until(p.Quiet)
	before := p.Snapshot()
	for range scaled(100) {
		mustDump(t, p)
	}
	if got, want := p.Snapshot().Total(), before.Total(); got != want {
		t.Errorf("got %+v after dumps, want %+v as before", got, want)
	}
	if got, want := p.Snapshot().RemoteScheduleCount, before.RemoteScheduleCount; got != want {
		t.Errorf("got %d remote schedules after dumps, want %d as before", got, want)
	}
	idle.end()
	mustClose(t, p)
}
