package recording

// Units of the blocks of an open loop, whose tasks come when they are due. Latencies are
// from then to the end of the task, of all slots of the block together, in ns. What
// ns/task is there is the median over slots of the mean latency.
const (
	P50Ns  = "p50-ns"
	P90Ns  = "p90-ns"
	P99Ns  = "p99-ns"
	P999Ns = "p999-ns"
	MaxNs  = "max-ns"
	MeanNs = "mean-ns"
	// LateNs is the 99th percentile of how late the driver spawned: what of the latencies
	// is the harness's own.
	LateNs = "late-p99-ns"
	// Capacity is how many tasks a second the base did, all of them due at once; Arrivals
	// how many come; Done how many of those were done a second, the median over slots.
	Capacity = "capacity/s"
	Arrivals = "arrivals/s"
	Done     = "done/s"
	// BehindSlots is how many slots of the block did clearly less than came: there the
	// queue grows while the slot lasts, and latencies are longer the longer it is.
	BehindSlots = "behind-slots"
	// DriverAlone is 1 where no other thread of the process ran on the CPU of the driver's;
	// other processes might.
	DriverAlone = "driver-alone"
)
