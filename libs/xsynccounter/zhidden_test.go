// Code generated from ../../impls/chaselev/hidden_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"testing"

	"stealbench/internal/sched"
)

// A join moved the youngest task, which others could have taken, to the LIFO slot,
// although what it waited for was done. The poll went on, blocked on that task, and
// all others slept.
func TestJoinLeavesQueuedTasksInSight(t *testing.T) {
	for _, disabled := range []bool{false, true} {
		s := atRest(t, sched.Config{Workers: 2, DisableLIFOSlot: disabled})
		w := s.workers[0]
		joined := w.NewTask(runClosure)
		joined.state.Store(flagDone)
		queued := w.NewTask(runClosure)
		w.queue.push(queued)
		w.Join(joined)
		if got, result := w.queue.steal(); w.lifoSlot != nil || got != queued || result != stealOK {
			t.Errorf("slot disabled %v: got slot %p, stolen %p, want the queued task %p stolen", disabled, w.lifoSlot, got, queued)
		}
	}
}

// TestPopIf takes the youngest if it is the one, and nothing else.
func TestPopIf(t *testing.T) {
	s := atRest(t, sched.Config{Workers: 1})
	q := &s.workers[0].queue
	tasks := numbered(3)
	if q.popIf(tasks[0]) {
		t.Error("got a task from an empty queue")
	}
	for _, one := range tasks {
		q.push(one)
	}
	if q.popIf(tasks[0]) || q.popIf(tasks[1]) || q.len() != 3 {
		t.Error("got one that is not the youngest")
	}
	if !q.popIf(tasks[2]) || !q.popIf(tasks[1]) || q.len() != 1 {
		t.Error("did not get the youngest")
	}
	q.push(tasks[1])
	if got, _ := q.steal(); got != tasks[0] || q.popIf(tasks[0]) || !q.popIf(tasks[1]) || q.len() != 0 {
		t.Error("got one that was stolen, or not the last one")
	}
}
