// Code generated from ../chaselev/park.go by go generate ./impls; DO NOT EDIT.

package nometrics

import (
	"runtime"
	"sync/atomic"
	"time"
)

// parker blocks one worker. The permit is sticky: an unpark before the park
// makes that park return at once.
type parker struct {
	permit  chan struct{}
	blocked atomic.Bool // in park: says when a wakeup has really arrived
}

func (p *parker) init() { p.permit = make(chan struct{}, 1) }

func (p *parker) park() {
	p.blocked.Store(true)
	<-p.permit
	p.blocked.Store(false)
}

func (p *parker) unpark() {
	select {
	case p.permit <- struct{}{}:
	default:
	}
}

// searchRounds is how often a searching worker looks at every queue before it
// parks: long enough to bridge the gap between two forks, short enough that an
// idle scheduler uses no time. Chosen by trying; see doc.go.
const searchRounds = 32

// wake unparks w if it sleeps, without making it a searching worker: what it
// waits for has come. Safe for any goroutine.
func (s *Scheduler) wake(w *Worker) {
	if s.idle.removeSleeper(w) {
		w.parker.unpark()
	}
}

// notifyParked wakes one worker for new work, if one sleeps and none searches.
func (s *Scheduler) notifyParked() {
	if s.idle.shouldNotify() {
		s.idle.notify()
	}
}

// park blocks w until there is work, the scheduler closes or t is done (t is
// nil outside a join). It may return early.
func (w *Worker) park(t *Task) {
	s := w.sched
	s.idle.addSleeper(w, w.searching)
	w.searching = false
	for {
		// A task published before we were on the list woke nobody for it: look
		// again. Every parker does, not only the last that searched, since the
		// searching one may leave with work and block on another task.
		if w.mayNotSleep(t) {
			if s.idle.removeSleeper(w) {
				return
			}
		} else if s.hasWork() {
			s.notifyParked() // perhaps ourselves
		}
		w.metrics.aboutToPark()
		w.metrics.submit()
		w.parker.park()
		w.metrics.unparked()
		w.metrics.submit()
		if !s.idle.asleep(w) { // else a permit left over: sleep on
			w.searching = w.wokenToSearch
			return
		}
	}
}

// mayNotSleep reports what only w itself would act on.
func (w *Worker) mayNotSleep(t *Task) bool {
	return w.sched.closing.Load() || t != nil && t.state.Load()&flagDone != 0
}

// hasWork reports whether any queue has a task that a woken worker could take.
func (s *Scheduler) hasWork() bool {
	if s.inject.length.Load() > 0 {
		return true
	}
	for _, w := range s.workers {
		if w.queue.len() > 0 {
			return true
		}
	}
	return false
}

// pause lets time pass between two searches. Gosched gives other goroutines,
// such as the one that submits, the processor that we have no use for.
func pause(round int) {
	if round < 4 {
		spin(20)
		return
	}
	runtime.Gosched()
}

//go:noinline
func spin(n int) {
	for range n {
	}
}

// closingPause is how long a joining worker waits between two looks while the
// scheduler closes: what it waits for may be cancelled without a wake.
const closingPause = 50 * time.Microsecond
