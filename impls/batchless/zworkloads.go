// Code generated from ../chaselev/workloads.go by go generate ./impls; DO NOT EDIT.

package batchless

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"stealbench/internal/sched"
)

// The workloads live here and are stamped into each variant, so that a spawn is
// a direct call in all of them. harness/workload.go says what each one stresses,
// its sizes and its answers.
var workloads = map[string]workload{
	"empty":                  {outside: runEmpty},
	"spawn_many_outside":     {outside: runSpawnManyOutside},
	"spawn_many_inside":      {outside: runSpawnManyInside},
	"spawn_many_remote_idle": {outside: runSpawnManyRemoteIdle},
	"spawn_many_remote_busy": {outside: runSpawnManyRemoteBusy},
	"yield_many":             {outside: runYieldMany},
	"ping_pong":              {outside: runPingPong},
	"chained_spawn":          {outside: runChainedSpawn},
	"fib":                    {inside: runFib},
	"nqueens":                {inside: runNQueens},
	"skynet":                 {inside: runSkynet},
	"uts":                    {inside: runUTS},
	"matmul":                 {inside: runMatmul},
	"grain":                  {inside: runGrain},
	"burst":                  {outside: runBurst},
	"audited":                {inside: runAudited},
	"audited_parks":          {outside: runAuditedParks},
	"open":                   {outside: runOpen},
}

// workload runs once, to its end: driven by a goroutine outside, or called
// inside a task, for those that fork and join.
type workload struct {
	outside func(*Scheduler, sched.Params) (sched.Answer, error)
	inside  func(*Worker, sched.Params) sched.Answer
}

// Workloads lists the names that RunWorkload knows, sorted.
func (s *Scheduler) Workloads() []string {
	return slices.Sorted(maps.Keys(workloads))
}

// RunWorkload runs one workload to its end, from outside the scheduler. It
// returns an error for an unknown name, a panic in a task that is joined, or a
// closed scheduler.
func (s *Scheduler) RunWorkload(name string, p sched.Params) (sched.Answer, error) {
	t, err := s.TimeWorkload(name, p, 0, 1)
	return t.Answer, err
}

// TimeWorkload runs a workload untimed until all workers are awake, at least
// once and for at most about lead, unless that is 0; then reps times, one run
// right after the other, timed. All runs must give the same answer. Otherwise
// like RunWorkload.
func (s *Scheduler) TimeWorkload(name string, p sched.Params, lead time.Duration, reps int) (sched.Timing, error) {
	l, ok := workloads[name]
	if !ok {
		return sched.Timing{}, fmt.Errorf("no workload %q: choose from %s", name, strings.Join(s.Workloads(), " "))
	}
	if l.inside == nil {
		return s.series(lead, reps, func() (sched.Answer, error) { return l.outside(s, p) })
	}
	var t sched.Timing
	var wrong error
	err := s.Run(func(w *Worker) {
		t, wrong = s.series(lead, reps, func() (sched.Answer, error) { return l.inside(w, p), nil })
	})
	return t, cmp.Or(err, wrong)
}

func (s *Scheduler) series(lead time.Duration, reps int, run func() (sched.Answer, error)) (t sched.Timing, err error) {
	once := func() error {
		a, err := run()
		if t.Runs++; t.Runs == 1 {
			t.Answer = a
		}
		if err == nil && a != t.Answer {
			err = fmt.Errorf("%w: %+v, then %+v", sched.ErrAnswers, t.Answer, a)
		}
		return err
	}
	for begin := time.Now(); lead > 0 && (t.Runs == 0 || !s.allAwake() && time.Since(begin) < lead); {
		if err := once(); err != nil {
			return t, err
		}
	}
	start := time.Now()
	for range reps {
		if err := once(); err != nil {
			return t, err
		}
	}
	t.Took = time.Since(start)
	return t, nil
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
	case <-s.stopped.Opened():
		return sched.ErrClosed
	}
}

// forkJoin forks a task, joins it and returns its Result.
func (w *Worker) forkJoin(poll PollFunc, args [2]int64, ref any) int64 {
	t := w.NewTask(poll)
	t.Args, t.Ref = args, ref
	w.Fork(t)
	return w.Join(t)
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
