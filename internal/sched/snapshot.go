package sched

// WorkerCounters are one worker's published counters: running totals since New,
// never reset. Names and meaning are tokio's (runtime/metrics/batch.rs).
type WorkerCounters struct {
	BusyDurationTotal  uint64 // work stretches, in ns, with the scheduler's own work in them
	ParkCount          uint64 // times the worker blocked
	ParkUnparkCount    uint64 // blocks and wakes; odd while blocked
	NoopCount          uint64 // parks without a pick since the park before
	StealCount         uint64 // tasks stolen by this worker
	StealOperations    uint64 // steals that got at least one task
	StealAttempts      uint64 // searches of the other workers' queues that were begun
	PollCount          uint64 // picks: tasks taken by the run loop or by a helping join
	LocalScheduleCount uint64 // tasks made runnable on this worker by itself
	SpawnCount         uint64 // those of them that were new
	FollowUpCount      uint64 // polls from the LIFO slot behind a pick, as part of it
	UnfinishedCount    uint64 // polls that did not end their task
	OverflowCount      uint64 // times half of the full local queue moved away
	// BudgetForcedYieldCount is how often a pick used up its budget, after which
	// its task should yield. tokio has one such counter for all workers.
	BudgetForcedYieldCount uint64
}

// Add adds o to c, field by field.
func (c *WorkerCounters) Add(o WorkerCounters) {
	c.BusyDurationTotal += o.BusyDurationTotal
	c.ParkCount += o.ParkCount
	c.ParkUnparkCount += o.ParkUnparkCount
	c.NoopCount += o.NoopCount
	c.StealCount += o.StealCount
	c.StealOperations += o.StealOperations
	c.StealAttempts += o.StealAttempts
	c.PollCount += o.PollCount
	c.LocalScheduleCount += o.LocalScheduleCount
	c.SpawnCount += o.SpawnCount
	c.FollowUpCount += o.FollowUpCount
	c.UnfinishedCount += o.UnfinishedCount
	c.OverflowCount += o.OverflowCount
	c.BudgetForcedYieldCount += o.BudgetForcedYieldCount
}

// Sub returns what was counted between o and c, field by field.
func (c WorkerCounters) Sub(o WorkerCounters) WorkerCounters {
	c.BusyDurationTotal -= o.BusyDurationTotal
	c.ParkCount -= o.ParkCount
	c.ParkUnparkCount -= o.ParkUnparkCount
	c.NoopCount -= o.NoopCount
	c.StealCount -= o.StealCount
	c.StealOperations -= o.StealOperations
	c.StealAttempts -= o.StealAttempts
	c.PollCount -= o.PollCount
	c.LocalScheduleCount -= o.LocalScheduleCount
	c.SpawnCount -= o.SpawnCount
	c.FollowUpCount -= o.FollowUpCount
	c.UnfinishedCount -= o.UnfinishedCount
	c.OverflowCount -= o.OverflowCount
	c.BudgetForcedYieldCount -= o.BudgetForcedYieldCount
	return c
}

// Snapshot is one read of the published counters. It is not atomic as a whole:
// two counters may come from different submits.
type Snapshot struct {
	// Workers holds the counters of each worker, by index. A variant that has
	// only scheduler-wide counters has one element; one without any has none.
	Workers []WorkerCounters
	// Extended says that all counters are counted; else, under -tags stable,
	// only busy time, parks and unparks are, and the others stay 0.
	Extended bool
	// Clock says that durations are measured; else they stay 0.
	Clock bool
	// RemoteScheduleCount counts tasks pushed one by one to the injection queue,
	// those that a closed scheduler refused among them.
	RemoteScheduleCount uint64
	// RemoteWakeCount are those of them that a Waker brought, RefusedCount those
	// that a closed scheduler refused.
	RemoteWakeCount uint64
	RefusedCount    uint64
	// CancelledCount counts tasks that Close ended: queued ones that it dropped,
	// and pending ones that somebody joined.
	CancelledCount uint64
	// MeanPollNanos is each worker's estimate of how long a pick takes, in ns,
	// by the same index as Workers: a gauge, not a total.
	MeanPollNanos []uint64
	// Buckets and PollTimes are the histogram of poll times, by worker and
	// bucket; empty if it is off.
	Buckets   Buckets
	PollTimes [][]uint64
}

// NewSnapshot makes an empty snapshot of some workers with a histogram each.
func NewSnapshot(workers int, b Buckets) Snapshot {
	s := Snapshot{
		Workers:       make([]WorkerCounters, workers),
		MeanPollNanos: make([]uint64, workers),
		Buckets:       b,
	}
	if b.Len() > 0 {
		s.PollTimes = make([][]uint64, workers)
		for i := range s.PollTimes {
			s.PollTimes[i] = make([]uint64, b.Len())
		}
	}
	return s
}

// Total returns the sum over all workers.
func (s Snapshot) Total() WorkerCounters {
	var sum WorkerCounters
	for _, w := range s.Workers {
		sum.Add(w)
	}
	return sum
}

// TotalPollTimes returns the histogram of all workers together, by bucket.
func (s Snapshot) TotalPollTimes() []uint64 {
	sum := make([]uint64, s.Buckets.Len())
	for _, w := range s.PollTimes {
		for i, n := range w {
			sum[i] += n
		}
	}
	return sum
}

// SpawnedTasks is how many tasks were spawned (tokio spawned_tasks_count).
func (s Snapshot) SpawnedTasks() uint64 {
	return s.Total().SpawnCount + s.RemoteScheduleCount - s.RemoteWakeCount - s.RefusedCount
}

// Polls is how often tasks were polled.
func (s Snapshot) Polls() uint64 {
	c := s.Total()
	return c.PollCount + c.FollowUpCount
}

// AliveTasks is how many tasks were spawned and have not ended, without those
// that are being polled (tokio num_alive_tasks, which has those too). It is exact
// when the workers are parked, and after Close, when what is left are pending
// tasks that nobody woke. Else it is an estimate, since workers submit at
// different times: a Dump has the exact list.
func (s Snapshot) AliveTasks() uint64 {
	ended := s.Polls() - s.Total().UnfinishedCount + s.CancelledCount
	return s.SpawnedTasks() - min(ended, s.SpawnedTasks())
}

// Delta returns what was counted since prev, an earlier snapshot of the same
// scheduler. Gauges are those of s.
func (s Snapshot) Delta(prev Snapshot) Snapshot {
	d := NewSnapshot(len(s.Workers), s.Buckets)
	d.Extended, d.Clock = s.Extended, s.Clock
	d.RemoteScheduleCount = s.RemoteScheduleCount - prev.RemoteScheduleCount
	d.RemoteWakeCount = s.RemoteWakeCount - prev.RemoteWakeCount
	d.RefusedCount = s.RefusedCount - prev.RefusedCount
	d.CancelledCount = s.CancelledCount - prev.CancelledCount
	copy(d.MeanPollNanos, s.MeanPollNanos)
	for i := range s.Workers {
		d.Workers[i] = s.Workers[i].Sub(prev.Workers[i])
	}
	for i := range s.PollTimes {
		for b := range s.PollTimes[i] {
			d.PollTimes[i][b] = s.PollTimes[i][b] - prev.PollTimes[i][b]
		}
	}
	return d
}
