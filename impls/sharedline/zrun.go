// Code generated from ../chaselev/run.go by go generate ./impls; DO NOT EDIT.

package sharedline

import "stealbench/internal/sched"

// maxFollowUps is how many tasks may run from the LIFO slot after a pick, as
// part of it (tokio MAX_LIFO_POLLS_PER_TICK): a pair of tasks that wake each
// other must not keep the worker to themselves.
const maxFollowUps = 3

// runTask runs one pick: t, and then what it put into the LIFO slot.
func (w *Worker) runTask(t *Task) { w.runPolls(t, nil) }

// runPolls is runTask. If polls are timed it calls itself by runTimed, with when the
// poll began.
//
// A panic ends the task, not the worker. Small polls have no time for a defer each
// (PERFORMANCE.md), so it is the run loop that recovers, or the join that helps.
func (w *Worker) runPolls(t *Task, began *int64) {
	if began == nil {
		if w.searching {
			w.stopSearching()
		}
		w.metrics.startPick()
		if w.metrics.timed() {
			w.runTimed(t)
			return
		}
	}
	enabled := w.lifoEnabled
	for followUps := 0; ; {
		w.enter(t)
		w.polling, w.inPoll = t, true
		t.beginPoll()
		result := t.poll(w, t)
		w.inPoll = false
		w.exit(t)
		if result == sched.Ready && !t.forked {
			// recycle, in place: small tasks have no time for a call more.
			if t.reset(); w.keep(t) {
				w.putAside()
			}
		} else {
			w.settle(t, result)
		}

		if w.lifoSlot == nil || followUps == maxFollowUps {
			break
		}
		t, w.lifoSlot = w.lifoSlot, nil
		if w.outOfBudget() {
			w.pushLocal(t)
			break
		}
		if followUps++; followUps == maxFollowUps {
			w.lifoEnabled = false
		}
		w.metrics.incFollowUp()
		if began != nil {
			*began = w.metrics.betweenPolls(*began)
		}
	}
	w.lifoEnabled = enabled // as it was in the pick that this one helps
}

func (w *Worker) runTimed(t *Task) {
	began := w.metrics.pollBegan()
	defer func() { w.metrics.endPick(began) }() // also after a panic or runtime.Goexit
	w.runPolls(t, &began)
}

// pollFailed ends the task whose poll did not return. r is what recover returned.
func (w *Worker) pollFailed(r any) {
	w.inPoll = false
	w.exit(w.polling)
	w.failed(w.polling, r)
}

// settle puts t where the result of its poll says.
func (w *Worker) settle(t *Task, result sched.Poll) {
	switch result {
	case sched.Ready:
		w.finish(t, flagDone) // after that the joiner may recycle it: t must not be touched
	case sched.Yielded:
		w.metrics.incUnfinished()
		t.again()
		w.yield(t)
	case sched.Pending:
		w.metrics.incUnfinished()
		t.again() // before it is idle, and another worker's
		if t.state.Load()&flagRunning == 0 {
			w.know(t) // nobody can wake it: a dump shows it
		}
		if t.endPending() {
			w.yield(t) // woken while it ran: as a yield, behind the others
		}
	}
}

// finish sets flagDone and wakes the joiner if it waits. The joiner's index is
// read before: from flagDone on the task may serve another fork.
func (w *Worker) finish(t *Task, flags uint32) {
	for {
		s := t.state.Load()
		var joiner uint16
		if s&flagJoining != 0 {
			joiner = t.joiner
		}
		if t.state.CompareAndSwap(s, s|flags) {
			if s&flagJoining != 0 {
				w.sched.wake(w.sched.workers[joiner])
			}
			return
		}
	}
}

// failed ends t after a panic (r is nil after runtime.Goexit): its joiner gets
// the panic, or Close if there is none.
func (w *Worker) failed(t *Task, r any) {
	if r == nil {
		r = sched.ErrGoexit
	}
	e := w.panicError(r)
	if !t.forked {
		w.recycle(t)
		w.sched.reportPanic(e)
		return
	}
	t.Ref = e
	w.finish(t, flagDone|flagFailed)
}
