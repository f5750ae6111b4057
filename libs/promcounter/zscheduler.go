// Code generated from ../../impls/chaselev/scheduler.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"runtime/debug"

	"stealbench/internal/at"
	"stealbench/internal/sched"
)

// Scheduler owns the workers and the injection queue.
//
// What all workers read stands apart from what some of them write, and the board
// takes the same room in every variant (impls/layout_test.go).
type Scheduler struct {
	// Written before the workers start.
	config  sched.Config
	workers []*Worker
	_       [cacheLine]byte

	board board
	_     [cacheLine]byte

	idle idle
	_    [cacheLine]byte

	inject injectQueue
	_      [cacheLine]byte

	pool taskPool
	_    [cacheLine]byte

	closing at.Bool // read at every event, written once
	dump    dumper  // read at every event, written when somebody dumps
	_       [cacheLine]byte

	running at.WaitGroup // worker goroutines
	stopped at.Gate      // opened when all of them are gone

	mu       at.Mutex
	panicked int
	panics   []*sched.PanicError // the first sched.MaxPanics
	dropped  int
}

// New starts a scheduler. It returns an error for a Config out of range.
func New(c sched.Config) (*Scheduler, error) {
	c, err := c.WithDefaults()
	if err != nil {
		return nil, err
	}
	s := build(c)
	s.running.Add(c.Workers)
	for _, w := range s.workers {
		go w.main()
	}
	return s, nil
}

// build makes a scheduler whose workers do not run yet, of a complete Config.
func build(c sched.Config) *Scheduler {
	s := &Scheduler{config: c, stopped: at.NewGate()}
	s.board.init(c)
	s.idle.init(c.Workers)
	s.inject.stamps.init(c)
	s.dump.init()
	for i := range c.Workers {
		s.workers = append(s.workers, newWorker(s, i))
	}
	return s
}

// Spawn schedules fn from outside. It returns sched.ErrClosed after Close began.
func (s *Scheduler) Spawn(fn func(w *Worker)) error {
	return s.spawnOutside(runClosure, [2]int64{}, fn)
}

// runClosure is the poll function of a closure: ready at its first poll.
func runClosure(w *Worker, t *Task) sched.Poll {
	t.Ref.(func(*Worker))(w)
	return sched.Ready
}

// SpawnTask schedules a task from outside without allocating. It returns
// sched.ErrClosed after Close began.
func (s *Scheduler) SpawnTask(poll PollFunc, args [2]int64, ref any) error {
	return s.spawnOutside(poll, args, ref)
}

func (s *Scheduler) spawnOutside(poll PollFunc, args [2]int64, ref any) error {
	s.board.incRemoteSchedule() // first, as tokio: a task that is refused counts too
	if !s.inject.pushNew(&s.pool, poll, args, ref, s.outsideSite()) {
		s.board.incRefused()
		return sched.ErrClosed
	}
	s.notifyParked()
	return nil
}

// Run runs fn on a worker and waits for it. It returns a *sched.PanicError if
// fn panicked, or sched.ErrClosed if the scheduler closed before fn ran. Not to
// be called from a task, whose worker it would block.
func (s *Scheduler) Run(fn func(w *Worker)) error {
	c := &call{fn, make(chan error, 1)}
	err := s.spawnOutside(runCall, [2]int64{}, c)
	if err != nil {
		return err
	}
	select {
	case err = <-c.done:
	case <-s.stopped.Opened():
		select {
		case err = <-c.done:
		default:
			err = sched.ErrClosed
		}
	}
	return err
}

// call is a function that somebody waits for outside.
type call struct {
	fn   func(w *Worker)
	done chan error
}

// runCall is the poll function of a call.
func runCall(w *Worker, t *Task) sched.Poll {
	c := t.Ref.(*call)
	result := error(&sched.PanicError{Value: sched.ErrGoexit})
	defer func() {
		if r := recover(); r != nil {
			result = w.panicError(r)
		}
		c.done <- result
	}()
	c.fn(w)
	result = nil
	return sched.Ready
}

// scheduleRemote makes a woken task runnable without a worker at hand.
func (s *Scheduler) scheduleRemote(t *Task) {
	s.board.incRemoteSchedule()
	s.board.incRemoteWake()
	s.inject.push(t, false)
	s.notifyParked()
}

// Snapshot reads the published counters. Safe from any goroutine. After Close
// they are final, but for wakes and spawns from outside that come even later.
func (s *Scheduler) Snapshot() sched.Snapshot { return s.board.snapshot() }

// Workers is the number of workers.
func (s *Scheduler) Workers() int { return len(s.workers) }

// InjectionQueueDepth is how many tasks wait in the injection queue. Safe from
// any goroutine.
func (s *Scheduler) InjectionQueueDepth() int { return int(s.inject.length.Load()) }

// LocalQueueDepth is how many tasks wait in the local queue of worker i, 0 to
// 256, without the one in its LIFO slot. Safe from any goroutine; panics for an
// i that is no worker.
func (s *Scheduler) LocalQueueDepth(i int) int { return s.workers[i].queue.len() }

// Quiet reports whether every worker is parked: nothing is runnable, and the
// published counters are up to date. Safe from any goroutine.
func (s *Scheduler) Quiet() bool {
	s.idle.mu.Lock() // nobody is woken meanwhile
	defer s.idle.mu.Unlock()
	if len(s.idle.sleepers) < len(s.workers) {
		return false
	}
	return s.allBlocked()
}

// allBlocked reports whether every worker has submitted and blocks.
func (s *Scheduler) allBlocked() bool {
	for _, w := range s.workers {
		if !w.parker.blocked.Load() {
			return false
		}
	}
	return true
}

// allAwake reports whether no worker is parked.
func (s *Scheduler) allAwake() bool {
	for _, w := range s.workers {
		if w.parker.blocked.Load() {
			return false
		}
	}
	return true
}

// Close stops intake, lets running tasks end, with what they join, and drops
// the rest. It returns a *sched.CloseError if tasks were dropped or panicked.
// Only the first call does anything; later ones wait for it and return nil. Not
// to be called from a task.
func (s *Scheduler) Close() error {
	if !s.inject.close() {
		s.stopped.Wait()
		return nil
	}
	s.closing.Store(true)
	s.closeDumps()
	for _, w := range s.workers {
		s.wake(w)
	}
	s.running.Wait()
	s.drain()
	s.board.addCancelled(s.dropped)
	s.stopped.Open()
	if s.dropped+s.panicked == 0 {
		return nil
	}
	return &sched.CloseError{Dropped: s.dropped, Panicked: s.panicked, Panics: s.panics}
}

// drain drops what is queued after the last worker has gone.
func (s *Scheduler) drain() {
	for s.inject.pop() != nil {
		s.dropped++
	}
	for _, w := range s.workers {
		for w.queue.pop() != nil {
			s.dropped++
		}
	}
}

// reportPanic keeps the panic of a task that nobody joins for Close.
func (s *Scheduler) reportPanic(e *sched.PanicError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.panicked++
	if len(s.panics) < sched.MaxPanics {
		s.panics = append(s.panics, e)
	}
}

// panicError wraps what recover returned on w. A panic that a join passed on
// keeps the stack of the worker where it began.
func (w *Worker) panicError(r any) *sched.PanicError {
	passed := w.passedOn
	w.passedOn = nil
	if passed != nil && sameValue(passed.Value, r) {
		return passed
	}
	return &sched.PanicError{Value: r, Stack: debug.Stack()}
}

// sameValue is a == b, false where the values can't be compared.
func sameValue(a, b any) (same bool) {
	defer func() { _ = recover() }()
	return a == b
}
