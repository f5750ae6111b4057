package sched

import (
	"fmt"
	"math"
	"math/bits"
	"time"
)

// Buckets says which bucket of a poll-time histogram a duration falls into. All
// values are ns. Bucket 0 starts at 0, each bucket begins where the one before
// ends, and the last is open. The zero Buckets has none: no histogram.
//
// Source: tokio runtime/metrics/histogram.rs and histogram/h2_histogram.rs.
type Buckets struct {
	kind  bucketKind
	n     int
	width uint64 // linear: of a bucket; legacy log: of the first, a power of two

	precision uint   // log: each power of two is cut into 1<<precision buckets
	offset    uint64 // log: raw buckets that bucket 0 takes in beside its own
}

type bucketKind uint8

const (
	noBuckets bucketKind = iota
	linearBuckets
	legacyBuckets
	logBuckets
)

// Limits of Buckets.
const (
	// MaxBuckets is what the finest default log histogram has, rounded up; the
	// number of buckets is also the cost of publishing them.
	MaxBuckets = 1 << 16
	// MaxPrecision of a log histogram.
	MaxPrecision = 10
)

// DefaultLinearWidth and DefaultLinearBuckets are tokio's defaults: 10 buckets
// of 100 us.
const (
	DefaultLinearWidth   = 100 * time.Microsecond
	DefaultLinearBuckets = 10
)

// LinearBuckets are n buckets of equal width, 1 to MaxBuckets and at least 1 ns;
// the last is open.
func LinearBuckets(width time.Duration, n int) (Buckets, error) {
	if width < 1 {
		return Buckets{}, fmt.Errorf("sched.LinearBuckets: width is %v: give at least 1ns", width)
	}
	if err := checkBuckets("LinearBuckets", n); err != nil {
		return Buckets{}, err
	}
	if most := math.MaxUint64 / uint64(width); uint64(n-1) > most {
		return Buckets{}, fmt.Errorf("sched.LinearBuckets: %d buckets of %v reach beyond 64 bits: give %d at most", n, width, most+1)
	}
	return Buckets{kind: linearBuckets, n: n, width: uint64(width)}, nil
}

// LegacyLogBuckets are n buckets of which each is twice as wide as the one
// before; the first is as wide as the resolution, 1 ns to 1 s, rounded up to a
// power of two.
func LegacyLogBuckets(resolution time.Duration, n int) (Buckets, error) {
	if resolution < 1 || resolution > time.Second {
		return Buckets{}, fmt.Errorf("sched.LegacyLogBuckets: resolution is %v: give 1ns to 1s", resolution)
	}
	if err := checkBuckets("LegacyLogBuckets", n); err != nil {
		return Buckets{}, err
	}
	width := nextPowerOfTwo(uint64(resolution))
	if most := 66 - bits.Len64(width); n > most { // the last begins at width << (n-2)
		return Buckets{}, fmt.Errorf("sched.LegacyLogBuckets: %d buckets from %v reach beyond 64 bits: give %d at most", n, resolution, most)
	}
	return Buckets{kind: legacyBuckets, n: n, width: width}, nil
}

func checkBuckets(who string, n int) error {
	if n < 1 || n > MaxBuckets {
		return fmt.Errorf("sched.%s: %d buckets: give 1 to %d", who, n, MaxBuckets)
	}
	return nil
}

// LogConfig makes log-scale buckets ("H2"): one bucket a value below
// 2^(Precision+1), then each power of two cut into 2^Precision equal buckets,
// so that a bucket's width is at most 2^-Precision of its start.
type LogConfig struct {
	Min, Max   time.Duration // what the inner buckets cover; 0: 100 ns and 60 s
	Precision  int           // 0 to MaxPrecision
	MaxError   float64       // if not 0: raises Precision from 2 on until 2^-Precision is at most this; in (0, 1)
	MaxBuckets int           // if not 0: refuse to make more
}

// DefaultLogConfig is tokio's default: 119 buckets.
func DefaultLogConfig() LogConfig {
	return LogConfig{Min: 100 * time.Nanosecond, Max: time.Minute, Precision: 2}
}

