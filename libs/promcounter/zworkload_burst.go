// Code generated from ../../impls/chaselev/workload_burst.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"runtime"

	"stealbench/internal/sched"
)

// runBurst makes the workers park often: p.M bursts of p.N tasks each, of which the
// first comes from outside and spawns the others, and the next burst when every worker
// is parked. So a worker counts about 2 p.N events, spawns and polls, between a wakeup
// and the next park. The value is the sum of the tasks' numbers in their bursts.
//
// The goroutine that drives it needs no P of its own: it only looks whether the workers
// sleep, and gives way. With one worker and one P waking it up is then a change of
// goroutines, where the kernel takes up to 200 us to start a thread.
func runBurst(s *Scheduler, p sched.Params) (sched.Answer, error) {
	r := &burstRun{workers: make([]burstWorker, len(s.workers))}
	for range p.M {
		if err := s.SpawnTask(burstTask, [2]int64{0, int64(p.N)}, r); err != nil {
			return sched.Answer{}, err
		}
		// The spawn has woken a worker, so that they are not all parked from here on
		// until the last task is over.
		for !s.Quiet() {
			if s.closing.Load() {
				return sched.Answer{}, sched.ErrClosed
			}
			runtime.Gosched()
		}
	}
	var a sched.Answer
	for i := range r.workers {
		a.Value += r.workers[i].value
		a.Tasks += r.workers[i].tasks
	}
	return a, nil
}

type burstRun struct{ workers []burstWorker } // by index

// burstWorker is written by its worker, and read when that is parked. No two share a
// line.
type burstWorker struct {
	value, tasks uint64
	_            [cacheLine]byte
}

// burstTask spawns the tasks below it in a binary tree, which the local queue holds
// also where a burst is longer than it. Args are its number and how many tasks its tree
// has, itself among them.
func burstTask(w *Worker, t *Task) sched.Poll {
	mine := &t.Ref.(*burstRun).workers[w.index]
	first, tasks := t.Args[0], t.Args[1]
	mine.value += uint64(first)
	mine.tasks++
	left := (tasks - 1) / 2
	for _, below := range [2][2]int64{{first + 1, left}, {first + 1 + left, tasks - 1 - left}} {
		if below[1] > 0 {
			child := w.NewTask(burstTask)
			child.Args, child.Ref = below, t.Ref
			w.Spawn(child)
		}
	}
	return sched.Ready
}
