// Code generated from ../../impls/chaselev/dump.go by go generate ./impls; DO NOT EDIT.

//go:build !nodump

package xsynccounter

import (
	"context"
	"time"

	"stealbench/internal/at"
	"stealbench/internal/sched"
)

// The files dump*.go are the task dump: this one has the protocol, dump_task.go
// what is recorded and collected, and dump_mock.go stands in for both under
// -tags nodump. DUMP.md says why it is safe.

// dumpCompiled says whether this build can dump.
const dumpCompiled = true

// dumper brings all workers to a stand and lets one of them, the leader, look.
type dumper struct {
	turn chan struct{} // holds a token while somebody dumps: one at a time

	// Under idle.mu.
	round  *dumpRound // the one that gathers, or nil
	closed bool
}

// dumpRound is one try to gather the workers. It is dropped when it ends, and
// its arrivals with it: none can count in a later round. Written under idle.mu
// until over is closed, read only after that.
type dumpRound struct {
	arrived []bool // by worker: it waits for over
	waiting int    // how many of them
	over    at.Gate

	workers []sched.WorkerDump
	tasks   []taskRecord
	taken   int64 // clock, ns
	err     error
}

func (d *dumper) init() { d.turn = make(chan struct{}, 1) }

// isCalled reports whether w should come to a dump.
func (w *Worker) isCalled() bool { return w.trace.called.Load() }

// callWorkers asks all to come, or takes that back. Called with idle.mu held.
func (s *Scheduler) callWorkers(wanted bool) {
	for _, w := range s.workers {
		w.trace.called.Store(wanted)
	}
}

// Dump lists all live tasks. It waits for its turn behind other dumps, and then
// at most sched.DumpTimeout for the workers that are in a task: each comes
// before its next pick, also of a helping join. If one has none in that time the
// answer is a *sched.DumpTimeoutError. It returns sched.ErrClosed after Close
// began, or ctx.Err(). Safe from any goroutine, but not from a task, whose worker
// could not come.
//
// No task moves, is polled or is lost, no worker is woken, and no counter
// counts.
func (s *Scheduler) Dump(ctx context.Context) (*sched.Dump, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case s.dump.turn <- struct{}{}:
		defer func() { <-s.dump.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-s.stopped.Opened():
		return nil, sched.ErrClosed
	}
	var began time.Time // zero without a clock
	if s.readsClock() {
		began = time.Now()
	}
	r, err := s.beginRound()
	if err != nil {
		return nil, err
	}
	timeout := time.NewTimer(sched.DumpTimeout)
	defer timeout.Stop()
	select {
	case <-r.over.Opened():
	case <-timeout.C:
		s.endRound(r, s.missing)
	case <-ctx.Done():
		s.endRound(r, func(*dumpRound) error { return ctx.Err() })
	}
	if r.err != nil {
		return nil, r.err
	}
	return r.result(began), nil
}

// beginRound asks the workers to come. If all of them sleep, they are here.
func (s *Scheduler) beginRound() (*dumpRound, error) {
	d := &s.dump
	s.idle.mu.Lock()
	defer s.idle.mu.Unlock()
	if d.closed {
		return nil, sched.ErrClosed
	}
	d.round = &dumpRound{arrived: make([]bool, len(s.workers)), over: at.NewGate()}
	r := d.round
	s.callWorkers(true)
	s.leadIfAllHere()
	return r, nil
}

// leadIfAllHere makes the caller the leader if every worker waits or sleeps: it
// came last. Called with idle.mu held, which keeps the sleepers asleep: nobody
// leaves the list without it.
func (s *Scheduler) leadIfAllHere() {
	r := s.dump.round
	if r == nil || r.waiting+len(s.idle.sleepers) < len(s.workers) {
		return
	}
	defer s.finishRound(r) // also after a panic: the others must not wait for ever
	s.collect(r)
}

// finishRound lets everybody go on. Called with idle.mu held.
func (s *Scheduler) finishRound(r *dumpRound) {
	s.dump.round = nil
	s.callWorkers(false)
	r.over.Open()
}

// endRound ends r without a result, unless it has ended already.
func (s *Scheduler) endRound(r *dumpRound, why func(*dumpRound) error) {
	s.idle.mu.Lock()
	defer s.idle.mu.Unlock()
	if r != nil && s.dump.round == r {
		r.err = why(r)
		s.finishRound(r)
	}
}

// missing names the workers that neither wait nor sleep. Called with idle.mu
// held.
func (s *Scheduler) missing(r *dumpRound) error {
	here := append([]bool(nil), r.arrived...)
	for _, w := range s.idle.sleepers {
		here[w.index] = true
	}
	e := &sched.DumpTimeoutError{}
	for i, h := range here {
		if !h {
			e.Missing = append(e.Missing, i)
		}
	}
	return e
}

// closeDumps ends the round that gathers, and refuses others: workers that have
// left can't come.
func (s *Scheduler) closeDumps() {
	s.idle.mu.Lock()
	s.dump.closed = true
	r := s.dump.round
	s.idle.mu.Unlock()
	s.endRound(r, func(*dumpRound) error { return sched.ErrClosed })
}

// pauseForDump joins a dump between two picks. The pause is no work, and no poll
// time of the tasks that wait in joins below.
func (w *Worker) pauseForDump() {
	w.endProcessing()
	w.joinDump()
	w.startProcessing(w.tick)
}

// joinDump comes to the dump that is wanted, if any, and waits until it is over.
// Nothing that w knows of is in its hands alone then: every task is on its
// stack, in a queue or idle.
func (w *Worker) joinDump() {
	s := w.sched
	if !w.isCalled() {
		return
	}
	began := w.clock()
	defer func() { w.metrics.addPause(w.clock() - began) }()
	s.idle.mu.Lock()
	r := s.dump.round
	if r == nil { // over meanwhile
		s.idle.mu.Unlock()
		return
	}
	r.arrived[w.index] = true
	r.waiting++
	s.leadIfAllHere()
	s.idle.mu.Unlock()
	r.over.Wait()
}

// sleepForDump is called when w has put itself on the sleepers list: it may be
// the last one that a dump waits for.
func (w *Worker) sleepForDump() {
	if !w.isCalled() {
		return
	}
	s := w.sched
	s.idle.mu.Lock()
	defer s.idle.mu.Unlock()
	s.leadIfAllHere()
}
