package chaselev

import (
	"math/rand/v2"
	"testing"

	"stealbench/internal/sched"
)

// TestFreeTasks makes tasks on one worker and ends them on another, more and fewer in
// turn: none is given out twice, and every batch is whole.
func TestFreeTasks(t *testing.T) {
	s := atRest(t, sched.Config{Workers: 2})
	random := rand.New(rand.NewPCG(1, 1))
	live := map[*Task]bool{}
	var order []*Task
	check := func() {
		t.Helper()
		seen := map[*Task]bool{}
		list := func(one *Task, want int) {
			t.Helper()
			n := 0
			for ; one != nil; one = one.next {
				if n++; seen[one] || live[one] {
					t.Fatalf("got a task that is free twice, or in use %v", live[one])
				}
				seen[one] = true
			}
			if n != want {
				t.Fatalf("got %d tasks in a list, want %d", n, want)
			}
		}
		for _, w := range s.workers {
			if w.free != nil {
				list(w.free, int(w.free.depth))
			}
			if w.spare != nil {
				list(w.spare, freeBatch)
			}
		}
		for _, b := range s.pool.batches {
			list(b, freeBatch)
		}
	}
	for step := range 40 {
		for range 2 * freeBatch {
			w := s.workers[random.IntN(2)]
			if random.IntN(8) < 3+2*(step/4%2) {
				one := w.NewTask(nil)
				if live[one] {
					t.Fatal("got a task that is in use")
				}
				live[one] = true
				order = append(order, one)
			} else if n := len(order); n > 0 {
				w := s.workers[min(1, random.IntN(4))]
				one := order[n-1]
				order = order[:n-1]
				delete(live, one)
				w.recycle(one)
			}
		}
		check()
	}
}
