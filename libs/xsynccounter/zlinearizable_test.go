// Code generated from ../../impls/chaselev/linearizable_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"os"
	"testing"

	"stealbench/internal/schedtest"
)

// histories is how many of n a package checks: all of them if it has the queue's
// file by hand, few if the file is a stamped copy.
func histories(n int, file string) int {
	if _, err := os.Stat(file); err != nil {
		return n / 50
	}
	return n
}

func TestQueueLinearizable(t *testing.T) {
	schedtest.DequeHistories(t, histories(100_000, "queue.go"), numberedTasks,
		func(start int64) schedtest.Deque[*Task] {
			q := new(localQueue)
			startAt(q, start)
			steal := func() (*Task, bool) {
				t, result := q.steal()
				return t, result == stealRetry
			}
			return schedtest.Deque[*Task]{Push: q.push, Pop: q.pop, ClaimHalf: q.claimHalf, Steal: steal, Len: q.len, All: q.all}
		})
}

// TestPopIfLinearizable has an owner who takes its tasks by name, as joins do: the youngest
// that it put in, which is there unless all are gone.
func TestPopIfLinearizable(t *testing.T) {
	schedtest.DequeHistories(t, histories(20_000, "queue.go"), numberedTasks,
		func(start int64) schedtest.Deque[*Task] {
			q := new(localQueue)
			startAt(q, start)
			var mine []*Task
			push := func(t *Task) bool {
				ok := q.push(t)
				if ok {
					mine = append(mine, t)
				}
				return ok
			}
			pop := func() (t *Task) {
				if n := len(mine); n > 0 {
					if t, mine = mine[n-1], mine[:n-1]; !q.popIf(t) {
						t = nil
					}
				}
				return t
			}
			steal := func() (*Task, bool) {
				t, result := q.steal()
				return t, result == stealRetry
			}
			return schedtest.Deque[*Task]{Push: push, Pop: pop, ClaimHalf: q.claimHalf, Steal: steal, Len: q.len, All: q.all}
		})
}

func TestInjectLinearizable(t *testing.T) {
	schedtest.InjectHistories(t, histories(50_000, "inject.go"), numberedTasks,
		func() schedtest.Injection[*Task] {
			q := new(injectQueue)
			return schedtest.Injection[*Task]{Push: q.push, PushAll: q.pushAll, PopN: func(n int) []*Task { return popped(q, n) }, Close: q.close,
				Len: func() int { return int(q.length.Load()) },
			}
		})
}

// popped is up to n tasks of q.
func popped(q *injectQueue, n int) []*Task {
	tasks := make([]*Task, n)
	return tasks[:q.popN(tasks)]
}

var numberedTasks = schedtest.Tasks[*Task]{New: numbered, Number: func(t *Task) int { return int(t.Args[0]) }}
