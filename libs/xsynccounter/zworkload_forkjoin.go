// Code generated from ../../impls/chaselev/workload_forkjoin.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"math/bits"

	"stealbench/internal/sched"
)

// runFib computes the p.N-th Fibonacci number, a task per call without cut-off.
func runFib(w *Worker, p sched.Params) sched.Answer {
	return packedAnswer(w.forkJoin(fibTask, [2]int64{int64(p.N)}, nil))
}

func fibTask(w *Worker, t *Task) sched.Poll {
	n := t.Args[0]
	if n < 2 {
		t.Result = n + oneTask
		return sched.Ready
	}
	a := w.NewTask(fibTask)
	a.Args[0] = n - 1
	w.Fork(a)
	b := w.NewTask(fibTask)
	b.Args[0] = n - 2
	w.Fork(b)
	y := w.Join(b) // the youngest first: it is still ours
	x := w.Join(a)
	t.Result = x + y + oneTask
	return sched.Ready
}

// runSkynet sums the numbers of 10^p.N leaves over a tree of 10 children a node
// (github.com/atemerev/skynet).
func runSkynet(w *Worker, p sched.Params) sched.Answer {
	leaves := int64(1)
	for range p.N {
		leaves *= 10
	}
	return packedAnswer(w.forkJoin(skynetTask, [2]int64{0, leaves}, nil))
}

func skynetTask(w *Worker, t *Task) sched.Poll {
	first, leaves := t.Args[0], t.Args[1]
	if leaves == 1 {
		t.Result = first + oneTask
		return sched.Ready
	}
	var children [10]*Task
	for i := range children {
		c := w.NewTask(skynetTask)
		c.Args = [2]int64{first + int64(i)*leaves/10, leaves / 10}
		w.Fork(c)
		children[i] = c
	}
	sum := int64(oneTask)
	for i := len(children) - 1; i >= 0; i-- {
		sum += w.Join(children[i])
	}
	t.Result = sum
	return sched.Ready
}

// maxQueens is bounded by the packing of three rows of bits into one word.
const maxQueens = 20

// runNQueens counts the ways to place p.N queens, a task per placed queen.
func runNQueens(w *Worker, p sched.Params) sched.Answer {
	return packedAnswer(w.forkJoin(queensTask, [2]int64{int64(p.N), 0}, nil))
}

// queensTask places a queen in the next row. Args are the order of the board,
// and the columns taken and the diagonals attacked in this row, 20 bits each.
func queensTask(w *Worker, t *Task) sched.Poll {
	n, taken := t.Args[0], uint64(t.Args[1])
	const mask = 1<<maxQueens - 1
	columns, left, right := taken&mask, taken>>maxQueens&mask, taken>>(2*maxQueens)
	all := uint64(1)<<n - 1
	if columns == all {
		t.Result = 1 + oneTask
		return sched.Ready
	}
	var children [maxQueens]*Task
	count := 0
	for free := all &^ (columns | left | right); free != 0; free &= free - 1 {
		q := uint64(1) << bits.TrailingZeros64(free)
		c := w.NewTask(queensTask)
		c.Args = [2]int64{n, int64(columns | q |
			((left|q)<<1&mask)<<maxQueens |
			(right|q)>>1<<(2*maxQueens))}
		w.Fork(c)
		children[count] = c
		count++
	}
	sum := int64(oneTask)
	for count--; count >= 0; count-- {
		sum += w.Join(children[count])
	}
	t.Result = sum
	return sched.Ready
}
