// Code generated from ../../impls/chaselev/fuzz_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"bytes"
	"math"
	"testing"
)

// maxFuzzOps of the bytes are run, each an operation: the lowest three bits say
// which, the others how many times, or for how many tasks.
const maxFuzzOps = 64

func fuzzOp(op byte, n int) byte { return op | byte(n<<3) }

// Operations of FuzzQueue: n+1 times. The three others are the first three again.
const (
	doPush byte = iota
	doPop
	doSteal
	doClaimHalf
	doMark
)

// FuzzQueue runs operations on a local queue beside a slice. Alone, it loses no
// race. The index of its first task is any that leaves room below 2^63 for all
// pushes: the queue promises nothing beyond.
func FuzzQueue(f *testing.F) {
	for _, start := range []int64{0, 1, queueCapacity - 1, math.MaxInt32, math.MaxUint32, 1 << 62, math.MaxInt64} {
		f.Add(start, []byte{fuzzOp(doPush, 3), doPop, doSteal, doMark, doPush, doPop, fuzzOp(doSteal, 5)})
		full := bytes.Repeat([]byte{fuzzOp(doPush, 31)}, (queueCapacity+31)/32)
		f.Add(start, append(full, doPush, doClaimHalf, doMark, fuzzOp(doSteal, 6), doClaimHalf, fuzzOp(doPush, 31), fuzzOp(doPop, 31)))
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
				switch op & 7 % 5 {
				case doPush:
					one := tasks[next%len(tasks)]
					next++
					got, want := q.push(one), len(model) < queueCapacity
					if got != want {
						t.Fatalf("push on %d tasks: got %v, want %v", len(model), got, want)
					}
					if got {
						model = append(model, one)
					}
				case doPop:
					var want *Task
					if n := len(model); n > 0 {
						model, want = model[:n-1], model[n-1]
					}
					checkTask(t, "pop", q.pop(), want)
				case doSteal:
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
				case doClaimHalf:
					want := 0
					if len(model) == queueCapacity {
						want = queueCapacity / 2
					}
					buf = q.claimHalf(buf[:0])
					checkTasks(t, "claimHalf", buf, model[:want])
					model = model[want:]
				case doMark:
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

// Operations of FuzzInject; the three others are more popN.
const (
	doInject byte = iota
	doWake
	doPushAll
	doClose
	doPopN
)

// FuzzInject runs operations on an injection queue beside a slice.
func FuzzInject(f *testing.F) {
	f.Add([]byte{doInject, fuzzOp(doPushAll, 3), fuzzOp(doPopN, 2), fuzzOp(doPopN, 9), doPopN, doWake,
		doClose, doInject, doWake, doClose, fuzzOp(doPushAll, 2), fuzzOp(doPopN, 31)})
	grows := append(bytes.Repeat([]byte{fuzzOp(doPushAll, 31)}, 8), fuzzOp(doPopN, 31)) // the ring does, turned
	f.Add(append(grows, bytes.Repeat([]byte{fuzzOp(doPushAll, 31), fuzzOp(doPopN, 20)}, 4)...))
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
			case doInject, doWake:
				one, isNew := task(), op&7 == doInject
				got, want := q.push(one, isNew), !isNew || !closed
				if got != want {
					t.Fatalf("push, new %v, closed %v: got %v, want %v", isNew, closed, got, want)
				}
				if got {
					model = append(model, one)
				}
			case doPushAll:
				var many []*Task
				for range n {
					many = append(many, task())
				}
				q.pushAll(many)
				model = append(model, many...)
			case doClose:
				if got := q.close(); got == closed {
					t.Fatalf("close, closed %v before: got %v, want %v", closed, got, !closed)
				}
				closed = true
			default:
				got := popped(&q, n)
				n = min(n, len(model))
				checkTasks(t, "popN", got, model[:n])
				model = model[n:]
			}
			if got := q.length.Load(); got != int64(len(model)) {
				t.Fatalf("length: got %d, want %d", got, len(model))
			}
		}
	})
}
