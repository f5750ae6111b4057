package sched

// WorkerCounters are one worker's published counters: running totals since New,
// never reset. Names and meaning are tokio's (runtime/metrics/batch.rs).
type WorkerCounters struct {
	BusyNanos       uint64 // work stretches, in ns, with the scheduler's own work in them
	ParkCount       uint64 // times the worker blocked
	ParkUnparkCount uint64 // blocks and wakes; odd while blocked
	NoopCount       uint64 // parks without a pick since the park before
	StealCount      uint64 // tasks stolen by this worker
	StealOperations uint64 // steals that got at least one task
	PollCount       uint64 // picks: tasks taken by the run loop or by a helping join
	LocalSchedules  uint64 // tasks made runnable on this worker by itself
	OverflowCount   uint64 // times half of the full local queue moved away
}

// Add adds o to c, field by field.
func (c *WorkerCounters) Add(o WorkerCounters) {
	c.BusyNanos += o.BusyNanos
	c.ParkCount += o.ParkCount
	c.ParkUnparkCount += o.ParkUnparkCount
	c.NoopCount += o.NoopCount
	c.StealCount += o.StealCount
	c.StealOperations += o.StealOperations
	c.PollCount += o.PollCount
	c.LocalSchedules += o.LocalSchedules
	c.OverflowCount += o.OverflowCount
}

// Snapshot is one read of the published counters. It is not atomic as a whole:
// two counters may come from different submits.
type Snapshot struct {
	// Workers holds the counters of each worker, by index. A variant that has
	// only scheduler-wide counters has one element; one without any has none.
	Workers []WorkerCounters
	// RemoteSchedules counts tasks pushed one by one to the injection queue,
	// those that a closed scheduler refused among them.
	RemoteSchedules uint64
}

// Total returns the sum over all workers.
func (s Snapshot) Total() WorkerCounters {
	var sum WorkerCounters
	for _, w := range s.Workers {
		sum.Add(w)
	}
	return sum
}