// Buckets computes the buckets, or an error that names the first field out of
// range.
func (c LogConfig) Buckets() (Buckets, error) {
	fail := func(format string, args ...any) (Buckets, error) {
		return Buckets{}, fmt.Errorf("sched.LogConfig: "+format, args...)
	}
	d := DefaultLogConfig()
	if c.Min == 0 {
		c.Min = d.Min
	}
	if c.Max == 0 {
		c.Max = d.Max
	}
	if c.Min < 1 || c.Max < c.Min {
		return fail("Min %v, Max %v: give 1ns or more, and Max not below Min", c.Min, c.Max)
	}
	if c.Precision < 0 || c.Precision > MaxPrecision {
		return fail("Precision is %d: give 0 to %d", c.Precision, MaxPrecision)
	}
	if c.MaxError < 0 || c.MaxError >= 1 || math.IsNaN(c.MaxError) {
		return fail("MaxError is %v: give more than 0 and less than 1", c.MaxError)
	}
	p := uint(c.Precision)
	if c.MaxError > 0 {
		p = max(p, uint(DefaultLogConfig().Precision)) // where tokio begins
		// tokio tests p <= 10 here and so can end at 11, one above its limit.
		for math.Ldexp(1, -int(p)) > c.MaxError && p < MaxPrecision {
			p++
		}
	}
	low, high := uint64(c.Min), uint64(c.Max)
	b := Buckets{kind: logBuckets, precision: p, offset: max(rawLog(low, p), 1) - 1}
	n := max(uint(bits.Len64(nextPowerOfTwo(high))-1), p) + 1
	b.n = int(uint64(n-p+1)<<p - b.offset)
	// Drop inner buckets beyond the one that reaches Max, then open the last.
	for ; b.n > 1; b.n-- {
		if _, end := b.closed(b.n - 2); end < high {
			break
		}
	}
	b.n++
	if c.MaxBuckets != 0 && b.n > c.MaxBuckets {
		return fail("needs %d buckets, MaxBuckets is %d: raise it, or ask for less precision", b.n, c.MaxBuckets)
	}
	return b, nil
}

// Len is the number of buckets; 0 is no histogram.
func (b *Buckets) Len() int { return b.n }

// Index is the bucket of v ns, 0 to Len()-1. Len must not be 0.
func (b *Buckets) Index(v uint64) int {
	var i uint64
	switch b.kind {
	case linearBuckets:
		i = v / b.width
	case legacyBuckets:
		if v >= b.width {
			i = uint64(bits.Len64(v) - bits.Len64(b.width-1))
		}
	default:
		i = rawLog(v, b.precision)
		i -= min(i, b.offset)
	}
	return int(min(i, uint64(b.n-1)))
}

// Range is what bucket i holds: start <= v < end; the last bucket also holds
// its end, the largest value there is. Panics for an i that is no bucket.
func (b *Buckets) Range(i int) (start, end uint64) {
	if i < 0 || i >= b.n {
		panic(fmt.Sprintf("sched.Buckets.Range: bucket %d of %d", i, b.n))
	}
	start, end = b.closed(i)
	if i == 0 {
		start = 0
	}
	if i == b.n-1 {
		end = math.MaxUint64
	}
	return start, end
}

// closed is the range of bucket i as if no bucket were open.
func (b *Buckets) closed(i int) (start, end uint64) {
	u := uint64(i)
	switch b.kind {
	case linearBuckets:
		return b.width * u, b.width * (u + 1)
	case legacyBuckets:
		if i == 0 {
			return 0, b.width
		}
		return b.width << (u - 1), b.width << u
	}
	raw, p := u+b.offset, b.precision
	if raw < 1<<p {
		return raw, raw + 1
	}
	w := raw>>p - 1
	s, o := uint64(1)<<(w+uint64(p)), raw-(w+1)<<p
	return s + o<<w, s + (o+1)<<w
}

// rawLog is the bucket of v at precision p before offset and clamp.
func rawLog(v uint64, p uint) uint64 {
	if v == 0 {
		return 0
	}
	h := uint(bits.Len64(v)) - 1
	if h <= p {
		return v
	}
	w := h - p
	return uint64(w+1)<<p + (v-1<<h)>>w
}

// nextPowerOfTwo is the least power of two that is at least v, which is at least 1.
func nextPowerOfTwo(v uint64) uint64 { return 1 << bits.Len64(v-1) }
