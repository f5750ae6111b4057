// Code generated from ../../impls/chaselev/steal.go by go generate ./impls; DO NOT EDIT.

package promcounter

// stealWork looks for work for a while: it searches all other workers' queues
// and the injection queue when it may, and waits for its turn when others
// search. It returns a task, or nil, at once when the joined task is done (nil
// outside a join). A worker that found a task may still count as searching;
// runTask ends that.
func (w *Worker) stealWork(joined *Task) *Task {
	s := w.sched
	counted := false
	for round := range searchRounds {
		if joined != nil && joined.state.Load()&flagDone != 0 {
			return nil
		}
		// Read before the search: what a joiner waits for may lie in the queue
		// of a worker that has left, so it searches once, also uninvited.
		closing := s.closing.Load()
		if !w.searching {
			// Refused is not the end: who searches is often a joiner about to
			// go on, and waking up costs far more than these rounds.
			w.searching = s.idle.tryStartSearching()
		}
		if w.searching || closing {
			if !counted { // also where w was woken to search, or searches uninvited
				counted = true
				w.metrics.incStealAttempt()
			}
			if t := w.stealRound(); t != nil {
				return t
			}
			if t := s.inject.pop(); t != nil {
				return t
			}
		}
		if closing {
			return nil
		}
		pause(round)
	}
	return nil
}

// stealRound tries every other worker once, from a random one on.
func (w *Worker) stealRound() *Task {
	workers := w.sched.workers
	n := len(workers)
	start := int(w.nextRandom() % uint64(n))
	for i := range n {
		victim := workers[(start+i)%n]
		if victim == w {
			continue
		}
		if t := w.stealFrom(victim); t != nil {
			return t
		}
	}
	return nil
}

// stealFrom is one steal operation: task by task, up to half of what the victim
// had, rounded up. The oldest is returned, to run first: in a fork-join tree it
// is the largest. The others go to the own queue, the oldest on top. Their
// number is bounded by half a queue, and the own queue is empty.
func (w *Worker) stealFrom(victim *Worker) *Task {
	want := (victim.queue.visible() + 1) / 2
	var first *Task
	got := 0
	for got < want {
		t, result := victim.queue.steal()
		if result != stealOK {
			break
		}
		if got++; first == nil {
			first = t
		} else if !w.queue.push(t) {
			w.overflow(t)
		}
	}
	if got == 0 {
		return nil
	}
	w.queue.reveal()
	w.metrics.addSteal(got)
	return first
}

// stopSearching ends a search that found a task. The last one to do so wakes
// another worker: there may be more than it took.
func (w *Worker) stopSearching() {
	w.searching = false
	if w.sched.idle.stopSearching() {
		w.sched.notifyParked()
	}
}

// nextRandom is a splitmix64 step (Steele, Lea and Flood, OOPSLA 2014).
func (w *Worker) nextRandom() uint64 {
	w.random += 0x9e3779b97f4a7c15
	z := w.random
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
