// Code generated from ../chaselev/run.go by go generate ./impls; DO NOT EDIT.

package splitdeque

import "stealbench/internal/sched"

// maxFollowUps is how many tasks may run from the LIFO slot after a pick, as
// part of it (tokio MAX_LIFO_POLLS_PER_TICK): a pair of tasks that wake each
// other must not keep the worker to themselves.
const maxFollowUps = 3

// runTask runs one pick: t, and then what it put into the LIFO slot.
func (w *Worker) runTask(t *Task) {
	if w.searching {
		w.stopSearching()
	}
	w.metrics.startPick()
	if !w.metrics.timed() {
		w.runPolls(t, nil)
		return
	}
	began := w.metrics.pollBegan()
	defer func() { w.metrics.endPick(began) }() // also after runtime.Goexit
	w.runPolls(t, &began)
}

// runPolls polls t, and then what it put into the LIFO slot. began is when the
// poll began, if polls are timed.
func (w *Worker) runPolls(t *Task, began *int64) {
	enabled := w.lifoEnabled
	w.poll(t)
	for followUps := 1; w.lifoSlot != nil && followUps <= maxFollowUps; followUps++ {
		if w.outOfBudget() {
			t, w.lifoSlot = w.lifoSlot, nil
			w.pushLocal(t)
			break
		}
		if followUps == maxFollowUps {
			w.lifoEnabled = false
		}
		t, w.lifoSlot = w.lifoSlot, nil
		w.metrics.incFollowUp()
		if began != nil {
			*began = w.metrics.betweenPolls(*began)
		}
		w.poll(t)
	}
	w.lifoEnabled = enabled // as it was in the pick that this one helps
}

// poll polls t once and settles what came of it. A panic ends the task, not the
// worker.
func (w *Worker) poll(t *Task) {
	returned, depth := false, w.enter(t)
	defer func() {
		if !returned {
			w.exit(depth)
			w.failed(t, recover())
		}
	}()
	t.beginPoll()
	result := t.poll(w, t)
	returned = true
	w.exit(depth)
	w.settle(t, result)
}

// settle puts t where the result of its poll says.
func (w *Worker) settle(t *Task, result sched.Poll) {
	switch result {
	case sched.Ready:
		w.complete(t)
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

// complete ends t. After flagDone is set the joiner may recycle it: t must not
// be touched again.
func (w *Worker) complete(t *Task) {
	if !t.forked {
		w.recycle(t)
		return
	}
	w.finish(t, flagDone)
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
