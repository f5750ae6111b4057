package main

import "sync"

// channelPool is the worker pool of the tutorials.
type channelPool struct {
	tasks   chan func()
	workers sync.WaitGroup
}

// channelCapacity is chosen by feel, as it is where such pools are written.
const channelCapacity = 64

func newChannel(workers int) Pool {
	p := &channelPool{tasks: make(chan func(), channelCapacity)}
	for range workers {
		p.workers.Go(func() {
			for f := range p.tasks {
				f()
			}
		})
	}
	return p
}

func (p *channelPool) Go(f func())  { p.tasks <- f }
func (p *channelPool) Group() Group { return &waitGroup{pool: p} }

func (p *channelPool) Close() {
	close(p.tasks)
	p.workers.Wait()
}
