// Code generated from ../chaselev/pool.go by go generate ./impls; DO NOT EDIT.

package splitdeque

import "stealbench/internal/at"

// Tasks are recycled, so that the steady state allocates nothing: each worker
// has a free list of its own. Tasks that are made on one worker and end on
// another would pile up there, so a list that is too long gives a batch to the
// scheduler's pool, and an empty one takes a batch from it.
const (
	freeBatch = 256
	freeLimit = 2 * freeBatch
)

// taskPool holds batches of free tasks, each linked by next.
type taskPool struct {
	mu      at.Mutex
	batches []*Task
	loose   *Task // for spawns from outside, one by one
	stamps  outsideStamps
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

// takeOne returns a free task for a spawn from outside; others may wait to run
// before it.
func (p *taskPool) takeOne(othersWait bool) *Task {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.loose == nil {
		n := len(p.batches)
		if n == 0 {
			t := new(Task)
			p.stamps.put(t, othersWait)
			return t
		}
		p.loose = p.batches[n-1]
		p.batches = p.batches[:n-1]
	}
	t := p.loose
	p.loose = t.next
	t.next = nil
	p.stamps.put(t, othersWait)
	return t
}

// NewTask returns a task that will run poll, for Spawn or Fork.
func (w *Worker) NewTask(poll PollFunc) *Task {
	if w.freeCount == 0 {
		w.refill()
	}
	w.freeCount--
	t := w.free
	w.free, t.poll = t.next, poll
	return t
}

// refill puts tasks on the free list, which is empty.
func (w *Worker) refill() {
	if w.free = w.sched.pool.takeBatch(); w.free != nil {
		w.freeCount = freeBatch
		return
	}
	w.free, w.freeCount = new(Task), 1
}

// recycle takes back a task that nobody will touch again but through Wakers,
// which the new generation turns away.
func (w *Worker) recycle(t *Task) {
	if s := t.state.Load(); s&stateFlags != 0 {
		t.state.Store(s&^stateFlags + generation)
	}
	t.forked = false
	t.Args, t.Result, t.Ref = [2]int64{}, 0, nil
	t.next = w.free
	w.free = t
	if w.freeCount++; w.freeCount >= freeLimit {
		w.giveBatch()
	}
}

func (w *Worker) giveBatch() {
	batch := w.free
	last := batch
	for range freeBatch - 1 {
		last = last.next
	}
	w.free = last.next
	last.next = nil
	w.freeCount -= freeBatch
	w.sched.pool.give(batch)
}
