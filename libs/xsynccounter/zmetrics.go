// Code generated from ../../impls/batchless/metrics.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"stealbench/internal/at"
	"stealbench/internal/sched"
)

// The files metrics*.go and cells.go are the metrics seam: this one has what both
// levels count, metrics_extended.go the rest, and metrics_stable.go stands in for
// it under -tags stable. cells.go says what a counter is, and where: other
// variants replace only that.

// metricsSize is the room that every variant's metrics take in a Worker, so
// that no other field moves from variant to variant.
const metricsSize = 256

// boardSize is the room that every variant's board takes in a Scheduler, for the
// same reason.
const boardSize = 384

// metricsReadClock says that the hooks want to know the time.
const metricsReadClock = true

// metrics counts on published counters. What only the owner reads is still its
// own. Written only by the owner.
type metrics struct {
	processingSince int64 // clock at the start of the work stretch, ns
	cells           *cells
	extended
	_ [metricsSize - 2*8 - extendedSize]byte
}

// board is all that a scheduler publishes.
//
// Whoever spawns from outside writes the first group, so it has lines to itself:
// the Scheduler has a pad before the board.
type board struct {
	remoteSchedules, remoteWakes, refused, cancelled at.Counter
	_                                                [cacheLine]byte

	cells []*cells // what cells.go makes for each snapshot element
	pollTimes
	clock bool // durations are measured
	_     [boardSize - cacheLine - 8*8 - pollTimesSize]byte
}

func (b *board) init(c sched.Config) {
	b.cells = newCells(c.Workers)
	b.clock = haveClock && !c.NoClock
	b.pollTimes.init(len(b.cells), c)
}

func (m *metrics) init(b *board, index int) {
	index = min(index, len(b.cells)-1) // one for all, or one for each worker
	m.cells = b.cells[index]
	m.initExtended(&b.pollTimes, index)
}

// The hooks below are called only by the owner. Times are the monotonic clock
// in ns, 0 where the clock is off.

// startProcessing begins a work stretch.
func (m *metrics) startProcessing(now int64) { m.processingSince = now }

// endProcessing ends a work stretch.
func (m *metrics) endProcessing(now int64) {
	m.cells.busy.Add(nanosBetween(m.processingSince, now))
}

// aboutToPark counts a park.
func (m *metrics) aboutToPark(uint32) {
	m.cells.parkCount.Inc()
	m.cells.parkUnparkCount.Inc()
	m.countNoop()
}

func (m *metrics) unparked() { m.cells.parkUnparkCount.Inc() }

// submit has only the mean poll time, in ns, left to publish.
func (m *metrics) submit(_ uint32, _, meanPoll uint64) { m.submitExtended(meanPoll) }

// snapshot reads what is published. Safe for any goroutine.
func (b *board) snapshot() sched.Snapshot {
	s := sched.NewSnapshot(len(b.cells), b.buckets())
	s.Extended, s.Clock = isExtended, b.clock
	s.RemoteWakeCount, s.RefusedCount = b.remoteWakes.Load(), b.refused.Load()
	s.RemoteScheduleCount, s.CancelledCount = b.remoteSchedules.Load(), b.cancelled.Load()
	for i, c := range b.cells {
		w := &s.Workers[i]
		w.BusyDurationTotal = c.busy.Load()
		w.ParkCount = c.parkCount.Load()
		w.ParkUnparkCount = c.parkUnparkCount.Load()
		c.read(&s, i)
		b.pollTimes.read(&s, i)
	}
	return s
}
