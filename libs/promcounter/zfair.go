// Code generated from ../../impls/chaselev/fair.go by go generate ./impls; DO NOT EDIT.

package promcounter

// The owner's end of the deque is LIFO, and so is the slot: without more, a
// task that keeps spawning would starve all older ones. So every
// GlobalQueueInterval ticks the worker takes two picks from the other end:
// first the head of the injection queue (tokio does only this one, its local
// queue is FIFO), then its own oldest task. Picks that a join makes of its own
// forks leave room for the first of the two only (pollAtEvent).
type fairness uint8

const (
	fairNone   fairness = iota
	fairLocal           // the next pick is the oldest local task
	fairInject          // the next pick is the head of the injection queue
)

// maxFairHelping bounds how deep such picks nest inside helping joins, since
// each may bring a whole computation onto the stack.
const maxFairHelping = 4

// oldestTask takes the task whose turn fair says it is, or returns nil.
func (w *Worker) oldestTask() *Task {
	if w.fair == fairInject {
		w.fair = fairLocal
		if t := w.sched.inject.pop(); t != nil {
			return t
		}
	}
	w.fair = fairNone
	if w.yielded.len() > 0 && (w.nothingQueued() || w.yielded.passed(&w.queue)) {
		return w.yielded.take()
	}
	return w.queue.popOldest()
}

// yieldQueue holds the tasks that yielded, first in, first out. They come back
// when everything that was runnable before has gone: when the worker has
// nothing else, or, seen at a fair pick, when the queue has passed their mark.
type yieldQueue struct {
	tasks []yielded
	head  int
}

type yielded struct {
	task *Task
	mark int64 // of the local queue at the time
}

func (y *yieldQueue) len() int { return len(y.tasks) - y.head }

func (y *yieldQueue) put(t *Task, mark int64) {
	if y.head == len(y.tasks) {
		y.tasks, y.head = y.tasks[:0], 0
	} else if y.head > 64 && 2*y.head > len(y.tasks) {
		n := copy(y.tasks, y.tasks[y.head:])
		y.tasks, y.head = y.tasks[:n], 0
	}
	y.tasks = append(y.tasks, yielded{t, mark})
}

func (y *yieldQueue) take() *Task {
	if y.len() == 0 {
		return nil
	}
	t := y.tasks[y.head].task
	y.tasks[y.head].task = nil
	y.head++
	return t
}

// passed reports whether all that was queued before the first one has gone.
func (y *yieldQueue) passed(q *localQueue) bool { return q.passed(y.tasks[y.head].mark) }

// nothingQueued reports that w has no task but those that yielded. Pops leave
// the queue's positions behind, so that an empty one need not have passed any
// mark, and never will if what keeps w busy comes from outside.
func (w *Worker) nothingQueued() bool { return w.lifoSlot == nil && w.queue.isEmpty() }

// yield puts t behind all that is runnable on w now. It counts as a local
// schedule: the task is runnable.
func (w *Worker) yield(t *Task) {
	t.endYield()
	mark := w.queue.mark()
	if w.lifoSlot != nil {
		mark++ // the slot's task may yet move to the queue
	}
	w.metrics.incReschedule()
	w.yielded.put(t, mark)
}

// takeYielded returns the first task that yielded. The next ones go to the
// local queue, where others can steal them, in an order that pops the first one
// first. There a fair pick, like a thief, may take the last one early; without
// thieves they stay in order.
func (w *Worker) takeYielded() *Task {
	first := w.yielded.take()
	if first == nil || len(w.sched.workers) == 1 {
		return first
	}
	n := min(w.yielded.len(), queueCapacity/2)
	if n == 0 {
		return first
	}
	next := w.overflowed[:n]
	for i := range next {
		next[i] = w.yielded.take()
	}
	w.queue.pushReversed(next)
	clear(next)
	w.sched.notifyParked()
	return first
}
