// Code generated from ../chaselev/fuzz_test.go by go generate ./impls; DO NOT EDIT.

package mutexqueue

import (
	"bytes"
	"math"
	"testing"
)

// Operations of the queues are bytes: the lowest three bits say which, the
// others how many times, or how many tasks. maxFuzzOps of them are run.
const maxFuzzOps = 64

// FuzzQueue runs operations on a local queue beside a slice. Alone, it loses no
// race. The index of its first task is any that leaves room below 2^63 for all
// pushes: the queue promises nothing beyond.
func FuzzQueue(f *testing.F) {
	for _, start := range []int64{0, 1, queueCapacity - 1, math.MaxInt32, math.MaxUint32, 1 << 62, math.MaxInt64} {
		f.Add(start, []byte{8*3 | 0, 1, 2, 4, 0, 1, 8*5 | 2})
		full := bytes.Repeat([]byte{8*31 | 0}, (queueCapacity+31)/32)
		f.Add(start, append(full, 0, 3, 4, 0, 8*6|2, 3, 8*31|0, 8*31|1))
	}
	tasks := numbered(4 * queueCapacity)
	f.Fuzz(func(t *testing.T, start int64, ops []byte) {
		ops = ops[:min(len(ops), maxFuzzOps)]
		start = min(start&math.MaxInt64, math.MaxInt64-32*int64(len(ops)))
		q := new(localQueue)
		startAt(q, start)
		var model, buf []*Task
		next := 0
		for _, op := range ops {
			for range op>>3 + 1 {
				switch op & 7 {
				case 0, 5:
					one := tasks[next%len(tasks)]
					next++
					got, want := q.push(one), len(model) < queueCapacity
					if got != want {
						t.Fatalf("push on %d tasks: got %v, want %v", len(model), got, want)
					}
					if got {
						model = append(model, one)
					}
				case 1, 6:
					var want *Task
					if n := len(model); n > 0 {
						model, want = model[:n-1], model[n-1]
					}
					checkTask(t, "pop", q.pop(), want)
				case 2, 7:
					var want *Task
					wantResult := stealEmpty
					if len(model) > 0 {
						want, model, wantResult = model[0], model[1:], stealOK
					}
					got, result := q.steal()
					checkTask(t, "steal", got, want)
					if result != wantResult {
						t.Fatalf("steal: got result %d, want %d", result, wantResult)
					}
				case 3:
					want := 0
					if len(model) == queueCapacity {
						want = queueCapacity / 2
					}
					buf = q.claimHalf(buf[:0])
					checkTasks(t, "claimHalf", buf, model[:want])
					model = model[want:]
				case 4:
					mark := q.mark()
					if got, want := q.passed(mark), len(model) == 0; got != want {
						t.Fatalf("passed with %d tasks: got %v, want %v", len(model), got, want)
					}
				}
				checkLen(t, q, len(model))
			}
			buf = q.all(buf[:0])
			checkTasks(t, "all", buf, model)
		}
	})
}

func checkTasks(t *testing.T, what string, got, want []*Task) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: got %d tasks, want %d", what, len(got), len(want))
	}
	for i := range want {
		checkTask(t, what, got[i], want[i])
	}
}

// FuzzInject runs operations on an injection queue beside a slice.
func FuzzInject(f *testing.F) {
	f.Add([]byte{0, 8*3 | 2, 8*2 | 3, 8*9 | 3, 3, 1, 4, 0, 1, 4, 8*2 | 2, 8*31 | 3})
	f.Fuzz(func(t *testing.T, ops []byte) {
		ops = ops[:min(len(ops), maxFuzzOps)]
		var q injectQueue
		var model []*Task
		closed := false
		next := int64(0)
		task := func() *Task {
			next++
			return &Task{Args: [2]int64{next}}
		}
		for _, op := range ops {
			n := int(op >> 3)
			switch op & 7 {
			case 0, 1:
				one, isNew := task(), op&7 == 0
				got, want := q.push(one, isNew), !isNew || !closed
				if got != want {
					t.Fatalf("push, new %v, closed %v: got %v, want %v", isNew, closed, got, want)
				}
				if got {
					model = append(model, one)
				}
			case 2:
				var many []*Task
				for range n {
					many = append(many, task())
				}
				q.pushAll(many)
				model = append(model, many...)
			case 3, 5, 6:
				var got []*Task
				for one := q.popN(n); one != nil; one = one.next {
					got = append(got, one)
				}
				n = min(n, len(model))
				checkTasks(t, "popN", got, model[:n])
				model = model[n:]
			case 4:
				if got := q.close(); got == closed {
					t.Fatalf("close, closed %v before: got %v, want %v", closed, got, !closed)
				}
				closed = true
			}
			if got := q.length.Load(); got != int64(len(model)) {
				t.Fatalf("length: got %d, want %d", got, len(model))
			}
		}
	})
}
