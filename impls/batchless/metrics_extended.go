//go:build !stable

package batchless

import (
	"sync/atomic"

	"stealbench/internal/sched"
)

const (
	isExtended        = true
	extendedSize      = 2 * 8
	extendedCellsSize = 8 * 8
	pollTimesSize     = 9 * 8
)

// extended is the owner's part of the counters that tokio calls unstable.
type extended struct {
	polls uint64     // picks since the last park: the no-op rule
	timer *pollTimer // nil if poll times are off
}

type extendedCells struct {
	meanPoll, noopCount, stealCount, stealOperations, stealAttempts,
	pollCount, localSchedules, overflowCount atomic.Uint64
}

// pollTimer adds to a histogram of poll times.
type pollTimer struct {
	config sched.PollTimes
	cells  []atomic.Uint64 // published
}

// pollTimes are the published histograms of poll times. They are not in cells,
// which stay free of pointers and so begin on a line.
type pollTimes struct {
	config sched.PollTimes
	cells  [][]atomic.Uint64 // by owner and bucket; none if poll times are off
}

// init makes n histograms, each on lines of its own.
func (p *pollTimes) init(n int, c sched.Config) {
	p.config = c.PollTimes
	buckets := c.PollTimes.Buckets.Len()
	if buckets == 0 {
		return
	}
	const pad = cacheLine / 8
	for range n {
		p.cells = append(p.cells, make([]atomic.Uint64, buckets+2*pad)[pad:pad+buckets:pad+buckets])
	}
}

func (p *pollTimes) buckets() sched.Buckets { return p.config.Buckets }

func (p *pollTimes) read(s *sched.Snapshot, i int) {
	for b := range s.Buckets.Len() {
		s.PollTimes[i][b] = p.cells[i][b].Load()
	}
}

func (m *metrics) initExtended(p *pollTimes, i int) {
	if len(p.cells) > 0 {
		m.timer = &pollTimer{p.config, p.cells[i]}
	}
}

// incRemoteSchedule counts one task pushed to the injection queue. Safe for any
// goroutine.
func (b *board) incRemoteSchedule() { b.remoteSchedules.Add(1) }

// startPick counts a pick.
func (m *metrics) startPick() {
	m.polls++
	m.cells.pollCount.Add(1)
}

// timed reports whether polls are timed.
func (m *metrics) timed() bool { return m.timer != nil }

// pollBegan is when a poll begins that is timed, for endPick: picks nest in
// helping joins.
func (m *metrics) pollBegan() (began int64) {
	if m.timer != nil {
		began = now()
	}
	return began
}

func (m *metrics) endPick(began int64) {
	if m.timer != nil {
		m.timer.measure(began)
	}
}

// betweenPolls ends one poll of a pick; it returns when the next one began.
func (m *metrics) betweenPolls(began int64) int64 {
	if m.timer != nil && m.timer.config.PerPoll {
		return m.timer.measure(began)
	}
	return began
}

func (p *pollTimer) measure(began int64) int64 {
	t := now()
	p.cells[p.config.Buckets.Index(uint64(t-began))].Add(1)
	return t
}

func (m *metrics) incLocalSchedule() { m.cells.localSchedules.Add(1) }

func (m *metrics) incOverflow() { m.cells.overflowCount.Add(1) }

// addSteal counts one successful steal of n tasks.
func (m *metrics) addSteal(n int) {
	m.cells.stealCount.Add(uint64(n))
	m.cells.stealOperations.Add(1)
}

// incStealAttempt counts a search of the other workers' queues.
func (m *metrics) incStealAttempt() { m.cells.stealAttempts.Add(1) }

// countNoop counts a park as a no-op if nothing was picked since the last one.
func (m *metrics) countNoop() {
	if m.polls == 0 {
		m.cells.noopCount.Add(1)
	}
	m.polls = 0
}

func (m *metrics) submitExtended(meanPoll uint64) { m.cells.meanPoll.Store(meanPoll) }

func (c *extendedCells) read(s *sched.Snapshot, i int) {
	w := &s.Workers[i]
	w.NoopCount = c.noopCount.Load()
	w.StealCount = c.stealCount.Load()
	w.StealOperations = c.stealOperations.Load()
	w.StealAttempts = c.stealAttempts.Load()
	w.PollCount = c.pollCount.Load()
	w.LocalScheduleCount = c.localSchedules.Load()
	w.OverflowCount = c.overflowCount.Load()
	s.MeanPollNanos[i] = c.meanPoll.Load()
}
