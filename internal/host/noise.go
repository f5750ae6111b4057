package host

import (
	"fmt"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Noise is how evenly the host runs a loop that touches no memory, in slots as
// long as those of a measurement.
type Noise struct {
	Slot   Reading // median, us
	Spread Reading // 95th percentile over the median; 1 is no noise
	Slots  int
}

const (
	noiseSlots = 200
	noiseSlot  = 100 * time.Microsecond
)

// MeasureNoise takes about 20 ms.
func MeasureNoise() Noise {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	n := calibrate(noiseSlot)
	slots := make([]float64, noiseSlots)
	for i := range slots {
		slots[i] = float64(Spin(n).Nanoseconds()) / 1e3
	}
	median := quantile(slots, 0.5)
	if median <= 0 {
		return Noise{Slot: unread(errClock), Spread: unread(errClock), Slots: noiseSlots}
	}
	return Noise{
		Slot:   Reading{V: median, Unit: "us"},
		Spread: Reading{V: quantile(slots, 0.95) / median, Unit: "p95/median"},
		Slots:  noiseSlots,
	}
}

// calibrate is how many steps take about d. It uses the best of a few tries,
// since one interrupted try would make every slot too short.
func calibrate(d time.Duration) uint64 {
	n := uint64(1000)
	for Spin(n) < d/2 && n < 1<<30 {
		n *= 2
	}
	best := time.Duration(math.MaxInt64)
	for range 5 {
		best = min(best, Spin(n))
	}
	if best <= 0 {
		return n
	}
	return max(1, uint64(float64(n)*float64(d)/float64(best)))
}

// Spin takes n steps of a loop that touches no memory, and is how long that
// took, one clock read included.
func Spin(n uint64) time.Duration {
	start := time.Now()
	spinSink.Store(spin(n))
	return time.Since(start)
}

// SpinSteps is how many steps of Spin take d, at least 1. The fastest of some
// tries counts, since an interrupted one says nothing about the loop.
func SpinSteps(d time.Duration) uint64 {
	const many = 20_000 // about 25 us
	fastest := func(n uint64) float64 {
		best := Spin(n)
		for range 8 {
			best = min(best, Spin(n))
		}
		return float64(best)
	}
	read := fastest(0)
	step := (fastest(many) - read) / many
	if step <= 0 {
		return many // a clock too coarse to tell: the work is recorded as it turns out
	}
	return uint64(max(1, (float64(d)-read)/step))
}

// spinSink keeps the loop from being removed.
var spinSink atomic.Uint64

// spin is n steps, each of which needs the one before (Knuth's MMIX generator).
//
//go:noinline
func spin(n uint64) uint64 {
	x := n
	for range n {
		x = x*6364136223846793005 + 1442695040888963407
	}
	return x
}

// sample is what others took while every CPU was wanted for about d. A process
// that sleeps waits for no CPU and would see nothing.
func (h Host) sample(d time.Duration) (Usage, time.Duration) {
	start := time.Now()
	before := h.Usage()
	var wg sync.WaitGroup
	for range usableCPUs() {
		onThread(&wg, func() {
			for time.Since(start) < d {
				Spin(1000)
			}
		})
	}
	wg.Wait()
	return h.Usage().Sub(before), time.Since(start)
}

func (n Noise) String() string {
	if !n.Spread.OK() {
		return n.Spread.String()
	}
	return fmt.Sprintf("%.2f p95/median of %d slots of %s", n.Spread.V, n.Slots, n.Slot)
}
