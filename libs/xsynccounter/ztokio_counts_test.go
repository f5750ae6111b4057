// Code generated from ../../impls/chaselev/tokio_counts_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// rt_metrics.rs: num_alive_tasks. A task that is polled is not counted here, and
// one that has ended is until its worker has submitted.
func TestTokioNumAliveTasks(t *testing.T) {
	schedtest.Guard(t)
	for _, workers := range []int{1, 2} {
		s := atWork(t, sched.Config{Workers: workers})
		if !s.Snapshot().Extended {
			closeEnded(t, s)
			t.Skip("not counted by this variant or level")
		}
		alive := func() uint64 { return s.Snapshot().AliveTasks() }
		if got := alive(); got != 0 {
			t.Errorf("%d workers: got %d alive before the first task, want 0", workers, got)
		}
		runTask(t, s, func(*Worker) {})
		waitUntil(t, "no task alive", func() bool { return alive() == 0 })

		wakers := make(chan Waker, 1)
		spawnTask(t, s, func(w *Worker, t *Task) sched.Poll {
			wakers <- w.Waker(t)
			return sched.Pending
		})
		k := <-wakers
		waitUntil(t, "the pending task alive", func() bool { return s.Quiet() && alive() == 1 })
		if got := closeEnded(t, s).AliveTasks(); got != 1 {
			t.Errorf("%d workers: got %d alive after Close, want the one that nobody woke", workers, got)
		}
		k.Wake() // too late: nobody polls it
		if got := alive(); got != 1 {
			t.Errorf("%d workers: got %d alive after a late wake, want 1", workers, got)
		}
	}
}

// rt_unstable_metrics.rs: spawned_tasks_count.
func TestTokioSpawnedTasksCount(t *testing.T) {
	schedtest.Guard(t)
	for _, workers := range []int{1, 2} {
		s := atWork(t, sched.Config{Workers: workers})
		if !s.Snapshot().Extended {
			closeEnded(t, s)
			t.Skip("not counted by this variant or level")
		}
		if got := s.Snapshot().SpawnedTasks(); got != 0 {
			t.Errorf("%d workers: got %d spawned before the first task, want 0", workers, got)
		}
		runTask(t, s, func(w *Worker) {
			w.Go(func(*Worker) {})
			child := w.NewTask(func(_ *Worker, t *Task) sched.Poll {
				if t.Args[0]++; t.Args[0] < 3 {
					return sched.Yielded // no spawn
				}
				return sched.Ready
			})
			w.Fork(child)
			w.Join(child)
		})
		snapshot := closeEnded(t, s)
		if err := s.Spawn(func(*Worker) {}); err != sched.ErrClosed {
			t.Errorf("Spawn after Close: got %v, want %v", err, sched.ErrClosed)
		}
		if got, after := snapshot.SpawnedTasks(), s.Snapshot().SpawnedTasks(); got != 3 || after != 3 {
			t.Errorf("%d workers: got %d spawned, %d after one that was refused, want 3", workers, got, after)
		}
	}
}

// rt_unstable_metrics.rs: budget_exhaustion_yield: a poll that asks until it is
// refused has used up one budget.
func TestTokioBudgetExhaustionYield(t *testing.T) {
	schedtest.Guard(t)
	s := atWork(t, sched.Config{Workers: 1})
	ended := make(chan struct{})
	var units []int
	spawnTask(t, s, func(w *Worker, _ *Task) sched.Poll {
		n := 0
		for n < 1000 && (len(units) == 0 || n < 5) && w.Proceed() {
			n++
		}
		if units = append(units, n); len(units) == 1 {
			return sched.Yielded
		}
		close(ended)
		return sched.Ready
	})
	<-ended
	snapshot := closeEnded(t, s)
	if len(units) != 2 || units[0] != pickBudget || units[1] != 5 {
		t.Errorf("got %v units in two polls, want 128 and then, with a new budget, the 5 that it asked for", units)
	}
	needExtended(t, snapshot)
	if got := snapshot.Total().BudgetForcedYieldCount; got != 1 {
		t.Errorf("got %d forced yields, want 1", got)
	}
}

// rt_unstable_metrics.rs: budget_exhaustion_yield_with_joins: tasks that run in
// one pick share its budget, and the one whose turn would be without any goes
// to the queue. One that joins has the one of its child afterwards.
func TestTokioBudgetExhaustionYieldWithJoins(t *testing.T) {
	schedtest.Guard(t)
	s := atWork(t, sched.Config{Workers: 1})
	use := func(w *Worker, n int) {
		for range n {
			if !w.Proceed() {
				t.Error("got no unit, want one")
			}
		}
	}
	ended := make(chan struct{})
	var ticks []uint32
	if err := s.Spawn(func(w *Worker) { // the pick
		ticks = append(ticks, w.tick)
		use(w, 100)
		w.Go(func(w *Worker) { // a follow-up, which uses up what is left
			ticks = append(ticks, w.tick)
			use(w, 28)
			w.Go(func(w *Worker) { // would be one: a pick of its own
				ticks = append(ticks, w.tick)
				use(w, 127)
				child := w.NewTask(runClosure)
				child.Ref = func(w *Worker) { use(w, 1) }
				w.Fork(child)
				w.Join(child)
				use(w, 126) // of the child's pick
				close(ended)
			})
		})
	}); err != nil {
		t.Fatal(err)
	}
	<-ended
	snapshot := closeEnded(t, s)
	if len(ticks) != 3 || ticks[0] != ticks[1] || ticks[2] == ticks[1] {
		t.Errorf("got ticks %v, want the first two tasks in one pick and the third in another", ticks)
	}
	needExtended(t, snapshot)
	if got := snapshot.Total().BudgetForcedYieldCount; got != 1 {
		t.Errorf("got %d forced yields, want 1", got)
	}
}
