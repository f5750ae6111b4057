package main

import (
	"runtime"
	"sync"
	"sync/atomic"

	"stealbench/internal/sched"
)

// countdown tells the driver when the last of some tasks is done.
type countdown struct {
	tasks int
	left  atomic.Int64
	done  chan struct{}
}

func newCountdown(tasks int) *countdown {
	c := &countdown{tasks: tasks, done: make(chan struct{})}
	if c.left.Store(int64(tasks)); tasks == 0 {
		close(c.done)
	}
	return c
}

func (c *countdown) arrive() {
	if c.left.Add(-1) == 0 {
		close(c.done)
	}
}

// wait returns the answer of tasks that each arrived once: one that ran twice leaves
// left below zero.
func (c *countdown) wait() sched.Answer {
	<-c.done
	return sched.Answer{Value: uint64(int64(c.tasks) - c.left.Load()), Tasks: uint64(c.tasks)}
}

func (c *closures) spawnManyOutside(p sched.Params) sched.Answer {
	count := newCountdown(p.N)
	arrive := count.arrive // one closure for all tasks
	for range p.N {
		c.Go(arrive)
	}
	return count.wait()
}

func (c *closures) spawnManyInside(p sched.Params) sched.Answer {
	count := newCountdown(p.N)
	arrive := count.arrive
	c.Go(func() {
		for range p.N {
			c.Go(arrive)
		}
	})
	return count.wait()
}

// spawnManyRemoteIdle joins each task by its own handle.
func (c *closures) spawnManyRemoteIdle(p sched.Params) sched.Answer {
	handles := make([]struct {
		running sync.WaitGroup
		ran     uint64
	}, p.N)
	for i := range handles {
		h := &handles[i]
		h.running.Add(1)
		c.Go(func() {
			h.ran++
			h.running.Done()
		})
	}
	var done uint64
	for i := range handles {
		handles[i].running.Wait()
		done += handles[i].ran
	}
	return sched.Answer{Value: done, Tasks: uint64(p.N)}
}

// spawnManyRemoteBusy is the same while 2 tasks a worker spin and yield.
func (c *closures) spawnManyRemoteBusy(p sched.Params) sched.Answer {
	var stop atomic.Bool
	busy := newCountdown(2 * c.workers)
	for range 2 * c.workers {
		c.Go(func() {
			for !stop.Load() {
				spin(busySpins)
				runtime.Gosched()
			}
			busy.arrive()
		})
	}
	a := c.spawnManyRemoteIdle(p)
	stop.Store(true)
	busy.wait()
	return a
}

// busySpins is about 1 us of work between two yields, as in the base.
const busySpins = 2000

func spin(n int) {
	for range n {
	}
}

// yieldMany counts the base's polls: one more than yields.
func (c *closures) yieldMany(p sched.Params) sched.Answer {
	count := newCountdown(p.N)
	var polls atomic.Int64
	task := func() {
		for range p.M {
			runtime.Gosched()
		}
		polls.Add(int64(p.M) + 1)
		count.arrive()
	}
	for range p.N {
		c.Go(task)
	}
	a := count.wait()
	a.Tasks = uint64(polls.Load())
	return a
}

func (c *closures) chainedSpawn(p sched.Params) sched.Answer {
	count := newCountdown(p.N)
	left := p.N // written by one link after the other
	var link func()
	link = func() {
		if left--; left > 0 {
			c.Go(link)
		}
		count.arrive()
	}
	if p.N > 0 {
		c.Go(link)
	}
	return count.wait()
}

// pingPong is pairs of tasks over channels for one message each, spawned in a task.
func (c *closures) pingPong(p sched.Params) sched.Answer {
	count := newCountdown(p.N)
	ping := func() {
		there, back := make(chan struct{}, 1), make(chan struct{}, 1)
		c.Go(func() {
			<-there
			back <- struct{}{}
		})
		there <- struct{}{}
		<-back
		count.arrive()
	}
	c.Go(func() {
		for range p.N {
			c.Go(ping)
		}
	})
	a := count.wait()
	a.Tasks = 2 * uint64(p.N)
	return a
}
