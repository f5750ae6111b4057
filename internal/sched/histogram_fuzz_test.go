package sched

import (
	"math"
	"math/bits"
	"strings"
	"testing"
	"time"
)

// FuzzBuckets makes buckets from any settings. They are refused exactly if one
// is out of the range that the constructor's comment gives; else every value is
// in the bucket that says so, and the buckets touch.
func FuzzBuckets(f *testing.F) {
	const linear, legacy, log = 0, 1, 2
	f.Add(byte(linear), int64(DefaultLinearWidth), int64(0), DefaultLinearBuckets, 0, 0.0, uint64(900_000))
	f.Add(byte(linear), int64(math.MaxInt64), int64(0), 3, 0, 0.0, uint64(math.MaxUint64))
	f.Add(byte(linear), int64(math.MaxInt64), int64(0), 4, 0, 0.0, uint64(0))
	f.Add(byte(linear), int64(0), int64(0), MaxBuckets+1, 0, 0.0, uint64(0))
	f.Add(byte(legacy), int64(1), int64(0), 65, 0, 0.0, uint64(1)<<63)
	f.Add(byte(legacy), int64(time.Second), int64(0), 36, 0, 0.0, uint64(1)<<62)
	f.Add(byte(log), int64(0), int64(0), 0, 2, 0.0, uint64(3278))
	f.Add(byte(log), int64(1), int64(math.MaxInt64), 0, MaxPrecision, 1e-9, uint64(math.MaxUint64))
	f.Add(byte(log), int64(1), int64(time.Minute), 0, 2, 0.0, uint64(13))
	f.Add(byte(log), int64(0), int64(0), 118, 2, 0.0, uint64(0))
	f.Add(byte(log), int64(100), int64(99), -1, -1, -0.5, uint64(0))
	f.Add(byte(log), int64(20_000), int64(4_000_000), 10, 0, math.NaN(), uint64(16_384))
	f.Fuzz(func(t *testing.T, kind byte, low, high int64, n, precision int, maxError float64, v uint64) {
		var b Buckets
		var err error
		var valid bool
		inRange := n >= 1 && n <= MaxBuckets
		switch kind % 3 {
		case linear:
			b, err = LinearBuckets(time.Duration(low), n)
			over, _ := bits.Mul64(uint64(max(low, 0)), uint64(max(n-1, 0)))
			valid = low >= 1 && inRange && over == 0
		case legacy:
			b, err = LegacyLogBuckets(time.Duration(low), n)
			// The last of two or more begins at 2^(n-2) times the first's width.
			valid = low >= 1 && low <= int64(time.Second) && inRange && bits.Len64(uint64(low)-1)+n-2 <= 63
		default:
			c := LogConfig{Min: time.Duration(low), Max: time.Duration(high), Precision: precision, MaxError: maxError, MaxBuckets: n}
			b, err = c.Buckets()
			free := c
			free.MaxBuckets = 0
			all, freeErr := free.Buckets()
			valid = freeErr == nil && (n == 0 || all.Len() <= n)
			if low == 0 {
				low = int64(100 * time.Nanosecond)
			}
			if high == 0 {
				high = int64(time.Minute)
			}
			if want := low >= 1 && low <= high && precision >= 0 && precision <= MaxPrecision && maxError >= 0 && maxError < 1; (freeErr == nil) != want {
				t.Fatalf("%+v: got %v, want accepted %v", free, freeErr, want)
			}
		}
		if (err == nil) != valid {
			t.Fatalf("kind %d, %d to %d, %d buckets, precision %d, error %v: got %v, want accepted %v",
				kind%3, low, high, n, precision, maxError, err, valid)
		}
		if err != nil {
			if b.Len() != 0 || !strings.HasPrefix(err.Error(), "sched.") || strings.Contains(err.Error(), "\n") {
				t.Fatalf("got %d buckets and %q, want none and one line", b.Len(), err)
			}
			return
		}
		if b.Len() < 1 || b.Len() > MaxBuckets {
			t.Fatalf("%+v: got %d buckets, want 1 to %d", b, b.Len(), MaxBuckets)
		}
		if kind%3 < log && b.Len() != n {
			t.Fatalf("%+v: got %d buckets, want %d", b, b.Len(), n)
		}
		checkBucketOf(t, &b, v)
		checkBucketOf(t, &b, 0)
		checkBucketOf(t, &b, math.MaxUint64)
		if kind%3 == log && b.Len() < 2000 {
			checkLogBuckets(t, &b, uint64(low), uint64(high))
		}
	})
}

// checkBucketOf looks at the bucket that has v, and at its neighbours.
func checkBucketOf(t *testing.T, b *Buckets, v uint64) {
	t.Helper()
	i := b.Index(v)
	if i < 0 || i >= b.Len() {
		t.Fatalf("%+v: %d: got bucket %d of %d", *b, v, i, b.Len())
	}
	start, end := b.Range(i)
	if v < start || v >= end && v != math.MaxUint64 {
		t.Fatalf("%+v: %d is in bucket %d, got [%d, %d) for it", *b, v, i, start, end)
	}
	if first, last := b.Index(start), b.Index(end-1); first != i || last != i {
		t.Fatalf("%+v: bucket %d is [%d, %d): got buckets %d and %d for its ends", *b, i, start, end, first, last)
	}
	if i == 0 && start != 0 || i == b.Len()-1 && end != math.MaxUint64 {
		t.Fatalf("%+v: bucket %d: got [%d, %d), want everything covered", *b, i, start, end)
	}
	if i > 0 {
		if _, before := b.Range(i - 1); before != start {
			t.Fatalf("%+v: bucket %d ends at %d, the next begins at %d", *b, i-1, before, start)
		}
	}
	if i < b.Len()-1 {
		if after, _ := b.Range(i + 1); after != end {
			t.Fatalf("%+v: bucket %d ends at %d, the next begins at %d", *b, i, end, after)
		}
	}
}
