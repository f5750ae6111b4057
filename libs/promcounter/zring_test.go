// Code generated from ../../impls/chaselev/ring_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"stealbench/internal/schedtest"
)

// TestRingGivenBack: a ring that a burst made long is garbage when the burst is over, a
// shorter one is kept, and neither keeps a task.
func TestRingGivenBack(t *testing.T) {
	var q injectQueue
	one := new(Task)
	buf := make([]*Task, queueCapacity)
	for _, row := range []struct {
		most int
		kept bool
	}{{firstRing, true}, {keepRing, true}, {keepRing + 1, false}, {1, true}, {3 * keepRing, false}} {
		for range row.most {
			q.push(one, true)
		}
		if len(q.ring) < row.most {
			t.Fatalf("got a ring of %d for %d tasks", len(q.ring), row.most)
		}
		for range row.most - 1 {
			if q.pop() != one {
				t.Fatal("got no task")
			}
		}
		if len(q.ring) < row.most {
			t.Fatalf("%d tasks: got a ring given back with a task in it", row.most)
		}
		if q.popN(buf) != 1 {
			t.Fatal("got no last task")
		}
		if kept := len(q.ring) > 0; kept != row.kept {
			t.Errorf("%d tasks: got a ring of %d, kept %v, want %v", row.most, len(q.ring), kept, row.kept)
		}
		for _, left := range q.ring {
			if left != nil {
				t.Fatalf("%d tasks: got one that is kept", row.most)
			}
		}
	}
}

// TestRingStress has two put tasks in, one by one and in batches, and two take them: each
// is taken once.
func TestRingStress(t *testing.T) {
	schedtest.Guard(t)
	const batches, batch = 4000, 3
	var q injectQueue
	tasks := numbered(2 * batches * batch)
	taken := make([]atomic.Uint32, len(tasks))
	var putting, taking sync.WaitGroup
	var done atomic.Bool
	for half := range 2 {
		putting.Go(func() {
			for i := half * batches; i < (half+1)*batches; i++ {
				part := tasks[i*batch:][:batch]
				if i%4 > 0 {
					q.pushAll(part)
					continue
				}
				for _, one := range part {
					q.push(one, true)
				}
			}
		})
		taking.Go(func() {
			for {
				last := done.Load()
				got := popped(&q, 1+half)
				for _, one := range got {
					taken[one.Args[0]].Add(1)
				}
				switch {
				case len(got) > 0:
				case last:
					return
				case !preemptive:
					runtime.Gosched() // nobody puts any in else
				}
			}
		})
	}
	putting.Wait()
	done.Store(true)
	taking.Wait()
	for i := range taken {
		if n := taken[i].Load(); n != 1 {
			t.Fatalf("task %d: got taken %d times, want once", i, n)
		}
	}
}
