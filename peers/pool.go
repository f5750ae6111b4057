package main

import "sync"

// Pool runs closures: what a library offers, in the words of this program.
type Pool interface {
	// Go has the pool run f. Called from outside and by tasks.
	Go(f func())
	// Group returns an empty group of tasks.
	Group() Group
	// Close ends the pool. No task is running.
	Close()
}

// Group is tasks that are waited for together. Its methods are called by the
// goroutine that asked for it.
type Group interface {
	Go(f func())
	Wait()
}

// waitGroup is the group of a pool that has none of its own.
type waitGroup struct {
	pool Pool
	left sync.WaitGroup
}

// Go wraps f as sync.WaitGroup.Go does.
func (g *waitGroup) Go(f func()) {
	g.left.Add(1)
	g.pool.Go(func() {
		defer g.left.Done()
		f()
	})
}

// Wait returns when the tasks are done.
func (g *waitGroup) Wait() { g.left.Wait() }

// must panics for a pool that refuses a task, which none does before it is closed.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
