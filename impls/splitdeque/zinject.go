// Code generated from ../chaselev/inject.go by go generate ./impls; DO NOT EDIT.

package splitdeque

import "stealbench/internal/at"

// injectQueue holds tasks from outside and from overflow, first in, first out.
// Its length can be read without the lock, so that a worker looks for free.
type injectQueue struct {
	mu         at.Mutex
	head, tail *Task
	closed     bool     // no new tasks; wakes and overflow still come in
	length     at.Int64 // written under mu; store-release after the links
}

// push appends one task. A new task is refused after close, a woken one never.
func (q *injectQueue) push(t *Task, isNew bool) bool {
	q.mu.Lock()
	if q.closed && isNew {
		q.mu.Unlock()
		return false
	}
	q.link(t)
	q.length.Store(q.length.Load() + 1)
	q.mu.Unlock()
	return true
}

// pushAll appends tasks in order under one lock.
func (q *injectQueue) pushAll(tasks []*Task) {
	q.mu.Lock()
	for _, t := range tasks {
		q.link(t)
	}
	q.length.Store(q.length.Load() + int64(len(tasks)))
	q.mu.Unlock()
}

func (q *injectQueue) link(t *Task) {
	t.next = nil
	if q.tail == nil {
		q.head = t
	} else {
		q.tail.next = t
	}
	q.tail = t
}

// popN takes up to n tasks, linked by next, oldest first.
func (q *injectQueue) popN(n int) *Task {
	if n < 1 || q.length.Load() == 0 {
		return nil
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	first, last, got := q.head, (*Task)(nil), 0
	for t := first; t != nil && got < n; t = t.next {
		last, got = t, got+1
	}
	if last == nil {
		return nil
	}
	if q.head = last.next; q.head == nil {
		q.tail = nil
	}
	last.next = nil
	q.length.Store(q.length.Load() - int64(got))
	return first
}

// close refuses new tasks from now on and reports whether this call did it.
func (q *injectQueue) close() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	first := !q.closed
	q.closed = true
	return first
}
