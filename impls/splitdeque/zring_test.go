// Code generated from ../chaselev/ring_test.go by go generate ./impls; DO NOT EDIT.

package splitdeque

import "testing"

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
