// Code generated from ../../impls/chaselev/steal_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"testing"

	"stealbench/internal/sched"
)

// TestStealHalf steals from a victim: half of its tasks, rounded up, of which
// the oldest runs and the others are queued.
func TestStealHalf(t *testing.T) {
	for _, row := range []struct{ victim, stolen int }{
		{0, 0}, {1, 1}, {2, 1}, {3, 2}, {4, 2}, {5, 3}, {100, 50}, {255, 128}, {256, 128},
	} {
		if row.victim > queueCapacity {
			continue
		}
		s := atRest(t, sched.Config{Workers: 2})
		victim, thief := s.workers[0], s.workers[1]
		tasks := numbered(row.victim)
		for _, one := range tasks {
			victim.queue.push(one)
		}
		first := thief.stealRound()
		if row.victim == 0 {
			checkTask(t, "nothing to steal", first, nil)
		} else {
			checkTask(t, "to run", first, tasks[0])
		}
		if got, want := victim.queue.len(), row.victim-row.stolen; got != want {
			t.Errorf("%d tasks: got %d left with the victim, want %d", row.victim, got, want)
		}
		if got, want := thief.queue.len(), max(row.stolen-1, 0); got != want {
			t.Errorf("%d tasks: got %d in the thief's queue, want %d", row.victim, got, want)
		}
		for i := 1; i < row.stolen; i++ {
			got, _ := thief.queue.steal()
			checkTask(t, "the thief's queue, from the top", got, tasks[i])
		}
		c, ok := counters(thief)
		if want := uint64(min(row.stolen, 1)); ok && (c.StealOperations != want || c.StealCount != uint64(row.stolen)) {
			t.Errorf("%d tasks: got %d operations, %d stolen, want %d, %d",
				row.victim, c.StealOperations, c.StealCount, want, row.stolen)
		}
	}
}

// TestStealFromAnyVictim finds the one victim that has something.
func TestStealFromAnyVictim(t *testing.T) {
	const workers = 7
	for victim := range workers - 1 {
		s := atRest(t, sched.Config{Workers: workers})
		task := numbered(1)[0]
		s.workers[victim].queue.push(task)
		checkTask(t, "one round", s.workers[workers-1].stealRound(), task)
	}
}

// TestStealNotFromSlot leaves the LIFO slot alone.
func TestStealNotFromSlot(t *testing.T) {
	s := atRest(t, sched.Config{Workers: 2})
	s.workers[0].scheduleLocal(numbered(1)[0])
	checkTask(t, "the slot", s.workers[1].stealRound(), nil)
}

// TestStealAttempts counts every search that gets to look at a queue: one that
// the worker begins, one that it was woken for, and the uninvited one at close.
func TestStealAttempts(t *testing.T) {
	for _, row := range []struct {
		name  string
		setUp func(s *Scheduler, thief *Worker)
	}{
		{"begun", func(*Scheduler, *Worker) {}},
		{"woken to search", func(s *Scheduler, thief *Worker) {
			s.idle.state.Add(oneSearching)
			thief.searching = true
		}},
		{"at close, others search", func(s *Scheduler, _ *Worker) {
			s.idle.state.Add(oneSearching)
			s.closing.Store(true)
		}},
	} {
		s := atRest(t, sched.Config{Workers: 2})
		task, thief := numbered(1)[0], s.workers[1]
		s.workers[0].queue.push(task)
		row.setUp(s, thief)
		checkTask(t, row.name, thief.stealWork(nil), task)
		if c, ok := counters(thief); ok && (c.StealAttempts != 1 || c.StealOperations != 1) {
			t.Errorf("%s: got %d steal attempts, %d operations, want 1, 1", row.name, c.StealAttempts, c.StealOperations)
		}
	}
}

// TestSearchLimit: where half of the workers search already, another does not, and
// does when one of them has ended.
func TestSearchLimit(t *testing.T) {
	s := atRest(t, sched.Config{Workers: 2})
	task := numbered(1)[0]
	s.workers[0].queue.push(task)
	s.idle.tryStartSearching()
	checkTask(t, "half of the workers search", s.workers[1].stealWork(nil), nil)
	s.idle.stopSearching()
	checkTask(t, "nobody searches", s.workers[1].stealWork(nil), task)
}
