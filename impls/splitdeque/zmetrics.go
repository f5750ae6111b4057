// Code generated from ../chaselev/metrics.go by go generate ./impls; DO NOT EDIT.

package splitdeque

import (
	"stealbench/internal/at"
	"stealbench/internal/sched"
)

// The files metrics*.go are the metrics seam. A variant that counts differently
// replaces them and supplies the same types and methods; shared code calls the
// hooks without an if, and the compiler inlines them (impls/inline_test.go).
// This file has what both levels count; metrics_extended.go has the rest, and
// metrics_stable.go stands in for it under -tags stable.

// metricsSize is the room that every variant's metrics take in a Worker, so
// that no other field moves from variant to variant.
const metricsSize = 256

// boardSize is the room that every variant's board takes in a Scheduler, for the
// same reason.
const boardSize = 384

// cellsSize is the stride of the published counters of two workers.
const cellsSize = 256

// metricsReadClock says that the hooks want to know the time.
const metricsReadClock = true

// metrics is the owner's batch: plain running totals, never reset, published by
// submit (tokio runtime/metrics/batch.rs). Written only by the owner.
type metrics struct {
	busy            uint64 // ns
	parkCount       uint64
	parkUnparkCount uint64
	processingSince int64 // clock at the start of the work stretch, ns
	cells           *cells
	rare            bool // something has changed that seldom does
	extended
	_ [metricsSize - 6*8 - extendedSize]byte
}

// cells are one worker's published counters: written by its owner, read by
// anyone. One worker's cells never share a line with another's.
type cells struct {
	busy, parkCount, parkUnparkCount at.Counter
	extendedCells
	_ [cellsSize - 3*8 - extendedCellsSize]byte
}

// board is all that a scheduler publishes.
//
// Whoever spawns from outside writes the first group, so it has lines to itself:
// the Scheduler has a pad before the board.
type board struct {
	remoteSchedules, remoteWakes, refused, cancelled at.Counter
	_                                                [cacheLine]byte

	workers []cells
	pollTimes
	clock bool // durations are measured
	_     [boardSize - cacheLine - 8*8 - pollTimesSize]byte
}

func (b *board) init(c sched.Config) {
	b.workers = make([]cells, c.Workers)
	b.clock = haveClock && !c.NoClock
	b.pollTimes.init(len(b.workers), c)
}

func (m *metrics) init(b *board, index int) {
	m.cells = &b.workers[index]
	m.initExtended(&b.pollTimes, index)
}

// The hooks below are called only by the owner. Times are the monotonic clock
// in ns, 0 where the clock is off.

// startProcessing begins a work stretch.
func (m *metrics) startProcessing(now int64) { m.processingSince = now }

// endProcessing ends a work stretch.
func (m *metrics) endProcessing(now int64) { m.busy += nanosBetween(m.processingSince, now) }

// aboutToPark counts a park, in tick.
func (m *metrics) aboutToPark(tick uint32) {
	m.parkCount++
	m.parkUnparkCount++
	m.rare = true
	m.countPicks(tick)
	m.countNoop()
}

func (m *metrics) unparked() {
	m.parkUnparkCount++
	m.rare = true
}

// submit publishes the totals, and the mean poll time in ns. picksTo is the last
// tick whose pick is over; spawns is what a dump counts, if dumps are compiled
// in. There is one writer per cell, so stores do.
func (m *metrics) submit(picksTo uint32, spawns, meanPoll uint64) {
	c := m.cells
	m.countPicks(picksTo)
	m.countSpawns(spawns)
	if m.takeRare() {
		publish(&c.parkCount, m.parkCount)
		publish(&c.parkUnparkCount, m.parkUnparkCount)
		m.submitRare()
	}
	// Most often the only ones that have changed, so look at all before the first
	// exchange: later looks wait for it.
	busy := stale(&c.busy, m.busy)
	m.submitExtended(meanPoll)
	if busy {
		c.busy.Store(m.busy)
	}
}

// snapshot reads what is published. Safe for any goroutine.
func (b *board) snapshot() sched.Snapshot {
	s := sched.NewSnapshot(len(b.workers), b.buckets())
	s.Extended, s.Clock = isExtended, b.clock
	s.RemoteWakeCount, s.RefusedCount = b.remoteWakes.Load(), b.refused.Load()
	s.RemoteScheduleCount, s.CancelledCount = b.remoteSchedules.Load(), b.cancelled.Load()
	for i := range b.workers {
		c := &b.workers[i]
		w := &s.Workers[i]
		w.BusyDurationTotal = c.busy.Load()
		w.ParkCount = c.parkCount.Load()
		w.ParkUnparkCount = c.parkUnparkCount.Load()
		c.read(&s, i)
		b.pollTimes.read(&s, i)
	}
	return s
}
