// Code generated from ../../impls/chaselev/workload_spawn.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"sync/atomic"

	"stealbench/internal/sched"
)

// The spawn workloads of tokio's benches/rt_multi_threaded.rs: p.N tasks that
// do nothing but say that they ran.

func arriveTask(_ *Worker, t *Task) sched.Poll {
	t.Ref.(*countdown).arrive()
	return sched.Ready
}

// arrived is the answer of n tasks that each arrived once: a task that ran
// twice leaves left below zero.
func arrived(c *countdown, n int) sched.Answer {
	return sched.Answer{Value: uint64(int64(n) - c.left.Load()), Tasks: uint64(n)}
}

// runSpawnManyOutside spawns from the goroutine that waits. tokio's bench calls
// this spawn_many_local, but spawns from block_on: every task is remote.
func runSpawnManyOutside(s *Scheduler, p sched.Params) (sched.Answer, error) {
	c := newCountdown(p.N)
	for range p.N {
		if err := s.SpawnTask(arriveTask, [2]int64{}, c); err != nil {
			return sched.Answer{}, err
		}
	}
	err := c.wait(s)
	return arrived(c, p.N), err
}

// runSpawnManyInside spawns from inside a task: these are local.
func runSpawnManyInside(s *Scheduler, p sched.Params) (sched.Answer, error) {
	c := newCountdown(p.N)
	if err := s.SpawnTask(spawnerTask, [2]int64{int64(p.N)}, c); err != nil {
		return sched.Answer{}, err
	}
	err := c.wait(s)
	return arrived(c, p.N), err
}

func spawnerTask(w *Worker, t *Task) sched.Poll {
	for range t.Args[0] {
		child := w.NewTask(arriveTask)
		child.Ref = t.Ref
		w.Spawn(child)
	}
	return sched.Ready
}

// handle is a join handle for a goroutine outside.
type handle struct{ state atomic.Uint32 }

const (
	handleOpen = iota
	handleAwaited
	handleDone
)

type handles struct {
	all  []handle
	wake chan struct{}
}

func handleTask(_ *Worker, t *Task) sched.Poll {
	h := t.Ref.(*handles)
	if h.all[t.Args[0]].state.Swap(handleDone) == handleAwaited {
		h.wake <- struct{}{}
	}
	return sched.Ready
}

// runSpawnManyRemoteIdle spawns from outside and then joins each task by its
// own handle, without a shared counter.
func runSpawnManyRemoteIdle(s *Scheduler, p sched.Params) (sched.Answer, error) {
	h := &handles{make([]handle, p.N), make(chan struct{}, 1)}
	for i := range p.N {
		if err := s.SpawnTask(handleTask, [2]int64{int64(i)}, h); err != nil {
			return sched.Answer{}, err
		}
	}
	var done uint64
	for i := range h.all {
		if h.all[i].state.CompareAndSwap(handleOpen, handleAwaited) {
			select {
			case <-h.wake:
			case <-s.stopped.Opened():
				return sched.Answer{}, sched.ErrClosed
			}
		}
		if h.all[i].state.Load() == handleDone {
			done++
		}
	}
	return sched.Answer{Value: done, Tasks: uint64(p.N)}, nil
}

// runSpawnManyRemoteBusy is the same while 2 tasks per worker keep the workers
// busy: they spin for a while and yield, until told to stop.
func runSpawnManyRemoteBusy(s *Scheduler, p sched.Params) (sched.Answer, error) {
	busy := &busyLoad{countdown: *newCountdown(2 * len(s.workers))}
	for range 2 * len(s.workers) {
		if err := s.SpawnTask(busyTask, [2]int64{}, busy); err != nil {
			return sched.Answer{}, err
		}
	}
	answer, err := runSpawnManyRemoteIdle(s, p)
	busy.stop.Store(true)
	if err == nil {
		err = busy.wait(s)
	}
	return answer, err
}

type busyLoad struct {
	countdown
	stop atomic.Bool
}

// busySpins is about 1 us of work between two yields; chosen by feel.
const busySpins = 2000

func busyTask(_ *Worker, t *Task) sched.Poll {
	b := t.Ref.(*busyLoad)
	if b.stop.Load() {
		b.arrive()
		return sched.Ready
	}
	spin(busySpins)
	return sched.Yielded
}
