// Code generated from ../../impls/chaselev/dump_literal_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"sync"
	"sync/atomic"
	"time"

	"stealbench/internal/sched"
)

// literalPool is a test double: as much of tokio 1.48's workers as its task dump
// needs, and the dump as it is there, faults and all. dump_faults_test.go shows
// each fault on it, so that a test that the real protocol passes can fail.
//
// Source: tokio scheduler/multi_thread/{idle,park,worker/taskdump,trace}.rs,
// loom/std/barrier.rs.
type literalPool struct {
	workers []*literalWorker
	stop    chan struct{} // ends everybody, hung or not
	running sync.WaitGroup

	mu       sync.Mutex // tokio's "synced"
	inject   []func()
	sleepers []int
	unparked int
	owned    int // idle tasks

	requested  atomic.Bool
	start, end *literalBarrier
	result     *int // stashed by a leader, under mu
	ready      chan struct{}
	turn       sync.Mutex

	slowRequester time.Duration // before it sees a result, for F5
}

type literalWorker struct {
	queue  []func() // under literalPool.mu; tokio's ring of 256
	permit chan struct{}
	traced bool
}

func newLiteralPool(workers int) *literalPool {
	p := &literalPool{stop: make(chan struct{}), unparked: workers, ready: make(chan struct{}, 1),
		start: newLiteralBarrier(workers), end: newLiteralBarrier(workers)}
	for range workers {
		p.workers = append(p.workers, &literalWorker{permit: make(chan struct{}, 1)})
	}
	for i := range p.workers {
		p.running.Go(func() { p.run(i) })
	}
	return p
}

// run is the main loop of worker i, with maintenance at every tick.
func (p *literalPool) run(i int) {
	w := p.workers[i]
	for {
		select {
		case <-p.stop:
			return
		default:
		}
		if w.traced {
			p.traceCore(i)
		}
		w.traced = p.requested.Load()
		if w.traced {
			continue
		}
		if task := p.next(i); task != nil {
			task()
			continue
		}
		p.park(i)
	}
}

func (p *literalPool) next(i int) (task func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, q := range []*[]func(){&p.workers[i].queue, &p.inject} {
		if len(*q) > 0 {
			task, *q = (*q)[0], (*q)[1:]
			return task
		}
	}
	return nil
}

// park leaves the loop when a dump is wanted, still on the sleepers list (F2).
func (p *literalPool) park(i int) {
	w := p.workers[i]
	p.mu.Lock()
	if len(p.inject) > 0 {
		p.mu.Unlock()
		return
	}
	p.unparked--
	p.sleepers = append(p.sleepers, i)
	p.mu.Unlock()
	for {
		select {
		case <-w.permit:
		case <-p.stop:
			return
		}
		if w.traced = p.requested.Load(); w.traced {
			return
		}
		p.mu.Lock()
		asleep := false
		for _, s := range p.sleepers {
			asleep = asleep || s == i
		}
		p.mu.Unlock()
		if !asleep {
			return
		}
	}
}

func (p *literalPool) unpark(i int) {
	select {
	case p.workers[i].permit <- struct{}{}:
	default:
	}
}

// spawn notifies a sleeper if the count says that there is one: an underflow is
// a large number.
func (p *literalPool) spawn(fn func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.inject = append(p.inject, fn)
	if n := len(p.sleepers); n > 0 && uint16(p.unparked) < uint16(len(p.workers)) {
		i := p.sleepers[n-1]
		p.sleepers = p.sleepers[:n-1]
		p.unparked++
		p.unpark(i)
	}
}

// traceCore is worker i's part in a dump. The last to arrive leads.
func (p *literalPool) traceCore(i int) {
	p.workers[i].traced = false
	switch p.start.wait(sched.DumpTimeout, p.stop) {
	case literalTimedOut:
		return
	case literalLeader:
		n := p.stealAll()
		time.Sleep(10 * time.Microsecond) // tracing takes time
		p.mu.Lock()
		p.result = &n
		p.mu.Unlock()
		select {
		case p.ready <- struct{}{}:
		default:
		}
	}
	p.end.wait(0, p.stop) // no limit
}

// stealAll empties the run queues into a private ring, from which a steal
// refuses once it holds more than 128 (F3).
func (p *literalPool) stealAll() (tasks int) {
	p.mu.Lock()
	var ring []func()
	for _, w := range p.workers {
		for len(w.queue) > 0 {
			if len(ring) > 128 {
				p.mu.Unlock()
				<-p.stop // spins for ever
				p.mu.Lock()
				break
			}
			n := len(w.queue) - len(w.queue)/2
			ring, w.queue = append(ring, w.queue[:n]...), w.queue[n:]
		}
	}
	tasks = len(ring) + len(p.inject) + p.owned
	p.inject = append(p.inject, ring...)
	p.mu.Unlock()
	return tasks
}

// dump is the requester. The workers are woken past the idle bookkeeping (F2),
// and the flag stays up until the requester has run (F5).
func (p *literalPool) dump(patience time.Duration) (tasks int, ok bool) {
	p.turn.Lock()
	defer p.turn.Unlock()
	give := time.NewTimer(patience)
	defer give.Stop()
	p.requested.Store(true)
	for {
		p.mu.Lock()
		r := p.result
		p.result = nil
		p.mu.Unlock()
		if r != nil {
			time.Sleep(p.slowRequester)
			p.requested.Store(false)
			return *r, true
		}
		for i := range p.workers {
			p.unpark(i)
		}
		select {
		case <-p.ready:
		case <-give.C:
			p.requested.Store(false)
			return 0, false
		}
	}
}

// literalBarrier is loom/std/barrier.rs.
type literalBarrier struct {
	parties  int
	mu       sync.Mutex
	count    int
	passed   chan struct{} // closed when the generation is complete
	timedOut func()        // called when a timer has fired, before it is looked at
}

type literalOutcome uint8

const (
	literalPassed literalOutcome = iota
	literalLeader
	literalTimedOut
)

func newLiteralBarrier(parties int) *literalBarrier {
	return &literalBarrier{parties: parties, passed: make(chan struct{}), timedOut: func() {}}
}

// wait arrives. Who times out stays counted (F1), also if the others have come
// meanwhile (F6).
func (b *literalBarrier) wait(limit time.Duration, stop <-chan struct{}) literalOutcome {
	b.mu.Lock()
	b.count++
	passed := b.passed
	if b.count >= b.parties {
		b.count = 0
		close(b.passed)
		b.passed = make(chan struct{})
		b.mu.Unlock()
		return literalLeader
	}
	b.mu.Unlock()
	var timer <-chan time.Time
	if limit > 0 {
		t := time.NewTimer(limit)
		defer t.Stop()
		timer = t.C
	}
	select {
	case <-passed:
		return literalPassed
	case <-timer:
		b.timedOut()
		return literalTimedOut
	case <-stop:
		return literalPassed
	}
}
