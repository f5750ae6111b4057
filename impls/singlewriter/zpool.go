// Code generated from ../chaselev/pool.go by go generate ./impls; DO NOT EDIT.

package singlewriter

import "stealbench/internal/at"

// taskPool holds batches of free tasks, each linked by next.
//
// Tasks are recycled, so that the steady state allocates nothing: each worker
// has free lists of its own. Tasks that are made on one worker and end on another
// would pile up there, so a worker keeps at most two batches, and gives further ones to
// the scheduler's pool; one that has none takes a batch from it (Bonwick and Adams,
// "Magazines and Vmem", USENIX ATC 2001: batches move whole, nobody walks along them).
type taskPool struct {
	mu      at.Mutex
	batches []*Task
}

func (p *taskPool) give(batch *Task) {
	p.mu.Lock()
	p.batches = append(p.batches, batch)
	p.mu.Unlock()
}

// takeBatch returns a batch, or nil.
func (p *taskPool) takeBatch() *Task {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.batches)
	if n == 0 {
		return nil
	}
	batch := p.batches[n-1]
	p.batches = p.batches[:n-1]
	return batch
}

// NewTask returns a task that will run poll, for Spawn or Fork.
func (w *Worker) NewTask(poll PollFunc) (t *Task) {
	if w.free == nil {
		w.refill()
	}
	t = w.free
	w.free, t.poll = t.next, poll
	return // named: else it would be too large to be inlined
}

// refill puts tasks on the free list, which is empty.
func (w *Worker) refill() {
	if w.free = w.spare; w.free != nil {
		w.spare = nil
		return
	}
	if w.free = w.sched.pool.takeBatch(); w.free == nil {
		w.free = new(Task)
	}
}

// recycle takes back a task that nobody will touch again but through Wakers,
// which the new generation turns away. It stands in Join and runPolls as well.
func (w *Worker) recycle(t *Task) {
	if t.reset(); w.keep(t) {
		w.putAside()
	}
}

// reset makes a task that is done a new one.
func (t *Task) reset() {
	if s := t.state.Load(); s&stateFlags != 0 {
		t.state.Store(s&^stateFlags + generation)
	}
	t.forked = false
	t.Args, t.Result, t.Ref = [2]int64{}, 0, nil
}

// keep puts t on the free list, and reports whether that is a whole batch now.
func (w *Worker) keep(t *Task) bool {
	t.next, t.depth = w.free, 1
	if w.free != nil {
		t.depth += w.free.depth
	}
	w.free = t
	return t.depth == freeBatch
}

// putAside keeps the free list, a whole batch, for later. If there is one already,
// that goes to the pool.
func (w *Worker) putAside() {
	if w.spare != nil {
		w.sched.pool.give(w.spare)
	}
	w.spare, w.free = w.free, nil
}
