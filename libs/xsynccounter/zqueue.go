// Code generated from ../../impls/chaselev/queue.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import "stealbench/internal/at"

// localQueue is the deque of Chase and Lev, "Dynamic Circular Work-Stealing
// Deque", SPAA 2005, in the form proved by Lê, Pop, Cohen and Zappa Nardelli,
// "Correct and Efficient Work-Stealing for Weak Memory Models", PPoPP 2013, but
// bounded: a full deque overflows to the injection queue instead of growing.
//
// The owner pushes and pops at the bottom, thieves take at the top. Indices
// only grow but for the pop's trial decrement of bottom, are signed so that
// bottom-1 at 0 is not a huge number, and 64 bits wide so that they never wrap.
// A thief reads a slot before it knows that it may have it: at.Slot says why that is
// no race that matters.
type localQueue struct {
	bottom at.Int64 // next free slot; written by the owner
	_      [cacheLine]byte
	top    at.Int64 // oldest task; advanced by CAS
	_      [cacheLine]byte
	slots  [queueCapacity]at.Slot[Task]
}

// slot is where the task at index i lies. queueCapacity is a power of two: a mask
// needs no test for negative indices, nor of bounds.
func (q *localQueue) slot(i int64) *at.Slot[Task] { return &q.slots[i&(queueCapacity-1)] }

// push appends t at the bottom and reports whether there was room. Called only
// by the owner.
func (q *localQueue) push(t *Task) bool {
	b := q.bottom.Load()
	if b-q.top.Load() >= queueCapacity {
		return false
	}
	q.slot(b).Store(t)
	q.bottom.Store(b + 1) // store-release, pairs with the load in steal
	return true
}

// pushReversed pushes tasks, the last of them first, and publishes all at once. There
// is room for them. Called only by the owner.
func (q *localQueue) pushReversed(tasks []*Task) {
	b := q.bottom.Load()
	for i, t := range tasks {
		q.slot(b + int64(len(tasks)-1-i)).Store(t)
	}
	q.bottom.Store(b + int64(len(tasks)))
}

// pop takes the task at the bottom, the youngest, or returns nil if there is
// none. Called only by the owner.
func (q *localQueue) pop() *Task {
	b := q.bottom.Load() - 1
	if b < q.top.Load() { // only the owner adds: empty stays empty
		return nil
	}
	q.bottom.Store(b) // seq-cst with the load of top below: a thief sees this or we see its CAS
	top := q.top.Load()
	if top < b {
		return q.slot(b).Load()
	}
	// At most one task left, and thieves may want it: whoever moves top has it.
	var t *Task
	if top == b && q.top.CompareAndSwap(top, top+1) {
		t = q.slot(b).Load()
	}
	q.bottom.Store(b + 1)
	return t
}

// popIf takes t if it is the youngest, and leaves everything else where others
// see it. It reports whether it did. Called only by the owner.
func (q *localQueue) popIf(t *Task) bool {
	b := q.bottom.Load() - 1
	if b < q.top.Load() || q.slot(b).Load() != t {
		return false
	}
	q.bottom.Store(b) // as in pop
	top := q.top.Load()
	if top < b {
		return true
	}
	won := top == b && q.top.CompareAndSwap(top, top+1)
	q.bottom.Store(b + 1)
	return won
}

// steal takes the task at the top, the oldest. Safe for any worker.
func (q *localQueue) steal() (*Task, stealResult) {
	top := q.top.Load()
	if q.bottom.Load() <= top { // load-acquire, after top: pairs with the store in pop
		return nil, stealEmpty
	}
	// Read the slot before the CAS: after it the owner may use it again.
	t := q.slot(top).Load()
	if !q.top.CompareAndSwap(top, top+1) {
		return nil, stealRetry
	}
	return t, stealOK
}

// claimHalf takes the oldest half of a full deque with one CAS and appends it,
// oldest first, to buf. It returns nothing if a thief came between. Called only
// by the owner.
func (q *localQueue) claimHalf(buf []*Task) []*Task {
	const half = queueCapacity / 2
	top := q.top.Load()
	if q.bottom.Load()-top < queueCapacity {
		return buf
	}
	n := len(buf)
	for i := range int64(half) {
		buf = append(buf, q.slot(top+i).Load())
	}
	if !q.top.CompareAndSwap(top, top+half) {
		return buf[:n]
	}
	return buf
}

// len is how many tasks are queued, 0 to queueCapacity; a moment's view for
// everyone but the owner. Between the two loads the queue may move on by more
// than it holds. Safe for any goroutine.
func (q *localQueue) len() int {
	top := q.top.Load()
	return int(min(max(q.bottom.Load()-top, 0), queueCapacity))
}

// all appends every task, oldest first, to buf. Called only while neither owner
// nor thieves move.
func (q *localQueue) all(buf []*Task) []*Task {
	for i := q.top.Load(); i < q.bottom.Load(); i++ {
		buf = append(buf, q.slot(i).Load())
	}
	return buf
}

// mark returns a position: passed reports true once every task that was queued
// at the time of mark has left. Called only by the owner.
func (q *localQueue) mark() int64 { return q.bottom.Load() }

// passed reports whether the queue has moved beyond a mark. Safe for any worker.
func (q *localQueue) passed(mark int64) bool { return q.top.Load() >= mark }
