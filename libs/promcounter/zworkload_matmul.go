// Code generated from ../../impls/chaselev/workload_matmul.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"sync"

	"stealbench/internal/sched"
)

// runMatmul multiplies two p.N x p.N integer matrices by recursive halving down
// to blocks of p.M x p.M; N is M times a power of two. The value is a checksum of
// the product.
func runMatmul(w *Worker, p sched.Params) sched.Answer {
	in, ok := matmulInputs.Load(p.N)
	if !ok {
		in, _ = matmulInputs.LoadOrStore(p.N, [2][]int64{sched.Matrix(p.N, 1), sched.Matrix(p.N, 2)})
	}
	ab := in.([2][]int64)
	r := &matmulRun{n: p.N, block: p.M, a: ab[0], b: ab[1], c: make([]int64, p.N*p.N)}
	tasks := w.forkJoin(matmulTask, matmulArgs(0, 0, 0, p.N), r)
	return sched.Answer{Value: sched.Checksum(r.c), Tasks: uint64(tasks)}
}

// matmulInputs holds the two factors by order, so that a run does not make them
// anew.
var matmulInputs sync.Map

type matmulRun struct {
	n, block int
	a, b, c  []int64 // row by row
}

// matmulArgs packs the product C[i:,j:] += A[i:,k:] B[k:,j:] of size x size
// blocks.
func matmulArgs(i, j, k, size int) [2]int64 {
	return [2]int64{int64(i)<<32 | int64(j), int64(k)<<32 | int64(size)}
}

func matmulTask(w *Worker, t *Task) sched.Poll {
	r := t.Ref.(*matmulRun)
	i, j := int(t.Args[0]>>32), int(uint32(t.Args[0]))
	k, size := int(t.Args[1]>>32), int(uint32(t.Args[1]))
	if size <= r.block {
		sched.Multiply(r.c, r.a, r.b, r.n, i, j, k, size)
		t.Result = 1
		return sched.Ready
	}
	h := size / 2
	tasks := int64(1)
	// The two products that add to one quarter of C come one after the other.
	for _, k := range [2]int{k, k + h} {
		quarters := [4][2]int64{
			matmulArgs(i, j, k, h), matmulArgs(i, j+h, k, h),
			matmulArgs(i+h, j, k, h), matmulArgs(i+h, j+h, k, h),
		}
		var children [4]*Task
		for q := range children {
			c := w.NewTask(matmulTask)
			c.Args, c.Ref = quarters[q], r
			w.Fork(c)
			children[q] = c
		}
		for q := len(children) - 1; q >= 0; q-- {
			tasks += w.Join(children[q])
		}
	}
	t.Result = tasks
	return sched.Ready
}
