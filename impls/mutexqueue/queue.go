package mutexqueue

import "stealbench/internal/at"

// localQueue is a ring under a mutex. The owner pushes and pops at the bottom,
// thieves take at the top. Its fields stand where the base has them.
type localQueue struct {
	bottom int64 // next free slot
	_      [cacheLine]byte
	top    int64 // oldest task
	mu     at.Mutex
	_      [cacheLine - 8]byte
	slots  [queueCapacity]*Task
}

// push appends t at the bottom and reports whether there was room. Called only
// by the owner.
func (q *localQueue) push(t *Task) bool {
	q.mu.Lock()
	if q.bottom-q.top >= queueCapacity {
		q.mu.Unlock()
		return false
	}
	q.slots[q.bottom%queueCapacity] = t
	q.bottom++
	q.mu.Unlock()
	return true
}

// pushReversed pushes tasks, the last of them first. There is room for them. Called
// only by the owner.
func (q *localQueue) pushReversed(tasks []*Task) {
	q.mu.Lock()
	for i := len(tasks) - 1; i >= 0; i-- {
		q.slots[q.bottom%queueCapacity] = tasks[i]
		q.bottom++
	}
	q.mu.Unlock()
}

// pop takes the task at the bottom, the youngest, or returns nil if there is
// none. Called only by the owner.
func (q *localQueue) pop() *Task {
	q.mu.Lock()
	if q.bottom == q.top {
		q.mu.Unlock()
		return nil
	}
	q.bottom--
	t := q.slots[q.bottom%queueCapacity]
	q.mu.Unlock()
	return t
}

// popIf takes t if it is the youngest and reports whether it did. Called only by
// the owner.
func (q *localQueue) popIf(t *Task) bool {
	q.mu.Lock()
	found := q.bottom > q.top && q.slots[(q.bottom-1)%queueCapacity] == t
	if found {
		q.bottom--
	}
	q.mu.Unlock()
	return found
}

// steal takes the task at the top, the oldest. It never loses a race. Safe for
// any worker.
func (q *localQueue) steal() (*Task, stealResult) {
	q.mu.Lock()
	if q.bottom == q.top {
		q.mu.Unlock()
		return nil, stealEmpty
	}
	t := q.slots[q.top%queueCapacity]
	q.top++
	q.mu.Unlock()
	return t, stealOK
}

// claimHalf takes the oldest half of a full queue and appends it, oldest first,
// to buf. It returns nothing if the queue is no longer full. Called only by the
// owner.
func (q *localQueue) claimHalf(buf []*Task) []*Task {
	const half = queueCapacity / 2
	q.mu.Lock()
	if q.bottom-q.top >= queueCapacity {
		for range half {
			buf = append(buf, q.slots[q.top%queueCapacity])
			q.top++
		}
	}
	q.mu.Unlock()
	return buf
}

// len is how many tasks are queued, 0 to queueCapacity. Safe for any goroutine.
func (q *localQueue) len() int {
	q.mu.Lock()
	n := int(q.bottom - q.top)
	q.mu.Unlock()
	return n
}

// all appends every task, oldest first, to buf. Called only while neither owner
// nor thieves move.
func (q *localQueue) all(buf []*Task) []*Task {
	q.mu.Lock()
	for i := q.top; i < q.bottom; i++ {
		buf = append(buf, q.slots[i%queueCapacity])
	}
	q.mu.Unlock()
	return buf
}

// mark returns a position: passed reports true once every task that was queued
// at the time of mark has left. Called only by the owner.
func (q *localQueue) mark() int64 { return q.bottom }

// passed reports whether the queue has moved beyond a mark. Safe for any worker.
func (q *localQueue) passed(mark int64) bool {
	q.mu.Lock()
	done := q.top >= mark
	q.mu.Unlock()
	return done
}
