// Code generated from ../chaselev/metrics.go by go generate ./impls; DO NOT EDIT.

package twin

import (
	"sync/atomic"

	"stealbench/internal/sched"
)

// This file is the metrics seam. A variant that counts differently replaces it
// and supplies the same types and methods; shared code calls the hooks without
// an if, and the compiler inlines them (impls/inline_test.go).

// metricsSize is the room that every variant's metrics take in a Worker, so
// that no other field moves from variant to variant.
const metricsSize = 128

// cellsSize is the stride of the published counters of two workers.
const cellsSize = 256

// metrics is the owner's batch: plain running totals, never reset, published by
// submit (tokio runtime/metrics/batch.rs). Written only by the owner.
type metrics struct {
	busy            uint64 // ns
	parkCount       uint64
	parkUnparkCount uint64
	noopCount       uint64
	stealCount      uint64
	stealOperations uint64
	pollCount       uint64
	localSchedules  uint64
	overflowCount   uint64

	pollsAtLastPark uint64 // pollCount at the park before: the no-op rule
	processingSince int64  // clock at the start of the work stretch, ns
	cells           *cells
	_               [metricsSize - 12*8]byte
}

// cells are one worker's published counters: written by its owner, read by
// anyone. One worker's cells never share a line with another's.
type cells struct {
	busy, parkCount, parkUnparkCount, noopCount, stealCount, stealOperations,
	pollCount, localSchedules, overflowCount atomic.Uint64
	_ [cellsSize - 9*8]byte
}

// board is all that a scheduler publishes.
type board struct {
	workers         []cells
	remoteSchedules atomic.Uint64
}

func (b *board) init(workers int) { b.workers = make([]cells, workers) }

func (m *metrics) init(b *board, index int) { m.cells = &b.workers[index] }

// incRemoteSchedule counts one task pushed to the injection queue. Safe for any
// goroutine.
func (b *board) incRemoteSchedule() { b.remoteSchedules.Add(1) }

// The hooks below are called only by the owner.

// startProcessing begins a work stretch.
func (m *metrics) startProcessing() { m.processingSince = now() }

// endProcessing ends a work stretch.
func (m *metrics) endProcessing() { m.busy += uint64(now() - m.processingSince) }

// lap ends a work stretch and begins the next with one look at the clock.
func (m *metrics) lap() {
	t := now()
	m.busy += uint64(t - m.processingSince)
	m.processingSince = t
}

func (m *metrics) startPoll() { m.pollCount++ }

func (m *metrics) endPoll() {}

func (m *metrics) incLocalSchedule() { m.localSchedules++ }

func (m *metrics) incOverflow() { m.overflowCount++ }

// addSteal counts one successful steal of n tasks.
func (m *metrics) addSteal(n int) {
	m.stealCount += uint64(n)
	m.stealOperations++
}

// aboutToPark counts a park, and a no-op if nothing was picked since the last.
func (m *metrics) aboutToPark() {
	m.parkCount++
	m.parkUnparkCount++
	if m.pollCount == m.pollsAtLastPark {
		m.noopCount++
	} else {
		m.pollsAtLastPark = m.pollCount
	}
}

func (m *metrics) unparked() { m.parkUnparkCount++ }

// submit publishes the totals. There is one writer per cell, so stores do; Go
// makes each of them an exchange on amd64.
func (m *metrics) submit() {
	c := m.cells
	c.busy.Store(m.busy)
	c.parkCount.Store(m.parkCount)
	c.parkUnparkCount.Store(m.parkUnparkCount)
	c.noopCount.Store(m.noopCount)
	c.stealCount.Store(m.stealCount)
	c.stealOperations.Store(m.stealOperations)
	c.pollCount.Store(m.pollCount)
	c.localSchedules.Store(m.localSchedules)
	c.overflowCount.Store(m.overflowCount)
}

// snapshot reads what is published. Safe for any goroutine.
func (b *board) snapshot() sched.Snapshot {
	s := sched.Snapshot{
		Workers:         make([]sched.WorkerCounters, len(b.workers)),
		RemoteSchedules: b.remoteSchedules.Load(),
	}
	for i := range b.workers {
		c := &b.workers[i]
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
