// Code generated from ../../impls/chaselev/overflow_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"testing"

	"stealbench/internal/sched"
)

// atRest returns a scheduler whose workers do not run.
func atRest(t *testing.T, c sched.Config) *Scheduler {
	t.Helper()
	c, err := c.WithDefaults()
	if err != nil {
		t.Fatal(err)
	}
	return build(c)
}

// pick counts a turn of w's run loop with its pick.
func pick(w *Worker) {
	w.tick++
	w.metrics.startPick()
}

// counters submits w's batch and returns what is published for all, and whether
// the variant counts that at this level.
func counters(w *Worker) (sched.WorkerCounters, bool) {
	w.submit(w.tick)
	s := w.sched.Snapshot()
	return s.Total(), s.Extended
}

// TestOverflow schedules more tasks than a local queue holds. The first
// overflow comes with the 257th, the next ones every 129.
func TestOverflow(t *testing.T) {
	const full, moved = queueCapacity, queueCapacity/2 + 1
	type row struct{ schedules, overflows int }
	rows := []row{
		{1, 0}, {full - 1, 0}, {full, 0},
		{full + 1, 1}, {full + 2, 1}, {full + moved, 1},
		{full + moved + 1, 2}, {full + 2*moved, 2},
		{full + 2*moved + 1, 3},
	}
	if full == 256 {
		rows = append(rows, row{257, 1}, row{385, 1}, row{386, 2}, row{1000, 6}, row{10_000, 76})
	}
	for _, row := range rows {
		if row.schedules > queueCapacity {
			if want := 1 + (row.schedules-queueCapacity-1)/moved; row.overflows != want {
				t.Fatalf("%d schedules: the row says %d, the formula %d", row.schedules, row.overflows, want)
			}
		}
		s := atRest(t, sched.Config{Workers: 1, DisableLIFOSlot: true})
		w := s.workers[0]
		for _, one := range numbered(row.schedules) {
			w.scheduleLocal(one)
		}
		injected := int(s.inject.length.Load())
		if want := moved * row.overflows; injected != want {
			t.Errorf("%d schedules: got %d tasks moved, want %d", row.schedules, injected, want)
		}
		if got, want := w.queue.len(), row.schedules-injected; got != want {
			t.Errorf("%d schedules: got %d tasks left, want %d", row.schedules, got, want)
		}
		if c, ok := counters(w); ok && c.OverflowCount != uint64(row.overflows) {
			t.Errorf("%d schedules: got OverflowCount %d, want %d", row.schedules, c.OverflowCount, row.overflows)
		}
	}
}

// TestOverflowOrder looks at which tasks move: the oldest half, then the one
// that found no room.
func TestOverflowOrder(t *testing.T) {
	s := atRest(t, sched.Config{Workers: 1, DisableLIFOSlot: true})
	w := s.workers[0]
	tasks := numbered(queueCapacity + 1)
	for _, one := range tasks {
		w.scheduleLocal(one)
	}
	for _, want := range append(tasks[:queueCapacity/2:queueCapacity/2], tasks[queueCapacity]) {
		checkTask(t, "injection queue", s.inject.pop(), want)
	}
	checkTask(t, "injection queue, all moved", s.inject.pop(), nil)
	for i := queueCapacity - 1; i >= queueCapacity/2; i-- {
		checkTask(t, "local queue", w.queue.pop(), tasks[i])
	}
}

// TestLIFOSlot holds one task beside a full queue.
func TestLIFOSlot(t *testing.T) {
	s := atRest(t, sched.Config{Workers: 1})
	w := s.workers[0]
	tasks := numbered(queueCapacity + 1)
	for _, one := range tasks {
		w.scheduleLocal(one)
	}
	if got := s.inject.length.Load(); got != 0 {
		t.Errorf("got %d tasks moved, want 0", got)
	}
	checkTask(t, "slot", w.lifoSlot, tasks[queueCapacity])
	checkTask(t, "queue", w.queue.pop(), tasks[queueCapacity-1])
}
