package splitdeque

import (
	"stealbench/internal/at"
	"stealbench/internal/sched"
)

// private is the part of a local queue that only its owner sees, and how thieves ask
// for it: Lace's split deque (doc.go; SPLIT.md has the protocol).
type private struct {
	n     int64                // tasks; written by the owner, as the rest of this group
	tasks [queueCapacity]*Task // a ring: those at the indices from bottom on
	_     [cacheLine]byte

	asked at.Bool  // thieves found nothing; they set it, the owner takes it back
	told  at.Int64 // what others are told of n; written by the owner
	_     [cacheLine]byte
}

// slot is the place of an index in the ring; unsigned, so that it is a mask.
func (p *private) slot(i int64) **Task { return &p.tasks[uint64(i)%queueCapacity] }

// init is called before the worker starts.
func (q *localQueue) init(c sched.Config) {
	if c.NoBlocking {
		q.private = new(private)
	}
}

// publishHalf lets thieves have the older half of the private tasks, or the only one, as
// they asked. The caller notifies. Called only by the owner, with something private.
func (q *localQueue) publishHalf() {
	p := q.private
	p.asked.Store(false) // first: who asks from now on asks for more than these
	q.publish((p.n + 1) / 2)
}

// publish moves bottom, the split, past the n oldest private tasks. Called only by the
// owner.
func (q *localQueue) publish(n int64) {
	p, b := q.private, q.bottom.Load()
	for i := b; i < b+n; i++ {
		q.publicSlot(i).Store(*p.slot(i))
	}
	p.n -= n
	q.bottom.Store(b + n) // store-release, pairs with the load in steal
}

// visible is how many tasks a thief can take, a moment's view. If there are none it
// asks the owner for some. Safe for any worker.
func (q *localQueue) visible() int {
	top := q.top.Load()
	n := min(max(q.bottom.Load()-top, 0), queueCapacity)
	if n == 0 && q.private != nil && !q.private.asked.Load() {
		q.private.asked.Store(true) // seq-cst with the owner's load: it sees this, or we its push
	}
	return int(n)
}

// isAsked reports whether the owner should answer: it looks once in every tick. Called
// only by the owner.
func (q *localQueue) isAsked() bool {
	p := q.private
	return p != nil && p.n > 0 && p.asked.Load()
}

// answer gives thieves what they asked for, and reports whether it did: the caller
// notifies, as after a push. Called only by the owner, at least once in an event
// interval: others are told how many are private.
func (q *localQueue) answer() bool {
	if q.private == nil {
		return false
	}
	asked := q.isAsked()
	if asked {
		q.publishHalf()
	}
	q.private.tell()
	return asked
}

// tell tells others how many tasks are private. Called only by the owner.
func (p *private) tell() {
	if p.told.Load() != p.n {
		p.told.Store(p.n)
	}
}

// reveal publishes all there is: tasks that thieves could have taken elsewhere, or the
// owner leaves. The caller notifies. Called only by the owner.
func (q *localQueue) reveal() {
	if p := q.private; p != nil {
		q.publish(p.n)
		p.tell()
	}
}

// isEmpty is exact: thieves' tasks are gone, and nobody else adds. Called only by the
// owner.
func (q *localQueue) isEmpty() bool { return q.held() <= q.top.Load() }

// popOldest takes the oldest task, or returns nil if there is none or a thief was
// faster. Called only by the owner.
func (q *localQueue) popOldest() *Task {
	if p := q.private; p != nil && p.n > 0 && q.bottom.Load() == q.top.Load() {
		q.publish(1)
	}
	t, _ := q.steal()
	return t
}
