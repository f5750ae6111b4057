// Code generated from ../../impls/chaselev/idle.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"fmt"

	"stealbench/internal/at"
)

// idle knows who sleeps and how many search (tokio scheduler/multi_thread/
// idle.rs). PARKING.md says why no wakeup is lost.
type idle struct {
	// state packs the number of searching workers (low half) and of unparked
	// workers (high half), so that one load answers whether to notify. Changed
	// under mu, but for a worker that begins or ends searching.
	state at.Uint64
	_     [cacheLine]byte

	mu       at.Mutex
	sleepers []*Worker // unparked = workers - len(sleepers), nobody twice
	workers  int
}

const (
	oneSearching = 1
	oneUnparked  = 1 << 32
)

func searchingOf(state uint64) int { return int(uint32(state)) }
func unparkedOf(state uint64) int  { return int(state >> 32) }

func (i *idle) init(workers int) {
	i.workers = workers
	i.sleepers = make([]*Worker, 0, workers)
	i.state.Store(uint64(workers) * oneUnparked)
}

// shouldNotify reports whether a worker sleeps and none searches: one that
// searches finds the new work or looks once more before it sleeps. The caller
// has published its task before this load (seq-cst; pairs with the look at the
// queues after addSleeper).
func (i *idle) shouldNotify() bool {
	s := i.state.Load()
	return searchingOf(s) == 0 && unparkedOf(s) < i.workers
}

// notify wakes the worker that fell asleep last, as a searching one. Safe for
// any goroutine.
func (i *idle) notify() {
	i.mu.Lock()
	n := len(i.sleepers)
	if n == 0 || !i.shouldNotify() {
		i.mu.Unlock()
		return
	}
	w := i.sleepers[n-1]
	i.sleepers = i.sleepers[:n-1]
	w.wokenToSearch = true
	i.state.Add(oneUnparked + oneSearching)
	i.check()
	i.mu.Unlock()
	w.parker.unpark()
}

// tryStartSearching admits at most half of the workers, so that those without
// work do not fight for the little there is. The test and the step are not one:
// it can overshoot, which costs time only.
func (i *idle) tryStartSearching() bool {
	if 2*searchingOf(i.state.Load()) >= i.workers {
		return false
	}
	i.state.Add(oneSearching)
	return true
}

// stopSearching reports whether that was the last searching worker, which must
// wake another: there may be more work than it found.
func (i *idle) stopSearching() bool {
	return searchingOf(i.state.Add(^uint64(oneSearching-1))) == 0
}

// addSleeper puts w on the list; after it the caller looks at the queues again.
func (i *idle) addSleeper(w *Worker, searching bool) {
	i.mu.Lock()
	delta := uint64(oneUnparked)
	if searching {
		delta += oneSearching
	}
	i.state.Add(-delta)
	w.wokenToSearch = false
	i.sleepers = append(i.sleepers, w)
	i.check()
	i.mu.Unlock()
}

// removeSleeper takes w off the list and reports whether it was on it.
func (i *idle) removeSleeper(w *Worker) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	for k, s := range i.sleepers {
		if s == w {
			i.sleepers = append(i.sleepers[:k], i.sleepers[k+1:]...)
			i.state.Add(oneUnparked)
			i.check()
			return true
		}
	}
	return false
}

// asleep reports whether w is on the list.
func (i *idle) asleep(w *Worker) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, s := range i.sleepers {
		if s == w {
			return true
		}
	}
	return false
}

// broken says how the invariant is broken: unparked = workers - len(sleepers),
// nobody twice (S1; tokio issue #8373). Called with mu held.
func (i *idle) broken() error {
	if got, want := unparkedOf(i.state.Load()), i.workers-len(i.sleepers); got != want {
		return fmt.Errorf("%d workers count as unparked, %d of %d are not on the sleepers list", got, want, i.workers)
	}
	for k, w := range i.sleepers {
		for _, other := range i.sleepers[:k] {
			if other == w {
				return fmt.Errorf("worker %d is on the sleepers list twice", w.index)
			}
		}
	}
	return nil
}
