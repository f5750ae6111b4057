// Code generated from ../../impls/chaselev/workload_grain.go by go generate ./impls; DO NOT EDIT.

package promcounter

import "stealbench/internal/sched"

// runGrain runs p.N tasks of p.M steps of work each, in a binary tree.
func runGrain(w *Worker, p sched.Params) sched.Answer {
	return packedAnswer(w.forkJoin(grainTask, [2]int64{int64(p.N), int64(p.M)}, nil))
}

// grainTask does its work, and forks the tasks below it. Args are the tasks of its
// tree, itself among them, and the steps of each.
func grainTask(w *Worker, t *Task) sched.Poll {
	tasks, steps := t.Args[0], t.Args[1]
	var left, right *Task
	if n := tasks / 2; n > 0 {
		left = w.NewTask(grainTask)
		left.Args = [2]int64{n, steps}
		w.Fork(left)
	}
	if n := (tasks - 1) / 2; n > 0 {
		right = w.NewTask(grainTask)
		right.Args = [2]int64{n, steps}
		w.Fork(right)
	}
	sum := int64(sched.Grain(uint64(tasks), steps)) + oneTask
	if right != nil {
		sum += w.Join(right)
	}
	if left != nil {
		sum += w.Join(left)
	}
	t.Result = sum
	return sched.Ready
}
