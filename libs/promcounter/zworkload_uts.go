// Code generated from ../../impls/chaselev/workload_uts.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"encoding/binary"

	"stealbench/internal/sched"
	"stealbench/internal/uts"
)

// runUTS walks the tree p.Tree, a task per node.
func runUTS(w *Worker, p sched.Params) sched.Answer {
	r := &utsRun{tree: p.Tree, workers: make([]utsWorker, len(w.sched.workers))}
	root := r.tree.Root()
	t := utsNodeTask(w, r, &root)
	w.Fork(t)
	w.Join(t)
	var sum uts.Count
	for i := range r.workers {
		sum = sum.Add(r.workers[i].Count)
	}
	return sched.Answer{Value: sum.Nodes, Tasks: sum.Nodes, Depth: sum.Depth, Leaf: sum.Leaves}
}

type utsRun struct {
	tree    uts.Tree
	workers []utsWorker // by index; each written by its worker alone
}

type utsWorker struct {
	uts.Count
	forks []*Task // children to join, of all nodes on this worker's stack
	_     [cacheLine]byte
}

// utsNodeTask makes the task of a node, whose random state and depth fill the
// 24 bytes of Args and Result.
func utsNodeTask(w *Worker, r *utsRun, n *uts.Node) *Task {
	t := w.NewTask(utsTask)
	t.Args[0] = int64(binary.BigEndian.Uint64(n.State[0:]))
	t.Args[1] = int64(binary.BigEndian.Uint64(n.State[8:]))
	t.Result = int64(binary.BigEndian.Uint32(n.State[16:]))<<32 | int64(n.Depth)
	t.Ref = r
	return t
}

func utsTask(w *Worker, t *Task) sched.Poll {
	r := t.Ref.(*utsRun)
	var n uts.Node
	binary.BigEndian.PutUint64(n.State[0:], uint64(t.Args[0]))
	binary.BigEndian.PutUint64(n.State[8:], uint64(t.Args[1]))
	binary.BigEndian.PutUint32(n.State[16:], uint32(t.Result>>32))
	n.Depth = int(uint32(t.Result))

	mine := &r.workers[w.index]
	children := r.tree.Children(&n)
	mine.Nodes++
	mine.Depth = max(mine.Depth, uint64(n.Depth))
	if children == 0 {
		mine.Leaves++
		return sched.Ready
	}
	below := len(mine.forks)
	for i := range children {
		child := n.Child(i)
		c := utsNodeTask(w, r, &child)
		w.Fork(c)
		mine.forks = append(mine.forks, c)
	}
	for len(mine.forks) > below {
		last := len(mine.forks) - 1
		c := mine.forks[last]
		mine.forks = mine.forks[:last]
		w.Join(c)
	}
	return sched.Ready
}
