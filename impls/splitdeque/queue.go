package splitdeque

import "stealbench/internal/at"

// localQueue is a deque in two parts with one row of indices. Thieves see the public
// part, [top, bottom): the base's deque of Chase and Lev, bounded, in the form of Lê,
// Pop, Cohen and Zappa Nardelli, PPoPP 2013 (../chaselev/queue.go). The private part
// goes on from bottom; it is nil in a queue whose tasks all are public at once.
//
// Together they hold queueCapacity tasks. The fields that both have stand where the
// base has them.
type localQueue struct {
	bottom  at.Int64 // end of the public part; written by the owner
	private *private // set before the worker starts
	_       [cacheLine - 8]byte
	top     at.Int64 // oldest task; advanced by CAS
	_       [cacheLine]byte
	slots   [queueCapacity]at.Slot[Task]
}

// publicSlot is where the public task at index i lies.
func (q *localQueue) publicSlot(i int64) *at.Slot[Task] { return &q.slots[i&(queueCapacity-1)] }

// push appends t at the bottom and reports whether there was room. Called only
// by the owner.
func (q *localQueue) push(t *Task) bool {
	b, top := q.bottom.Load(), q.top.Load()
	p := q.private
	if p == nil {
		if b-top >= queueCapacity {
			return false
		}
		q.publicSlot(b).Store(t)
		q.bottom.Store(b + 1) // store-release, pairs with the load in steal
		return true
	}
	if b-top+p.n >= queueCapacity {
		return false
	}
	*p.slot(b + p.n) = t
	p.n++
	if p.asked.Load() {
		q.publishHalf()
	}
	return true
}

// pushReversed pushes tasks, the last of them first, where thieves see them: they could
// have taken them elsewhere. Called only by the owner, with an empty queue.
func (q *localQueue) pushReversed(tasks []*Task) {
	b := q.bottom.Load()
	for i, t := range tasks {
		q.publicSlot(b + int64(len(tasks)-1-i)).Store(t)
	}
	q.bottom.Store(b + int64(len(tasks)))
}

// pop takes the task at the bottom, the youngest, or returns nil if there is
// none. Called only by the owner.
func (q *localQueue) pop() *Task {
	if p := q.private; p != nil {
		if p.n > 0 {
			p.n--
			return *p.slot(q.bottom.Load() + p.n)
		}
		p.tell()
	}
	return q.popPublic()
}

// popPublic takes the youngest public task as the base does. Called only by the
// owner, with nothing private.
func (q *localQueue) popPublic() *Task {
	b := q.bottom.Load() - 1
	if b < q.top.Load() { // only the owner adds: empty stays empty
		return nil
	}
	q.bottom.Store(b) // seq-cst with the load of top below: a thief sees this or we see its CAS
	top := q.top.Load()
	if top < b {
		return q.publicSlot(b).Load()
	}
	// At most one task left, and thieves may want it: whoever moves top has it.
	var t *Task
	if top == b && q.top.CompareAndSwap(top, top+1) {
		t = q.publicSlot(b).Load()
	}
	q.bottom.Store(b + 1)
	return t
}

// popIf takes t if it is the youngest, and leaves everything else where it is. It
// reports whether it did. Called only by the owner.
func (q *localQueue) popIf(t *Task) bool {
	b := q.bottom.Load()
	if p := q.private; p != nil && p.n > 0 {
		if *p.slot(b + p.n - 1) != t {
			return false
		}
		p.n--
		return true
	}
	b--
	if b < q.top.Load() || q.publicSlot(b).Load() != t {
		return false
	}
	return q.popPublic() == t // nil if a thief was faster
}

// steal takes the task at the top, the oldest, if it is public. Safe for any worker.
func (q *localQueue) steal() (*Task, stealResult) {
	top := q.top.Load()
	if q.bottom.Load() <= top { // load-acquire, after top: pairs with the store in popPublic
		return nil, stealEmpty
	}
	// Read the slot before the CAS: after it the owner may use it again.
	t := q.publicSlot(top).Load()
	if !q.top.CompareAndSwap(top, top+1) {
		return nil, stealRetry
	}
	return t, stealOK
}

// claimHalf takes the oldest half of a full queue with one CAS and appends it,
// oldest first, to buf. It returns nothing if a thief came between. Called only
// by the owner.
func (q *localQueue) claimHalf(buf []*Task) []*Task {
	const half = queueCapacity / 2
	top := q.top.Load()
	if q.held()-top < queueCapacity {
		return buf
	}
	q.reveal()
	n := len(buf)
	for i := range int64(half) {
		buf = append(buf, q.publicSlot(top+i).Load())
	}
	if !q.top.CompareAndSwap(top, top+half) {
		return buf[:n]
	}
	return buf
}

// held is the end of what the queue holds. Called only by the owner.
func (q *localQueue) held() int64 {
	if q.private == nil {
		return q.bottom.Load()
	}
	return q.bottom.Load() + q.private.n
}

// len is how many tasks are queued, 0 to queueCapacity; a moment's view of the public
// ones, and what the owner last told of the private ones. Safe for any goroutine.
func (q *localQueue) len() int {
	told := int64(0)
	if q.private != nil {
		told = q.private.told.Load()
	}
	top := q.top.Load()
	return int(min(max(q.bottom.Load()-top, 0)+told, queueCapacity))
}

// all appends every task, oldest first, to buf. Called only while neither owner
// nor thieves move.
func (q *localQueue) all(buf []*Task) []*Task {
	b := q.bottom.Load()
	for i := q.top.Load(); i < b; i++ {
		buf = append(buf, q.publicSlot(i).Load())
	}
	for i := b; i < q.held(); i++ {
		buf = append(buf, *q.private.slot(i))
	}
	return buf
}

// mark returns a position: passed reports true once every task that was queued
// at the time of mark has left. Called only by the owner.
func (q *localQueue) mark() int64 { return q.held() }

// passed reports whether the queue has moved beyond a mark. Safe for any worker.
func (q *localQueue) passed(mark int64) bool { return q.top.Load() >= mark }
