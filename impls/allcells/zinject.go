// Code generated from ../chaselev/inject.go by go generate ./impls; DO NOT EDIT.

package allcells

import (
	"math/bits"

	"stealbench/internal/at"
)

// injectQueue holds tasks from outside and from overflow, first in, first out.
// Its length can be read without the lock, so that a worker looks for free.
//
// It is a ring of pointers and no list of tasks (tokio's inject/shared.rs): a worker
// that takes a batch under the lock would have to fetch each task from the CPU that
// spawned it, one after the other, before it knew the next.
type injectQueue struct {
	mu     at.Mutex
	ring   []*Task       // a power of two long, or empty
	head   int           // index of the oldest
	closed bool          // no new tasks; wakes and overflow still come in
	free   *Task         // for spawns from outside: one lock does for both
	stamps outsideStamps // of those
	length at.Int64      // written under mu; store-release after the ring
}

// push appends one task. A new task is refused after close, a woken one never.
func (q *injectQueue) push(t *Task, isNew bool) bool {
	q.mu.Lock()
	ok := !q.closed || !isNew
	if ok {
		q.add(t)
	}
	q.mu.Unlock()
	return ok
}

// pushNew is push of a new task, whose memory is found under the same lock.
func (q *injectQueue) pushNew(pool *taskPool, poll PollFunc, args [2]int64, ref any, site [2]uintptr) bool {
	q.mu.Lock()
	t := q.free
	if t == nil {
		if t = pool.takeBatch(); t == nil {
			t = new(Task)
		}
	}
	if q.closed {
		q.free = t
		q.mu.Unlock()
		return false
	}
	q.free, t.next = t.next, nil
	q.stamps.put(t, q.length.Load() > 0, site)
	t.poll, t.Args, t.Ref = poll, args, ref
	q.add(t)
	q.mu.Unlock()
	return true
}

// add appends t. Called with the lock held.
func (q *injectQueue) add(t *Task) {
	n := int(q.length.Load())
	q.reserve(n + 1)
	q.ring[(q.head+n)&(len(q.ring)-1)] = t
	q.length.Store(int64(n + 1))
}

// pushAll appends tasks in order under one lock.
func (q *injectQueue) pushAll(tasks []*Task) {
	q.mu.Lock()
	n := int(q.length.Load())
	q.reserve(n + len(tasks))
	for i, t := range tasks {
		q.ring[(q.head+n+i)&(len(q.ring)-1)] = t
	}
	q.length.Store(int64(n + len(tasks)))
	q.mu.Unlock()
}

// reserve makes room for n tasks. Called with the lock held.
func (q *injectQueue) reserve(n int) {
	if n <= len(q.ring) {
		return
	}
	longer := make([]*Task, max(firstRing, 1<<bits.Len(uint(n-1))))
	copied := copy(longer, q.ring[q.head:])
	copy(longer[copied:], q.ring[:q.head])
	q.ring, q.head = longer, 0
}

// pop takes the oldest task, or returns nil.
func (q *injectQueue) pop() *Task {
	var one [1]*Task
	q.popN(one[:])
	return one[0]
}

// popN takes as many tasks as into has room for, oldest first, or all there are, and
// returns how many.
func (q *injectQueue) popN(into []*Task) int {
	if len(into) == 0 || q.length.Load() == 0 {
		return 0
	}
	q.mu.Lock()
	left := int(q.length.Load())
	n := min(len(into), left)
	for i := range n {
		slot := &q.ring[q.head]
		into[i], *slot = *slot, nil
		q.head = (q.head + 1) & (len(q.ring) - 1)
	}
	if left -= n; left == 0 && len(q.ring) > keepRing {
		q.ring, q.head = nil, 0
	}
	q.length.Store(int64(left))
	q.mu.Unlock()
	return n
}

// all appends every task, oldest first, to buf. Called with the lock held.
func (q *injectQueue) all(buf []*Task) []*Task {
	for i := range int(q.length.Load()) {
		buf = append(buf, q.ring[(q.head+i)&(len(q.ring)-1)])
	}
	return buf
}

// close refuses new tasks from now on and reports whether this call did it.
func (q *injectQueue) close() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	first := !q.closed
	q.closed = true
	return first
}
