package main

import "github.com/panjf2000/ants/v2"

// antsPool has no queue: where all its goroutines are busy, Go waits for one.
type antsPool struct{ pool *ants.Pool }

func newAnts(workers int) Pool { return openAnts(workers) }

func newAntsUnbounded(int) Pool { return openAnts(-1) }

func openAnts(size int) Pool {
	p, err := ants.NewPool(size)
	must(err)
	return &antsPool{p}
}

func (p *antsPool) Go(f func())  { must(p.pool.Submit(f)) }
func (p *antsPool) Group() Group { return &waitGroup{pool: p} }
func (p *antsPool) Close()       { p.pool.Release() }
