// Code generated from ../../impls/chaselev/workload_yield.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"sync/atomic"

	"stealbench/internal/sched"
)

// runYieldMany is tokio's yield_many: p.N tasks that yield p.M times each. Its
// unit is the poll: every task is polled M+1 times.
func runYieldMany(s *Scheduler, p sched.Params) (sched.Answer, error) {
	y := &yieldLoad{countdown: *newCountdown(p.N), yields: int64(p.M)}
	for range p.N {
		if err := s.SpawnTask(yieldTask, [2]int64{}, y); err != nil {
			return sched.Answer{}, err
		}
	}
	err := y.wait(s)
	return sched.Answer{Value: uint64(p.N) - uint64(y.left.Load()), Tasks: uint64(y.polls.Load())}, err
}

type yieldLoad struct {
	countdown
	yields int64
	polls  atomic.Int64
}

func yieldTask(_ *Worker, t *Task) sched.Poll {
	y := t.Ref.(*yieldLoad)
	t.Args[0]++
	if t.Args[0] <= y.yields {
		return sched.Yielded
	}
	y.polls.Add(t.Args[0])
	y.arrive()
	return sched.Ready
}

// runChainedSpawn is tokio's chained_spawn: each task spawns the next, p.N
// links.
func runChainedSpawn(s *Scheduler, p sched.Params) (sched.Answer, error) {
	c := newCountdown(p.N)
	if err := s.SpawnTask(linkTask, [2]int64{int64(p.N)}, c); err != nil {
		return sched.Answer{}, err
	}
	err := c.wait(s)
	return arrived(c, p.N), err
}

func linkTask(w *Worker, t *Task) sched.Poll {
	if n := t.Args[0]; n > 1 {
		next := w.NewTask(linkTask)
		next.Args[0], next.Ref = n-1, t.Ref
		w.Spawn(next)
	}
	t.Ref.(*countdown).arrive()
	return sched.Ready
}
