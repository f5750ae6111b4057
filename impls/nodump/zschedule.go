// Code generated from ../chaselev/schedule.go by go generate ./impls; DO NOT EDIT.

package nodump

// Spawn schedules t, which nobody joins: it is recycled when done and must not
// be touched after this call. Called only from a poll on w.
func (w *Worker) Spawn(t *Task) { w.spawn(t) }

// Go schedules a closure that nobody joins. Called only from a poll on w.
func (w *Worker) Go(fn func(w *Worker)) {
	t := w.NewTask(runClosure)
	t.Ref = fn
	w.spawn(t)
}

// Fork schedules t, to be joined exactly once by the same poll. Called only
// from a poll on w.
func (w *Worker) Fork(t *Task) {
	t.forked = true
	w.spawn(t)
}

// spawn makes a new task runnable on w.
func (w *Worker) spawn(t *Task) {
	w.spawned(t)
	if w.recordsSites() {
		w.recordSite(t)
	}
	w.metrics.incSpawn()
	if t = w.swapSlot(t); t == nil {
		return
	}
	// pushLocal, in place: small tasks have no time for a call more.
	if !w.queue.push(t) {
		w.overflow(t)
	}
	if w.sched.idle.shouldNotify() {
		w.sched.idle.notify()
	}
}

// scheduleLocal makes t, which was woken, runnable on w.
func (w *Worker) scheduleLocal(t *Task) {
	w.metrics.incReschedule()
	if t = w.swapSlot(t); t != nil {
		w.pushLocal(t)
	}
}

// swapSlot puts t into the LIFO slot and returns the task that is to go to the
// local queue in its place, if any (tokio schedule_local).
func (w *Worker) swapSlot(t *Task) *Task {
	if w.lifoEnabled {
		t, w.lifoSlot = w.lifoSlot, t
	}
	return t
}

// pushLocal puts t into the local queue, where others see it. It stands in spawn as
// well.
func (w *Worker) pushLocal(t *Task) {
	if !w.queue.push(t) {
		w.overflow(t)
	}
	if w.sched.idle.shouldNotify() {
		w.sched.idle.notify()
	}
}

// overflow moves the oldest half of the full local queue, and t behind it, to
// the injection queue. If thieves made room meanwhile, t goes to the queue.
func (w *Worker) overflow(t *Task) {
	for {
		tasks := w.queue.claimHalf(w.overflowed[:0])
		if len(tasks) > 0 {
			tasks = append(tasks, t)
			w.sched.inject.pushAll(tasks)
			clear(tasks)
			w.metrics.incOverflow()
			return
		}
		if w.queue.push(t) {
			return
		}
	}
}

// takeInjected takes a fair share of the injection queue: the first task is
// returned, the others go to the local queue in an order that pops the oldest
// first. Called with an empty local queue.
func (w *Worker) takeInjected() *Task {
	s := w.sched
	n := int(s.inject.length.Load())
	tasks := w.overflowed[:min(n/len(s.workers)+1, queueCapacity/2)]
	tasks = tasks[:s.inject.popN(tasks)]
	if len(tasks) == 0 {
		return nil
	}
	first := tasks[0]
	if rest := tasks[1:]; len(rest) > 0 {
		w.queue.pushReversed(rest)
		s.notifyParked()
	}
	clear(tasks)
	return first
}
