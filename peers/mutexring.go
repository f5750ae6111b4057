package main

import "sync"

// mutexRing is the simplest pool whose Go never waits for a worker: a ring buffer
// that grows, a mutex, a condition.
type mutexRing struct {
	mu      sync.Mutex
	some    sync.Cond // the ring is not empty, or closed
	ring    []func()  // a power of two
	head    int       // of the oldest task
	length  int
	closed  bool
	workers sync.WaitGroup
}

func newMutexRing(workers int) Pool {
	p := &mutexRing{ring: make([]func(), 64)}
	p.some.L = &p.mu
	for range workers {
		p.workers.Go(p.work)
	}
	return p
}

func (p *mutexRing) Go(f func()) {
	p.mu.Lock()
	if p.length == len(p.ring) {
		larger := make([]func(), 2*len(p.ring))
		n := copy(larger, p.ring[p.head:])
		copy(larger[n:], p.ring[:p.head])
		p.ring, p.head = larger, 0
	}
	p.ring[(p.head+p.length)&(len(p.ring)-1)] = f
	p.length++
	p.mu.Unlock()
	p.some.Signal()
}

func (p *mutexRing) work() {
	for {
		p.mu.Lock()
		for p.length == 0 && !p.closed {
			p.some.Wait()
		}
		if p.length == 0 {
			p.mu.Unlock()
			return
		}
		f := p.ring[p.head]
		p.ring[p.head] = nil
		p.head = (p.head + 1) & (len(p.ring) - 1)
		p.length--
		p.mu.Unlock()
		f()
	}
}

func (p *mutexRing) Group() Group { return &waitGroup{pool: p} }

func (p *mutexRing) Close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.some.Broadcast()
	p.workers.Wait()
}
