// Code generated from ../chaselev/worker.go by go generate ./impls; DO NOT EDIT.

package allcells

import (
	"runtime"

	"stealbench/internal/at"
	"stealbench/internal/sched"
)

// preemptive is false on wasm, whose one thread changes goroutines only when one
// of them blocks or yields.
const preemptive = runtime.GOARCH != "wasm"

// Worker is one run loop with its local queue and its metrics batch. Poll
// functions get the worker that polls them; it is theirs until they return.
//
// The fields stand in groups, a cache-line pad between two groups, and the
// metrics take the same room in every variant: what a variant counts moves
// nothing else (impls/layout_test.go).
type Worker struct {
	// Written only by the owner.
	sched       *Scheduler
	index       int
	lifoSlot    *Task // runs before the local queue
	lifoEnabled bool
	searching   bool
	closed      bool
	fair        fairness // whether an old task comes next
	tick        uint32   // turns of the run loop; wraps
	due         uint32   // the next tick at which something else happens
	maintainAt  uint32
	fairAt      uint32
	interval    uint32 // ticks between two looks at the injection queue
	free        *Task  // linked by next
	spare       *Task  // a whole batch, or nil
	yielded     yieldQueue
	random      uint64
	helping     int   // helping joins below us on the stack
	polling     *Task // polled last, but for own children that are joined
	inPoll      bool  // it is being polled
	budget      budget
	passedOn    *sched.PanicError // the last panic that a join passed on
	overflowed  []*Task           // scratch of overflow
	tuner       tuner
	trace       tracer // for dumps
	_           [cacheLine]byte

	metrics metrics
	_       [cacheLine]byte

	// Written by whoever wakes us, under idle.mu.
	wokenToSearch bool
	parker        parker
	_             [cacheLine]byte

	queue localQueue
	_     [cacheLine]byte
}

func newWorker(s *Scheduler, index int) *Worker {
	w := &Worker{
		sched:       s,
		index:       index,
		budget:      budget{left: pickBudget}, // of no pick yet
		lifoEnabled: !s.config.DisableLIFOSlot,
		random:      uint64(index)*0x9e3779b97f4a7c15 + 1,
		maintainAt:  uint32(s.config.EventInterval),
		overflowed:  make([]*Task, 0, queueCapacity/2+1),
	}
	w.tuner.init(s.config)
	w.trace.init(s.config, index)
	w.interval = w.tuner.firstInterval(s.config)
	w.fairAt = w.interval
	w.due = min(w.maintainAt, w.fairAt)
	w.metrics.init(&s.board, index)
	if w.metrics.timed() {
		w.due = 1
	}
	w.parker.init()
	w.queue.init(s.config)
	return w
}

// Index is which worker w is, 0 to Workers()-1, as LocalQueueDepth, Snapshot and
// Dump number them.
func (w *Worker) Index() int { return w.index }

// main runs w until the scheduler closes. A task that calls runtime.Goexit ends
// the goroutine, not the worker.
func (w *Worker) main() {
	left := false
	defer func() {
		if !left {
			go w.main()
			return
		}
		w.sched.running.Done()
	}()
	for !left {
		left = w.runToPanic()
	}
}

// runToPanic runs w until the scheduler closes, or until a poll panics, which it
// reports as false.
func (w *Worker) runToPanic() (left bool) {
	defer func() {
		if !w.inPoll {
			return // or a panic of our own
		}
		w.pollFailed(recover())
		w.helping = 0
		w.lifoEnabled = !w.sched.config.DisableLIFOSlot
		w.endProcessing()
	}()
	w.run()
	return true
}

// run is the run loop.
func (w *Worker) run() {
	w.startProcessing(w.tick + 1)
	for !w.closed {
		w.tick++ // turn, in place: small tasks have no time for a call more
		if w.tick == w.due || w.isCalled() || w.queue.isAsked() {
			w.event()
		}
		if t := w.nextTask(); t != nil {
			w.runTask(t)
			continue
		}
		w.endProcessing()
		if t := w.stealWork(nil); t != nil {
			w.startProcessing(w.tick)
			w.runTask(t)
			continue
		}
		w.metrics.emptyTurn()
		w.park(nil)
		w.closed = w.sched.closing.Load()
		w.startProcessing(w.tick + 1)
	}
	w.leave()
}

// turn is one tick. It stands in run and Join as well.
func (w *Worker) turn() {
	w.tick++
	if w.tick == w.due || w.isCalled() || w.queue.isAsked() {
		w.event()
	}
}

// event joins a dump that is wanted, answers thieves, looks for close, and does what
// the tick is due for: maintenance, a forced look at the oldest tasks, or neither.
func (w *Worker) event() {
	if w.isCalled() {
		w.pauseForDump()
	}
	if w.queue.answer() {
		w.sched.notifyParked()
	}
	w.closed = w.sched.closing.Load()
	if w.tick == w.maintainAt {
		w.maintainAt += uint32(w.sched.config.EventInterval)
		w.maintenance()
	}
	if w.tick == w.fairAt {
		w.interval = w.tuner.next(w.interval)
		w.fairAt += w.interval
		if w.fair == fairNone { // at an interval of 1 local tasks have their turn too
			w.fair = fairInject
		}
	}
	w.due = w.tick + min(w.maintainAt-w.tick, w.fairAt-w.tick)
	if w.metrics.timed() {
		w.due = w.tick + 1
	}
}

// maintenance submits the batch.
func (w *Worker) maintenance() {
	w.lap()
	w.submit(w.tick - 1) // this tick's pick comes after
	if !preemptive {
		at.Gosched()
	}
}

// nextTask takes the next task without stealing, or returns nil.
func (w *Worker) nextTask() *Task {
	if w.fair != fairNone && w.helping < maxFairHelping {
		if t := w.oldestTask(); t != nil {
			return t
		}
	}
	if t := w.lifoSlot; t != nil {
		w.lifoSlot = nil
		return t
	}
	if t := w.queue.pop(); t != nil {
		return t
	}
	if w.sched.inject.length.Load() > 0 {
		if t := w.takeInjected(); t != nil {
			return t
		}
	}
	return w.takeYielded()
}

// leave hands over what is private to w when the scheduler closes, so that a
// worker that still joins can run it, and submits for the last time.
func (w *Worker) leave() {
	s := w.sched
	if t := w.lifoSlot; t != nil {
		w.lifoSlot = nil
		s.inject.push(t, false)
	}
	for t := w.yielded.take(); t != nil; t = w.yielded.take() {
		s.inject.push(t, false)
	}
	w.queue.reveal()
	w.endProcessing()
	w.submit(w.tick)
}
