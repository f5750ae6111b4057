// Code generated from ../../impls/chaselev/park.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"time"

	"stealbench/internal/at"
)

// parker blocks one worker. The permit is sticky: an unpark before the park
// makes that park return at once.
type parker struct {
	permit  at.Permit
	blocked at.Bool // in park: says when a wakeup has really arrived
}

func (p *parker) init() { p.permit = at.NewPermit() }

func (p *parker) park() {
	p.blocked.Store(true)
	p.permit.Take()
	p.blocked.Store(false)
}

func (p *parker) unpark() { p.permit.Give() }

// A worker without work looks searchRounds times before it parks, about 10 us:
// waking up takes up to 100 us on a virtual machine, and the next fork or the
// end of a joined task is often nearer. Each round pauses for about 100 ns; now
// and then the processor goes to other goroutines, such as the one that
// submits. Chosen by trying on two virtual CPUs.
const (
	pauseSpins   = 200
	goschedEvery = 64
)

func pause(round int) {
	spin(pauseSpins)
	if round%goschedEvery == goschedEvery-1 {
		at.Gosched()
	}
}

//go:noinline
func spin(n int) {
	for range n {
	}
}

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
	w.sleepForDump()
	for {
		// A task published before we were on the list woke nobody for it: look
		// again. Every parker does, not only the last that searched, since the
		// searching one may leave with work and block on another task.
		// This one too if it goes on at once: while it searched nobody was woken,
		// and it searches no longer.
		back := w.mayNotSleep(t) && s.idle.removeSleeper(w)
		if s.hasWork() {
			s.notifyParked() // perhaps ourselves
		}
		if back {
			return
		}
		w.metrics.aboutToPark(w.tick)
		w.submit(w.tick)
		w.parker.park()
		w.metrics.unparked()
		w.submit(w.tick)
		if !s.idle.asleep(w) { // else a permit left over: sleep on
			w.searching = w.wokenToSearch
			w.joinDump()
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
		if w.queue.visible() > 0 {
			return true
		}
	}
	return false
}

// closingPause is how long a joining worker waits between two looks while the
// scheduler closes: what it waits for may be cancelled without a wake.
const closingPause = 50 * time.Microsecond
