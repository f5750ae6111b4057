// Code generated from ../chaselev/workloads.go by go generate ./impls; DO NOT EDIT.

package batchless

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"stealbench/internal/sched"
)

// The workloads live here and are stamped into each variant, so that a spawn is
// a direct call in all of them. harness/workload.go says what each one stresses,
// its sizes and its answers.
var workloads = map[string]func(*Scheduler, sched.Params) (sched.Answer, error){
	"empty":                  runEmpty,
	"spawn_many_outside":     runSpawnManyOutside,
	"spawn_many_inside":      runSpawnManyInside,
	"spawn_many_remote_idle": runSpawnManyRemoteIdle,
	"spawn_many_remote_busy": runSpawnManyRemoteBusy,
	"yield_many":             runYieldMany,
	"ping_pong":              runPingPong,
	"chained_spawn":          runChainedSpawn,
	"fib":                    runFib,
	"nqueens":                runNQueens,
	"skynet":                 runSkynet,
	"uts":                    runUTS,
	"matmul":                 runMatmul,
}

// Workloads lists the names that RunWorkload knows, sorted.
func (s *Scheduler) Workloads() []string {
	return slices.Sorted(maps.Keys(workloads))
}

// RunWorkload runs one workload to its end, from outside the scheduler. It
// returns an error for an unknown name, a panic in a task that is joined, or a
// closed scheduler.
func (s *Scheduler) RunWorkload(name string, p sched.Params) (sched.Answer, error) {
	run, ok := workloads[name]
	if !ok {
		return sched.Answer{}, fmt.Errorf("no workload %q: choose from %s",
			name, strings.Join(s.Workloads(), " "))
	}
	return run(s, p)
}

// runEmpty is the harness around nothing: its own cost.
func runEmpty(*Scheduler, sched.Params) (sched.Answer, error) {
	return sched.Answer{Tasks: 1}, nil
}

// countdown tells a goroutine outside when the last of some tasks is done, as
// tokio's benches do.
type countdown struct {
	left atomic.Int64
	done chan struct{}
}

func newCountdown(n int) *countdown {
	c := &countdown{done: make(chan struct{})}
	c.left.Store(int64(n))
	return c
}

func (c *countdown) arrive() {
	if c.left.Add(-1) == 0 {
		close(c.done)
	}
}

// wait returns when the last task has arrived, or an error if s closed before.
func (c *countdown) wait(s *Scheduler) error {
	select {
	case <-c.done:
		return nil
	case <-s.stopped:
		return sched.ErrClosed
	}
}

// forkJoin runs a task from outside that forks and joins, and returns its
// Result.
func (s *Scheduler) forkJoin(poll PollFunc, args [2]int64, ref any) (int64, error) {
	var result int64
	err := s.Run(func(w *Worker) {
		t := w.NewTask(poll)
		t.Args, t.Ref = args, ref
		w.Fork(t)
		result = w.Join(t)
	})
	return result, err
}

// Fork-join workloads return their value and the number of tasks that ran in
// one word, so that both are counted and neither is assumed.
const (
	valueBits = 42
	oneTask   = 1 << valueBits
)

func packedAnswer(r int64) sched.Answer {
	return sched.Answer{Value: uint64(r) % oneTask, Tasks: uint64(r) / oneTask}
}
