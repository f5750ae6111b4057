package host

import (
	"errors"
	"runtime"
	"time"

	"stealbench/internal/recording"
)

// Costs are what the study's primitive steps cost on this host, each the
// median of some short rounds. Where two threads take part they run wherever
// the kernel puts them, as the workers of a scheduler do.
type Costs struct {
	RMWPrivate Reading // one atomic Add on a line of one's own
	RMWShared  Reading // one atomic Add by each of two threads on one line
	CoreToCore Reading // one way of a value between two threads
	Paced      Paced   // work and an Add, on lines apart and on one
	TwoSpin    Reading // what two threads do of dependent multiplications beside each other, in what one does alone
	TwoSort    Reading // the same of sorting
	ClockSince Reading // time.Since: one monotonic read
	ClockNow   Reading // time.Now: wall clock and monotonic
	Perf       Perf    // what the processor's event counters say of a known loop
}

// Chosen so that all costs together take about 110 ms, and well under a second
// when the host gives us no second CPU.
const (
	rounds    = 9
	costLimit = 60 * time.Millisecond // for all rounds of one cost

	privateAdds = 200_000 // 0.5 ms at 2.5 ns
	sharedAdds  = 20_000  // 0.6 ms at 30 ns
	trips       = 3_000   // 0.6 ms at 2 x 100 ns
	clockReads  = 20_000  // 0.8 ms at 40 ns
)

var (
	errTooFew = errors.New("fewer than 2 CPUs")
	errAlone  = errors.New("no second thread ran")
	errClock  = errors.New("clock too coarse")
)

// usableCPUs is how many workers can run at once.
func usableCPUs() int { return min(runtime.NumCPU(), runtime.GOMAXPROCS(0)) }

// MeasureCosts takes about 110 ms. It ends in bounded time whatever the
// scheduler of the host does.
func MeasureCosts() Costs {
	c := Costs{
		RMWPrivate: cost(rmwPrivate),
		RMWShared:  unread(errTooFew),
		CoreToCore: unread(errTooFew),
		Paced:      measurePaced(),
		TwoSpin:    unread(errTooFew),
		TwoSort:    unread(errTooFew),
		ClockSince: cost(clockSince),
		ClockNow:   cost(clockNow),
		Perf:       Local().MeasurePerf(),
	}
	if usableCPUs() >= 2 {
		c.RMWShared = cost(rmwShared)
		c.CoreToCore = cost(coreToCore)
		c.TwoSpin, c.TwoSort = cost(speedupSpin), cost(speedupSort)
		c.TwoSpin.Unit, c.TwoSort.Unit = "x", "x"
	}
	return c
}

// Keys are the costs as file keys.
func (c Costs) Keys() []recording.Key {
	return append([]recording.Key{
		{Name: "rmw-private", Value: c.RMWPrivate.String()},
		{Name: "rmw-shared", Value: c.RMWShared.String()},
		{Name: "core-to-core", Value: c.CoreToCore.String()},
		{Name: "rmw-paced", Value: c.Paced.String()},
		{Name: "clock-read", Value: c.ClockSince.String()},
		{Name: "clock-now", Value: c.ClockNow.String()},
		{Name: "two-spin", Value: c.TwoSpin.String()},
		{Name: "two-sort", Value: c.TwoSort.String()},
	}, c.Perf.Keys()...)
}

// cost is the median over the rounds that succeeded before the limit.
func cost(round func(deadline time.Time) (ns float64, err error)) Reading {
	var seen []float64
	lastErr := errAlone
	deadline := time.Now().Add(costLimit)
	for range rounds {
		ns, err := round(deadline)
		if err == nil {
			seen = append(seen, ns)
		} else {
			lastErr = err
		}
		if time.Now().After(deadline) {
			break
		}
	}
	if len(seen) == 0 {
		return unread(lastErr)
	}
	return Reading{V: quantile(seen, 0.5), Unit: "ns"}
}

// perStep refuses what a clock can't tell from nothing.
func perStep(elapsed time.Duration, steps float64) (float64, error) {
	if elapsed <= 0 || steps <= 0 {
		return 0, errClock
	}
	return float64(elapsed.Nanoseconds()) / steps, nil
}

func rmwPrivate(time.Time) (float64, error) {
	var line paddedCounter
	start := time.Now()
	for range privateAdds {
		line.n.Add(1)
	}
	return perStep(time.Since(start), privateAdds)
}

func clockSince(time.Time) (float64, error) {
	var last time.Duration
	start := time.Now()
	for range clockReads {
		last = time.Since(start)
	}
	return perStep(last, clockReads)
}

func clockNow(time.Time) (float64, error) {
	start := time.Now()
	last := start
	for range clockReads {
		last = time.Now()
	}
	return perStep(last.Sub(start), clockReads)
}
