// Code generated from ../../impls/chaselev/queue_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stealbench/internal/schedtest"
)

// numbered returns n tasks that know their number.
func numbered(n int) []*Task {
	block := make([]Task, n)
	tasks := make([]*Task, n)
	for i := range tasks {
		tasks[i] = &block[i]
		tasks[i].Args[0] = int64(i)
	}
	return tasks
}

func checkTask(t *testing.T, what string, got, want *Task) {
	t.Helper()
	number := func(t *Task) int64 {
		if t == nil {
			return -1
		}
		return t.Args[0]
	}
	if got != want {
		t.Fatalf("%s: got task %d, want %d (-1: none)", what, number(got), number(want))
	}
}

func checkLen(t *testing.T, q *localQueue, want int) {
	t.Helper()
	if got := q.len(); got != want {
		t.Fatalf("len: got %d, want %d", got, want)
	}
}

func TestQueueSmoke(t *testing.T) {
	var q localQueue
	tasks := numbered(3)
	checkTask(t, "pop of an empty queue", q.pop(), nil)
	if _, result := q.steal(); result != stealEmpty {
		t.Fatalf("steal from an empty queue: got %d, want %d", result, stealEmpty)
	}
	for _, one := range tasks {
		if !q.push(one) {
			t.Fatal("push: got no room, want room")
		}
	}
	checkLen(t, &q, 3)
	checkTask(t, "pop takes the youngest", q.pop(), tasks[2])
	got, result := q.steal()
	checkTask(t, "steal takes the oldest", got, tasks[0])
	if result != stealOK {
		t.Fatalf("steal: got %d, want %d", result, stealOK)
	}
	checkTask(t, "pop of the last", q.pop(), tasks[1])
	checkLen(t, &q, 0)
}

func TestQueueCapacity(t *testing.T) {
	var q localQueue
	tasks := numbered(queueCapacity + 2)
	for lap := range 10 {
		for i := range queueCapacity {
			if !q.push(tasks[i]) {
				t.Fatalf("lap %d, push %d: got no room, want room for %d", lap, i+1, queueCapacity)
			}
		}
		checkLen(t, &q, queueCapacity)
		if q.push(tasks[queueCapacity]) {
			t.Fatalf("push %d: got room, want none", queueCapacity+1)
		}
		got, _ := q.steal() // makes room for one
		checkTask(t, "steal", got, tasks[0])
		if !q.push(tasks[queueCapacity]) || q.push(tasks[queueCapacity+1]) {
			t.Fatal("after a steal: want room for exactly one")
		}
		for i := queueCapacity; i > 0; i-- {
			checkTask(t, "pop", q.pop(), tasks[i])
		}
		checkTask(t, "pop of an empty queue", q.pop(), nil)
	}
}

func TestQueueClaimHalf(t *testing.T) {
	const half = queueCapacity / 2
	var q localQueue
	tasks := numbered(queueCapacity)
	for lap := range 10 {
		for _, one := range tasks[:queueCapacity-1] {
			q.push(one)
		}
		if got := q.claimHalf(nil); len(got) != 0 {
			t.Fatalf("lap %d: %d claimed from a queue with room, want 0", lap, len(got))
		}
		q.push(tasks[queueCapacity-1])
		before := make([]*Task, 1, 1+half)
		got := q.claimHalf(before)
		if len(got) != 1+half || got[0] != nil {
			t.Fatalf("lap %d: got %d behind what was in the buffer, want %d", lap, len(got)-1, half)
		}
		for i, one := range got[1:] {
			checkTask(t, "claimed, oldest first", one, tasks[i])
		}
		checkLen(t, &q, half)
		for i := queueCapacity - 1; i >= half; i-- {
			checkTask(t, "left", q.pop(), tasks[i])
		}
		checkLen(t, &q, 0)
	}
}

// TestQueuePassed marks a position and empties the queue by steals.
func TestQueuePassed(t *testing.T) {
	var q localQueue
	for i, one := range numbered(20) {
		q.push(one)
		if i%3 == 0 {
			q.steal()
		}
	}
	mark, left := q.mark(), q.len()
	for ; left > 0; left-- {
		if q.passed(mark) {
			t.Fatalf("passed: got true with %d tasks left, want false", left)
		}
		q.steal()
	}
	if !q.passed(mark) {
		t.Error("passed: got false with all tasks gone, want true")
	}
}

