// Code generated from ../chaselev/join.go by go generate ./impls; DO NOT EDIT.

package sharedline

import (
	"stealbench/internal/at"
	"stealbench/internal/sched"
)

// Join waits for t, which this poll forked, recycles it and returns its Result.
// t must not be touched afterwards. A waiting worker helps: it runs what it has
// itself, t first if it can, then steals. Called only from a poll on w.
//
// If t panicked, Join panics with the same value. If Close cancelled t, which
// was pending, it panics with sched.ErrClosed.
//
// Joins of own forks never deadlock, with any number of workers: a task waits
// only for tasks that began after it, and a worker's stack holds tasks in the
// order in which they began, so no circle of waits can close. But a task that
// blocks, on a channel say, until one ends that waits in a join may have been
// picked by that very join, from outside too, and then both wait for ever.
func (w *Worker) Join(t *Task) int64 {
	// t is taken only if it is the next task of w: the usual case. Any other stays where
	// it is: t may be done, and this poll go on and block.
	switch {
	case w.lifoSlot == t:
		w.lifoSlot = nil
	case w.lifoSlot != nil || !w.queue.popIf(t):
		w.help(t)
		return w.joined(t)
	}
	// A pick, in place: small tasks have no time for a call more. Nobody else can
	// have t, so it needs no flagDone, and a panic goes up by itself.
	w.enter(t) // before the tick, where a dump may come
	w.tick++
	var result sched.Poll
	if w.tick == w.due || w.isCalled() || w.queue.isAsked() {
		result = w.pollAtEvent(t)
	} else {
		w.metrics.startPick()
		t.beginPoll()
		result = t.poll(w, t)
	}
	w.exit(t)
	if result != sched.Ready {
		w.settle(t, result)
		w.help(t)
	}
	// joined, in place.
	r := t.Result
	if t.reset(); w.keep(t) {
		w.putAside()
	}
	return r
}

// joined recycles t, which is done, and returns its Result.
func (w *Worker) joined(t *Task) int64 {
	r := t.Result
	w.recycle(t)
	return r
}

// pollAtEvent polls t in a tick at which something is due, or a dump wanted. If
// polls are timed that is every tick, so that the others need not ask.
func (w *Worker) pollAtEvent(t *Task) sched.Poll {
	w.event()
	if w.fair != fairNone && w.helping < maxFairHelping {
		// A tree of joins may take for ever: who came from outside has a turn. Old
		// local tasks wait for a pick that is not a joined one.
		w.fair = fairNone
		if outside := w.sched.inject.pop(); outside != nil {
			w.helpRun(outside)
			w.turn()
		}
	}
	w.metrics.startPick()
	t.beginPoll()
	if !w.metrics.timed() {
		return t.poll(w, t)
	}
	began := w.metrics.pollBegan()
	defer func() { w.metrics.endPick(began) }() // also after a panic
	return t.poll(w, t)
}

// help runs other tasks until t is done.
func (w *Worker) help(t *Task) {
	for {
		if s := t.state.Load(); s&flagDone != 0 {
			if w.searching { // else nobody would be woken while we run on
				w.stopSearching()
			}
			w.checkFailed(t, s)
			return
		}
		w.turn()
		if next := w.nextTask(); next != nil {
			w.helpRun(next)
			continue
		}
		w.endProcessing()
		if next := w.stealWork(t); next != nil {
			w.startProcessing(w.tick)
			w.helpRun(next)
			continue
		}
		w.metrics.emptyTurn()
		w.waitFor(t)
		w.startProcessing(w.tick + 1)
	}
}

// helpRun runs a pick inside the poll that joins. A panic ends the task that it
// picked, not that poll.
func (w *Worker) helpRun(t *Task) {
	outer, enabled := w.polling, w.lifoEnabled
	w.helping++
	defer func() {
		if w.inPoll {
			w.pollFailed(recover())
			w.lifoEnabled = enabled
		}
		w.helping--
		w.polling, w.inPoll = outer, true
	}()
	w.inPoll = false
	w.runTask(t)
}

// waitFor blocks until t is done or there is work.
func (w *Worker) waitFor(t *Task) {
	if w.sched.closing.Load() {
		if t.cancelIdle() {
			w.sched.board.addCancelled(1)
		}
		at.Sleep(closingPause)
		return
	}
	if t.state.Load()&flagJoining == 0 { // once set, whoever ends t reads joiner
		t.joiner = uint16(w.index)
	}
	if t.state.Or(flagJoining)&flagDone == 0 {
		w.park(t)
	}
}

// checkFailed passes a panic of t on to the caller.
func (w *Worker) checkFailed(t *Task, state uint32) {
	if state&flagFailed == 0 {
		return
	}
	e, ok := t.Ref.(*sched.PanicError)
	if !ok {
		panic(sched.ErrClosed)
	}
	w.passedOn = e
	panic(e.Value)
}
