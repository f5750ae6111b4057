// Code generated from ../../impls/chaselev/yielded_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"testing"

	"stealbench/internal/sched"
)

// TestYieldedTasksWakeASleeper: those behind the first go to the local queue, where
// others can take them, and one that sleeps is woken for them.
func TestYieldedTasksWakeASleeper(t *testing.T) {
	for n := 1; n <= 3; n++ {
		s := atRest(t, sched.Config{Workers: 2})
		w, other := s.workers[0], s.workers[1]
		s.idle.addSleeper(other, false)
		tasks := numbered(n)
		for _, one := range tasks {
			w.yield(one)
		}
		checkTask(t, "the first", w.takeYielded(), tasks[0])
		if woken := !s.idle.asleep(other); w.queue.len() != n-1 || woken != (n > 1) {
			t.Errorf("%d yielded: got %d in the queue, the other woken %v, want %d, %v", n, w.queue.len(), woken, n-1, n > 1)
		}
	}
}
