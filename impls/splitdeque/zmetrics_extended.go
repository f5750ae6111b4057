// Code generated from ../chaselev/metrics_extended.go by go generate ./impls; DO NOT EDIT.

//go:build !stable

package splitdeque

import (
	"stealbench/internal/at"
	"stealbench/internal/sched"
)

const (
	isExtended        = true
	extendedSize      = 14 * 8
	extendedCellsSize = 12 * 8
	pollTimesSize     = 9 * 8
)

// extended is the part of the batch that tokio calls unstable.
type extended struct {
	noopCount       uint64
	stealCount      uint64
	stealOperations uint64
	stealAttempts   uint64
	pollCount       uint64 // picks, up to the one of tick pickedTo
	spawnCount      uint64
	reschedules     uint64
	followUps       uint64
	unfinished      uint64
	overflowCount   uint64
	forcedYields    uint64

	pollsAtLastPark uint64     // pollCount at the park before: the no-op rule
	timer           *pollTimer // nil if poll times are off
	pickedTo        uint32     // tick; wraps
}

type extendedCells struct {
	meanPoll, noopCount, stealCount, stealOperations, stealAttempts, pollCount,
	spawnCount, reschedules, followUps, unfinished, overflowCount, forcedYields at.Counter
}

// pollTimer is the batch of a poll-time histogram.
type pollTimer struct {
	config sched.PollTimes
	counts []uint64
	cells  []at.Counter // published
	paused int64        // ns that polls were held up by dumps
}

// pollTimes are the published histograms of poll times. They are not in cells,
// which stay free of pointers and so begin on a line.
type pollTimes struct {
	config sched.PollTimes
	cells  [][]at.Counter // by owner and bucket; none if poll times are off
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
		p.cells = append(p.cells, make([]at.Counter, buckets+2*pad)[pad:pad+buckets:pad+buckets])
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
		m.timer = &pollTimer{config: p.config, counts: make([]uint64, p.config.Buckets.Len()), cells: p.cells[i]}
	}
}

// incRemoteSchedule counts one task pushed to the injection queue. Safe for any
// goroutine.
func (b *board) incRemoteSchedule() { b.remoteSchedules.Add(1) }

// incRemoteWake counts those of them that were woken, incRefused those that came
// too late. addCancelled counts tasks that ended otherwise than by a poll.
func (b *board) incRemoteWake()     { b.remoteWakes.Add(1) }
func (b *board) incRefused()        { b.refused.Add(1) }
func (b *board) addCancelled(n int) { b.cancelled.Add(uint64(n)) }

// startPick has nothing to count: every tick has a pick, but for those of
// emptyTurn. So the worker's ticks are the batch's plain counter.
func (m *metrics) startPick() {}

// emptyTurn says that the tick found no task.
func (m *metrics) emptyTurn() { m.pickedTo++ }

// countPicks counts the picks up to that of a tick.
func (m *metrics) countPicks(to uint32) {
	m.pollCount += uint64(to - m.pickedTo)
	m.pickedTo = to
}

// timed reports whether polls are timed.
func (m *metrics) timed() bool { return m.timer != nil }

// pollBegan is when a poll begins that is timed, for endPick: picks nest in
// helping joins.
func (m *metrics) pollBegan() (began int64) {
	if m.timer != nil {
		began = m.timer.now()
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

// now is a clock that stands still while the worker waits in a dump. A call, so
// that the hooks stay small enough to be inlined.
//
//go:noinline
func (p *pollTimer) now() int64 { return now() - p.paused }

// addPause takes ns in which the worker stood still out of all poll times.
func (m *metrics) addPause(ns int64) {
	if m.timer != nil {
		m.timer.paused += ns
	}
}

func (p *pollTimer) measure(began int64) int64 {
	t := p.now()
	p.counts[p.config.Buckets.Index(nanosBetween(began, t))]++
	return t
}

// incSpawn and incReschedule count a task made runnable on this worker: a new
// one, or one that yielded or was woken. Dumps number spawns anyhow.
func (m *metrics) incSpawn() {
	if !dumpCompiled {
		m.spawnCount++
	}
}
func (m *metrics) incReschedule() { m.reschedules++ }

// countSpawns takes over the number of spawns.
func (m *metrics) countSpawns(n uint64) {
	if dumpCompiled {
		m.spawnCount = n
	}
}

// incFollowUp counts a poll that is part of the pick before it.
func (m *metrics) incFollowUp() { m.followUps++ }

// incUnfinished counts a poll that did not end its task.
func (m *metrics) incUnfinished() { m.unfinished++ }

func (m *metrics) incOverflow() {
	m.overflowCount++
	m.rare = true
}

// incForcedYield counts a budget that was used up.
func (m *metrics) incForcedYield() {
	m.forcedYields++
	m.rare = true
}

// addSteal counts one successful steal of n tasks.
func (m *metrics) addSteal(n int) {
	m.stealCount += uint64(n)
	m.stealOperations++
	m.rare = true
}

// incStealAttempt counts a search of the other workers' queues.
func (m *metrics) incStealAttempt() {
	m.stealAttempts++
	m.rare = true
}

// countNoop counts a park as a no-op if nothing was picked since the last one.
func (m *metrics) countNoop() {
	if m.pollCount == m.pollsAtLastPark {
		m.noopCount++
	}
	m.pollsAtLastPark = m.pollCount
}

func (m *metrics) submitExtended(meanPoll uint64) {
	c := m.cells
	publish(&c.meanPoll, meanPoll)
	publish(&c.reschedules, m.reschedules)
	publish(&c.followUps, m.followUps)
	publish(&c.unfinished, m.unfinished)
	if m.timer != nil {
		for i, n := range m.timer.counts {
			publish(&m.timer.cells[i], n)
		}
	}
	picks, spawns := stale(&c.pollCount, m.pollCount), stale(&c.spawnCount, m.spawnCount)
	if picks {
		c.pollCount.Store(m.pollCount)
	}
	if spawns {
		c.spawnCount.Store(m.spawnCount)
	}
}

// submitRare publishes what takeRare is about; all of it sets m.rare.
func (m *metrics) submitRare() {
	c := m.cells
	publish(&c.noopCount, m.noopCount)
	publish(&c.stealCount, m.stealCount)
	publish(&c.stealOperations, m.stealOperations)
	publish(&c.stealAttempts, m.stealAttempts)
	publish(&c.overflowCount, m.overflowCount)
	publish(&c.forcedYields, m.forcedYields)
}

func (c *extendedCells) read(s *sched.Snapshot, i int) {
	w := &s.Workers[i]
	w.NoopCount = c.noopCount.Load()
	w.StealCount = c.stealCount.Load()
	w.StealOperations = c.stealOperations.Load()
	w.StealAttempts = c.stealAttempts.Load()
	w.PollCount = c.pollCount.Load()
	w.SpawnCount = c.spawnCount.Load()
	w.LocalScheduleCount = w.SpawnCount + c.reschedules.Load()
	w.FollowUpCount = c.followUps.Load()
	w.UnfinishedCount = c.unfinished.Load()
	w.OverflowCount = c.overflowCount.Load()
	w.BudgetForcedYieldCount = c.forcedYields.Load()
	s.MeanPollNanos[i] = c.meanPoll.Load()
}
