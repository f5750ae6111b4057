// Code generated from ../batchless/metrics_extended.go by go generate ./impls; DO NOT EDIT.

//go:build !stable

package mutexbatchless

import "stealbench/internal/sched"

const (
	isExtended        = true
	extendedSize      = 2 * 8
	extendedCellsSize = 12 * 8
	pollTimesSize     = 9 * 8
)

// extended is the owner's part of the counters that tokio calls unstable.
type extended struct {
	polls uint64     // picks since the last park: the no-op rule
	timer *pollTimer // nil if poll times are off
}

type extendedCells struct {
	meanPoll gauge // ns
	noopCount, stealCount, stealOperations, stealAttempts, pollCount,
	spawnCount, reschedules, followUps, unfinished, overflowCount, forcedYields counter
}

// pollTimer adds to a histogram of poll times.
type pollTimer struct {
	config sched.PollTimes
	cells  []bucket // published
	paused int64    // ns that polls were held up by dumps
}

// pollTimes are the published histograms of poll times. They are not in cells,
// which stay free of pointers and so begin on a line.
type pollTimes struct {
	config sched.PollTimes
	cells  [][]bucket // by owner and bucket; none if poll times are off
}

// init makes n histograms, bucketPad buckets on both sides of each.
func (p *pollTimes) init(n int, c sched.Config) {
	p.config = c.PollTimes
	buckets := c.PollTimes.Buckets.Len()
	if buckets == 0 {
		return
	}
	stride := buckets + 2*bucketPad
	all := make([]bucket, n*stride)
	for ; n > 0; n-- {
		p.cells = append(p.cells, all[bucketPad:bucketPad+buckets:bucketPad+buckets])
		all = all[stride:]
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
		m.timer = &pollTimer{config: p.config, cells: p.cells[i]}
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
	p.cells[p.config.Buckets.Index(nanosBetween(began, t))].Add(1)
	return t
}

// emptyTurn has nothing to take back.
func (*metrics) emptyTurn() {}

// incSpawn and incReschedule count a task made runnable on this worker: a new
// one, or one that yielded or was woken.
func (m *metrics) incSpawn()      { m.cells.spawnCount.Add(1) }
func (m *metrics) incReschedule() { m.cells.reschedules.Add(1) }

// incFollowUp counts a poll that is part of the pick before it.
func (m *metrics) incFollowUp() { m.cells.followUps.Add(1) }

// incUnfinished counts a poll that did not end its task.
func (m *metrics) incUnfinished() { m.cells.unfinished.Add(1) }

func (m *metrics) incOverflow() { m.cells.overflowCount.Add(1) }

// incForcedYield counts a budget that was used up.
func (m *metrics) incForcedYield() { m.cells.forcedYields.Add(1) }

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
	w.SpawnCount = c.spawnCount.Load()
	w.LocalScheduleCount = w.SpawnCount + c.reschedules.Load()
	w.FollowUpCount = c.followUps.Load()
	w.UnfinishedCount = c.unfinished.Load()
	w.OverflowCount = c.overflowCount.Load()
	w.BudgetForcedYieldCount = c.forcedYields.Load()
	s.MeanPollNanos[i] = c.meanPoll.Load()
}
