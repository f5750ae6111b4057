package sharedline

import (
	"sync/atomic"

	"stealbench/internal/sched"
)

// metricsSize is the room that every variant's metrics take in a Worker, so
// that no other field moves from variant to variant.
const metricsSize = 128

// cellsSize is the stride of the published counters of two workers.
const cellsSize = 256

// metrics counts on the scheduler's one set of counters. What only the owner
// reads is still its own.
type metrics struct {
	cells           *cells
	polls           uint64 // picks since the last park: the no-op rule
	processingSince int64  // clock at the start of the work stretch, ns
	_               [metricsSize - 3*8]byte
}

// cells are the counters of all workers together: every worker writes them.
type cells struct {
	busy, parkCount, parkUnparkCount, noopCount, stealCount, stealOperations,
	pollCount, localSchedules, overflowCount atomic.Uint64
	_ [cellsSize - 9*8]byte
}

// board is all that a scheduler publishes.
type board struct {
	all             []cells // one element, on lines of its own
	remoteSchedules atomic.Uint64
}

func (b *board) init(int) { b.all = make([]cells, 1) }

func (m *metrics) init(b *board, _ int) { m.cells = &b.all[0] }

// incRemoteSchedule counts one task pushed to the injection queue. Safe for any
// goroutine.
func (b *board) incRemoteSchedule() { b.remoteSchedules.Add(1) }

// The hooks below are called only by the owner.

// startProcessing begins a work stretch.
func (m *metrics) startProcessing() { m.processingSince = now() }

// endProcessing ends a work stretch.
func (m *metrics) endProcessing() { m.cells.busy.Add(uint64(now() - m.processingSince)) }

// lap ends a work stretch and begins the next with one look at the clock.
func (m *metrics) lap() {
	t := now()
	m.cells.busy.Add(uint64(t - m.processingSince))
	m.processingSince = t
}

func (m *metrics) startPoll() {
	m.polls++
	m.cells.pollCount.Add(1)
}

func (m *metrics) endPoll() {}

func (m *metrics) incLocalSchedule() { m.cells.localSchedules.Add(1) }

func (m *metrics) incOverflow() { m.cells.overflowCount.Add(1) }

// addSteal counts one successful steal of n tasks.
func (m *metrics) addSteal(n int) {
	m.cells.stealCount.Add(uint64(n))
	m.cells.stealOperations.Add(1)
}

// aboutToPark counts a park, and a no-op if nothing was picked since the last.
func (m *metrics) aboutToPark() {
	m.cells.parkCount.Add(1)
	m.cells.parkUnparkCount.Add(1)
	if m.polls == 0 {
		m.cells.noopCount.Add(1)
	}
	m.polls = 0
}

func (m *metrics) unparked() { m.cells.parkUnparkCount.Add(1) }

// submit has nothing left to publish.
func (m *metrics) submit() {}

// snapshot reads what is published. Safe for any goroutine.
func (b *board) snapshot() sched.Snapshot {
	s := sched.Snapshot{
		Workers:         make([]sched.WorkerCounters, len(b.all)),
		RemoteSchedules: b.remoteSchedules.Load(),
	}
	for i := range b.all {
		c := &b.all[i]
		s.Workers[i] = sched.WorkerCounters{
			BusyNanos:       c.busy.Load(),
			ParkCount:       c.parkCount.Load(),
			ParkUnparkCount: c.parkUnparkCount.Load(),
			NoopCount:       c.noopCount.Load(),
			StealCount:      c.stealCount.Load(),
			StealOperations: c.stealOperations.Load(),
			PollCount:       c.pollCount.Load(),
			LocalSchedules:  c.localSchedules.Load(),
			OverflowCount:   c.overflowCount.Load(),
		}
	}
	return s
}