// TestQueueModel runs random operations beside a slice, over many laps. In a
// single thread nothing is lost to a race, so empty means empty.
func TestQueueModel(t *testing.T) {
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 1))
		var q localQueue
		var model []*Task
		var buf []*Task
		for step := range 20_000 {
			// The mix changes slowly, so that the queue fills and empties.
			pushes := step / 1000 % 3
			switch r := random.IntN(8); {
			case r < 2+pushes:
				one := &Task{Args: [2]int64{int64(step)}}
				if got, want := q.push(one), len(model) < queueCapacity; got != want {
					t.Fatalf("seed %d, step %d: push got %v with %d queued, want %v", seed, step, got, len(model), want)
				} else if got {
					model = append(model, one)
				}
			case r == 6:
				batch := numbered(random.IntN(min(3, queueCapacity-len(model)) + 1))
				q.pushReversed(batch)
				slices.Reverse(batch)
				model = append(model, batch...)
			case r == 7:
				n := len(model)
				if n > 1 && q.popIf(model[n-2]) || q.popIf(new(Task)) {
					t.Fatalf("seed %d, step %d: popIf got a task that is not the youngest", seed, step)
				}
				if n > 0 {
					if !q.popIf(model[n-1]) {
						t.Fatalf("seed %d, step %d: popIf did not get the youngest", seed, step)
					}
					model = model[:n-1]
				}
			case r == 5 && len(model) == queueCapacity:
				buf = q.claimHalf(buf[:0])
				if len(buf) != queueCapacity/2 {
					t.Fatalf("seed %d, step %d: claimHalf got %d, want %d", seed, step, len(buf), queueCapacity/2)
				}
				for i, one := range buf {
					checkTask(t, "claimHalf", one, model[i])
				}
				model = model[len(buf):]
			case r == 5:
				var want *Task
				wantResult := stealEmpty
				if len(model) > 0 {
					want, wantResult = model[0], stealOK
					model = model[1:]
				}
				got, result := q.steal()
				checkTask(t, "steal", got, want)
				if result != wantResult {
					t.Fatalf("seed %d, step %d: steal got %d, want %d", seed, step, result, wantResult)
				}
			default:
				var want *Task
				if n := len(model); n > 0 {
					want, model = model[n-1], model[:n-1]
				}
				checkTask(t, "pop", q.pop(), want)
			}
			checkLen(t, &q, len(model))
		}
	}
}

// TestQueueLenBounded reads the length while the queue moves on: with one task
// at a time its positions run away from a reader that is interrupted.
func TestQueueLenBounded(t *testing.T) {
	schedtest.Guard(t)
	var q localQueue
	var done atomic.Bool
	var reader sync.WaitGroup
	reader.Go(func() {
		for !done.Load() {
			if got := q.len(); got < 0 || got > queueCapacity {
				t.Errorf("len: got %d, want 0 to %d", got, queueCapacity)
				return
			}
		}
	})
	one := new(Task)
	end := time.Now().Add(100 * time.Millisecond)
	for time.Now().Before(end) {
		for range 1000 {
			q.push(one)
			q.pop()
		}
	}
	done.Store(true)
	reader.Wait()
}

// TestQueueStress has one owner and some thieves: each task is taken once, and
// each thief gets its tasks in the order of their pushes.
func TestQueueStress(t *testing.T) {
	n := 1_000_000
	if schedtest.RaceEnabled || testing.Short() {
		n /= 20
	}
	for _, row := range []struct {
		name    string
		thieves int
		burst   int // most pushes before the next pops
	}{
		{"last item", 2, 1},
		{"short queue", 2, 4},
		{"long queue", 3, 300},
	} {
		t.Run(row.name, func(t *testing.T) {
			schedtest.Guard(t)
			var q localQueue
			tasks := numbered(n)
			taken := make([]atomic.Uint32, n)
			var done atomic.Bool
			var thieves sync.WaitGroup
			for thief := range row.thieves {
				thieves.Go(func() {
					for last := int64(-1); ; {
						one, result := q.steal()
						switch {
						case result == stealOK:
							if taken[one.Args[0]].Add(1); one.Args[0] <= last {
								t.Errorf("thief %d got task %d after %d, want the order of pushes", thief, one.Args[0], last)
							}
							last = one.Args[0]
						case result == stealEmpty && done.Load():
							return
						case result == stealEmpty:
							runtime.Gosched()
						}
					}
				})
			}
			random := rand.New(rand.NewPCG(1, 1))
			claimed := make([]*Task, 0, queueCapacity)
			for next := 0; next < n; {
				for range 1 + random.IntN(row.burst) {
					if next+1 < n && q.len()+2 <= queueCapacity && random.IntN(4) == 0 {
						q.pushReversed([]*Task{tasks[next+1], tasks[next]})
						next += 2
						continue
					}
					if next < n && q.push(tasks[next]) {
						next++
						continue
					}
					claimed = q.claimHalf(claimed[:0])
					for _, one := range claimed {
						taken[one.Args[0]].Add(1)
					}
				}
				if one := tasks[next-1]; random.IntN(2) == 0 && q.popIf(one) {
					taken[one.Args[0]].Add(1)
				}
				for range random.IntN(2 + row.burst) {
					if one := q.pop(); one != nil {
						taken[one.Args[0]].Add(1)
					}
				}
			}
			for one := q.pop(); one != nil; one = q.pop() {
				taken[one.Args[0]].Add(1)
			}
			done.Store(true)
			thieves.Wait()
			for i := range taken {
				if got := taken[i].Load(); got != 1 {
					t.Fatalf("task %d of %d: got taken %d times, want 1", i, n, got)
				}
			}
		})
	}
}
