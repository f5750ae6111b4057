// Code generated from ../../impls/chaselev/tokio_queue_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// tally has a cell for each of some numbered tasks.
type tally []atomic.Uint32

// take counts one, and reports whether there was one.
func (c tally) take(one *Task) bool {
	if one == nil {
		return false
	}
	c[one.Args[0]].Add(1)
	return true
}

// takeInjected takes all of the injection queue.
func (c tally) takeInjected(q *injectQueue) {
	for c.take(q.pop()) {
	}
}

// takeRest takes what is left of s, when nobody works on it.
func (c tally) takeRest(s *Scheduler) {
	c.takeInjected(&s.inject)
	for _, w := range s.workers {
		for c.take(w.queue.pop()) {
		}
	}
}

func (c tally) checkOnce(t *testing.T) {
	t.Helper()
	for i := range c {
		if got := c[i].Load(); got != 1 {
			t.Fatalf("task %d of %d: got taken %d times, want 1", i, len(c), got)
		}
	}
}

// stealStress has an owner schedule n tasks and do something after each, while a
// thief steals at its own pace: each task is taken once, and the thief counts
// what it saw.
func stealStress(t *testing.T, n int, owner func(s *Scheduler, c tally, i int), pause func()) {
	t.Helper()
	s := atRest(t, sched.Config{Workers: 2, DisableLIFOSlot: true})
	victim, thief := s.workers[0], s.workers[1]
	taken := make(tally, n)
	var done atomic.Bool
	var seen uint64
	var group sync.WaitGroup
	group.Go(func() {
		for !done.Load() {
			for one := thief.stealRound(); taken.take(one); one = thief.queue.pop() {
				seen++
			}
			pause()
		}
	})
	for i, one := range numbered(n) {
		victim.scheduleLocal(one)
		owner(s, taken, i)
	}
	done.Store(true)
	group.Wait()
	taken.takeRest(s)
	taken.checkOnce(t)
	if c, ok := counters(thief); ok && (c.StealCount != seen || c.StealOperations > seen) {
		t.Errorf("got %d tasks stolen in %d operations, want the %d that the thief saw", c.StealCount, c.StealOperations, seen)
	}
}

// runtime/tests/queue.rs: stress1. The owner pushes twice as many as it pops, so
// that it overflows while the thief is at it.
func TestTokioStress1(t *testing.T) {
	schedtest.Guard(t)
	for range 5 {
		stealStress(t, repeats(400)*500, func(s *Scheduler, taken tally, i int) {
			if i%500 < 499 {
				return
			}
			for range 250 {
				if !taken.take(s.workers[0].queue.pop()) {
					break
				}
			}
			runtime.Gosched()
		}, runtime.Gosched)
	}
}

// runtime/tests/queue.rs: stress2. The owner hardly pops, and the thief is slow.
func TestTokioStress2(t *testing.T) {
	schedtest.Guard(t)
	stealStress(t, repeats(1_000_000), func(s *Scheduler, taken tally, i int) {
		if i%128 == 0 {
			taken.take(s.workers[0].queue.pop())
		}
		taken.takeInjected(&s.inject)
	}, func() { time.Sleep(10 * time.Microsecond) })
}

// loom queue: chained_steal. A thief is stolen from while it steals.
func TestTokioChainedSteal(t *testing.T) {
	schedtest.Guard(t)
	n := repeats(400_000)
	s := atRest(t, sched.Config{Workers: 3, DisableLIFOSlot: true})
	first := s.workers[0]
	taken := make(tally, n)
	var done atomic.Bool
	var thieves sync.WaitGroup
	for i, thief := range s.workers[1:] {
		victim := s.workers[i]
		thieves.Go(func() {
			for !done.Load() {
				for one := thief.stealFrom(victim); taken.take(one); one = thief.queue.pop() {
				}
				runtime.Gosched()
			}
		})
	}
	for i, one := range numbered(n) {
		first.scheduleLocal(one)
		if i%3 == 0 {
			taken.take(first.queue.pop())
		}
		if i%64 == 0 {
			runtime.Gosched()
		}
	}
	done.Store(true)
	thieves.Wait()
	taken.takeRest(s)
	taken.checkOnce(t)
}

func checkInjected(t *testing.T, q *injectQueue, want int) {
	t.Helper()
	if got := q.length.Load(); got != int64(want) {
		t.Errorf("length: got %d, want %d", got, want)
	}
}

// runtime/tests/inject.rs: push_and_pop.
func TestTokioPushAndPop(t *testing.T) {
	var q injectQueue
	tasks := numbered(10)
	for i, one := range tasks {
		checkInjected(t, &q, i)
		if !q.push(one, true) {
			t.Fatalf("push %d: got refused, want room", i)
		}
	}
	for i, one := range tasks {
		checkInjected(t, &q, len(tasks)-i)
		checkTask(t, "the oldest", q.pop(), one)
	}
	checkInjected(t, &q, 0)
	checkTask(t, "of an empty queue", q.pop(), nil)
}

// runtime/tests/inject.rs: push_batch_and_pop.
func TestTokioPushBatchAndPop(t *testing.T) {
	var q injectQueue
	tasks := numbered(10)
	q.pushAll(tasks)
	for _, row := range []struct{ from, to int }{{0, 5}, {5, 10}, {10, 10}} {
		checkTasks(t, "the batch", popped(&q, 5), tasks[row.from:row.to])
		checkInjected(t, &q, len(tasks)-row.to)
	}
}

// runtime/tests/inject.rs: pop_n_drains_on_drop. What is taken has left, also if
// nobody looks at it.
func TestTokioPopNDrainsOnDrop(t *testing.T) {
	var q injectQueue
	q.pushAll(numbered(10))
	q.popN(make([]*Task, 10))
	checkInjected(t, &q, 0)
	late := numbered(1)[0]
	q.push(late, true)
	checkTasks(t, "the next one", popped(&q, 10), []*Task{late})
}
