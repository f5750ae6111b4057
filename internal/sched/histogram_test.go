package sched

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func mustBuckets(t *testing.T) func(Buckets, error) *Buckets {
	return func(b Buckets, err error) *Buckets {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return &b
	}
}

// TestHistogramExamples: the values that tokio 1.48 itself gives.
func TestHistogramExamples(t *testing.T) {
	must := mustBuckets(t)
	raw := func(n int, p uint, offset uint64) *Buckets {
		return &Buckets{kind: logBuckets, n: n, precision: p, offset: offset}
	}
	for _, c := range []struct {
		name string
		b    *Buckets
		len  int
		want map[uint64]int
	}{
		{"linear 3 x 50us", must(LinearBuckets(50*time.Microsecond, 3)), 3,
			map[uint64]int{0: 0, 49_999: 0, 50_000: 1, 99_999: 1, 100_000: 2, math.MaxUint64: 2}},
		{"linear default", must(LinearBuckets(DefaultLinearWidth, DefaultLinearBuckets)), 10,
			map[uint64]int{899_999: 8, 900_000: 9}},
		{"legacy F=1", must(LegacyLogBuckets(1, 10)), 10,
			map[uint64]int{0: 0, 1: 1, 2: 2, 3: 2, 4: 3, 7: 3, 100: 7, 128: 8, 255: 8, 256: 9, 4096: 9}},
		{"legacy F=2", must(LegacyLogBuckets(2, 10)), 10,
			map[uint64]int{0: 0, 1: 0, 2: 1, 3: 1, 4: 2, 7: 2, 100: 6, 128: 7, 512: 9, 1 << 40: 9}},
		{"legacy 50us", must(LegacyLogBuckets(50*time.Microsecond, 20)), 20,
			map[uint64]int{65_535: 0, 65_536: 1}},
		{"log default", must(LogConfig{Precision: 2}.Buckets()), 119,
			map[uint64]int{95: 0, 96: 1, 100: 1, 112: 2, 1000: 14, 3278: 21, 100_000: 41, 1_000_000: 54,
				1_000_000_000: 94, 60_000_000_000: 117, 68_000_000_000: 118}},
		{"log 20us to 4ms, p=0", must(LogConfig{Min: 20 * time.Microsecond, Max: 4 * time.Millisecond}.Buckets()), 10,
			map[uint64]int{16_383: 0, 16_384: 1, 4_194_303: 8, 4_194_304: 9}},
		{"log p=9, K=0", raw(10_000, 9, 0), 10_000,
			map[uint64]int{1: 1, 1023: 1023, 1024: 1024, 2048: 1536, 2052: 1537}},
		{"log n=16, p=3, K=10", raw(16, 3, 10), 16,
			map[uint64]int{0: 0, 10: 0, 16: 6, 17: 6}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.b.Len() != c.len {
				t.Errorf("got %d buckets, want %d", c.b.Len(), c.len)
			}
			for v, want := range c.want {
				if got := c.b.Index(v); got != want {
					t.Errorf("%d: got bucket %d, want %d", v, got, want)
				}
			}
		})
	}
}

func TestHistogramDefaultRanges(t *testing.T) {
	b := mustBuckets(t)(DefaultLogConfig().Buckets())
	for i, want := range map[int][2]uint64{
		0: {0, 96}, 1: {96, 112}, 2: {112, 128}, 3: {128, 160}, 4: {160, 192}, 5: {192, 224}, 6: {224, 256},
		7: {256, 320}, 14: {896, 1024}, 21: {3072, 3584}, 41: {98_304, 114_688},
		117: {51_539_607_552, 60_129_542_144}, 118: {60_129_542_144, math.MaxUint64},
	} {
		if lo, hi := b.Range(i); lo != want[0] || hi != want[1] {
			t.Errorf("bucket %d: got [%d, %d), want [%d, %d)", i, lo, hi, want[0], want[1])
		}
	}
}

func TestHistogramBucketsByPrecision(t *testing.T) {
	for p, want := range []int{32, 61, 119, 236, 469, 936, 1870, 3710, 7262, 14_109, 27_291} {
		b := mustBuckets(t)(LogConfig{Precision: p}.Buckets())
		if b.Len() != want {
			t.Errorf("precision %d: got %d buckets, want %d", p, b.Len(), want)
		}
	}
	// max_error 0.0005 ends at precision 11 in tokio, above its own limit of 10.
	if b := mustBuckets(t)(LogConfig{MaxError: 0.0005}.Buckets()); b.precision != MaxPrecision {
		t.Errorf("MaxError 0.0005: got precision %d, want %d", b.precision, MaxPrecision)
	}
	if b := mustBuckets(t)(LogConfig{Precision: 2, MaxError: 0.25}.Buckets()); b.precision != 2 {
		t.Errorf("MaxError 0.25: got precision %d, want 2", b.precision)
	}
}

func TestHistogramRefuses(t *testing.T) {
	for name, err := range map[string]error{
		"linear width 0":     second(LinearBuckets(0, 3)),
		"linear no buckets":  second(LinearBuckets(1, 0)),
		"linear too many":    second(LinearBuckets(1, MaxBuckets+1)),
		"legacy resolution":  second(LegacyLogBuckets(2*time.Second, 3)),
		"legacy 0":           second(LegacyLogBuckets(0, 3)),
		"log max below min":  second(LogConfig{Min: 10, Max: 9}.Buckets()),
		"log negative":       second(LogConfig{Min: -1}.Buckets()),
		"log precision":      second(LogConfig{Precision: 11}.Buckets()),
		"log precision -1":   second(LogConfig{Precision: -1}.Buckets()),
		"log error -0.1":     second(LogConfig{MaxError: -0.1}.Buckets()),
		"log error 1":        second(LogConfig{MaxError: 1}.Buckets()),
		"log error NaN":      second(LogConfig{MaxError: math.NaN()}.Buckets()),
		"log too few wanted": second(LogConfig{Precision: 2, MaxBuckets: 118}.Buckets()),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for name, err := range map[string]error{
		"linear width 1":      second(LinearBuckets(1, 3)),
		"linear most buckets": second(LinearBuckets(1, MaxBuckets)),
		"legacy 1":            second(LegacyLogBuckets(1, 3)),
		"legacy 1 s":          second(LegacyLogBuckets(time.Second, 3)),
		"log enough wanted":   second(LogConfig{Precision: 2, MaxBuckets: 119}.Buckets()),
	} {
		if err != nil {
			t.Errorf("%s: got %v, want none", name, err)
		}
	}
}

func TestHistogramRangePanics(t *testing.T) {
	b := mustBuckets(t)(LinearBuckets(5, 3))
	for i, want := range map[int]bool{-1: true, 0: false, 2: false, 3: true} {
		func() {
			defer func() {
				if got := recover() != nil; got != want {
					t.Errorf("bucket %d of 3: got panic %v, want %v", i, got, want)
				}
			}()
			b.Range(i)
		}()
	}
}

// TestHistogramToLongestDuration (H1): buckets up to the largest Max are no
// different from others, though the ones above would not fit into 64 bits.
func TestHistogramToLongestDuration(t *testing.T) {
	const long = time.Duration(math.MaxInt64)
	for p := range MaxPrecision + 1 {
		for _, low := range []time.Duration{1, time.Second, long} {
			b := mustBuckets(t)(LogConfig{Min: low, Max: long, Precision: p}.Buckets())
			checkBucketsContiguous(t, b)
			checkLogBuckets(t, b, uint64(low), uint64(long))
		}
	}
}

func second(_ Buckets, err error) error { return err }

// TestHistogramProperties (H1): for random settings the ranges touch, cover
// everything, agree with Index at both ends, and keep the error bound.
func TestHistogramProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var b Buckets
		var err error
		var low, high uint64
		switch r.IntN(3) {
		case 0:
			b, err = LinearBuckets(time.Duration(1+r.Int64N(1e9)), 1+r.IntN(300))
		case 1:
			b, err = LegacyLogBuckets(time.Duration(1+r.Int64N(1e9)), 1+r.IntN(30))
		case 2:
			low = 1 + r.Uint64N(1<<r.IntN(40))
			high = low + r.Uint64N(1<<r.IntN(45))
			b, err = LogConfig{Min: time.Duration(low), Max: time.Duration(high), Precision: r.IntN(6)}.Buckets()
		}
		if err != nil {
			t.Fatal(err)
		}
		checkBucketsContiguous(t, &b)
		if b.kind == logBuckets {
			checkLogBuckets(t, &b, low, high)
		}
		for range 20 {
			v := r.Uint64() >> r.IntN(64)
			i := b.Index(v)
			if lo, hi := b.Range(i); v < lo || v >= hi && v != math.MaxUint64 {
				t.Fatalf("%+v: %d is in bucket %d [%d, %d)", b, v, i, lo, hi)
			}
		}
	}
}

func checkBucketsContiguous(t *testing.T, b *Buckets) {
	t.Helper()
	var end uint64
	for i := range b.Len() {
		lo, hi := b.Range(i)
		if lo != end || hi <= lo {
			t.Fatalf("%+v: bucket %d is [%d, %d), the one before ends at %d", *b, i, lo, hi, end)
		}
		if b.Index(lo) != i || b.Index(hi-1) != i {
			t.Fatalf("%+v: ends of bucket %d are in buckets %d and %d", *b, i, b.Index(lo), b.Index(hi-1))
		}
		end = hi
	}
	if end != math.MaxUint64 || b.Index(math.MaxUint64) != b.Len()-1 {
		t.Fatalf("%+v: the last bucket ends at %d", *b, end)
	}
}

func checkLogBuckets(t *testing.T, b *Buckets, low, high uint64) {
	t.Helper()
	last := uint64(1)
	for i := 1; i < b.Len()-1; i++ {
		lo, hi := b.Range(i)
		width := hi - lo
		if bits.OnesCount64(width) != 1 || width < last {
			t.Fatalf("%+v: bucket %d is %d wide after %d", *b, i, width, last)
		}
		if width > 1 && width<<b.precision > lo {
			t.Fatalf("%+v: bucket %d [%d, %d) is wider than 2^-%d of its start", *b, i, lo, hi, b.precision)
		}
		last = width
	}
	if b.Len() < 2 {
		return
	}
	if _, hi := b.Range(0); hi > max(low, 1) {
		t.Fatalf("%+v: the first bucket ends at %d, above Min %d", *b, hi, low)
	}
	if lo, _ := b.Range(b.Len() - 1); lo < high {
		t.Fatalf("%+v: the last bucket starts at %d, below Max %d", *b, lo, high)
	}
}

// Ranges that do not fit into 64 bits wrapped: bucket 34 of 40 from 1 s on ended
// at 0.
func TestHistogramRefusesRangesBeyond64Bits(t *testing.T) {
	const long = time.Duration(math.MaxInt64)
	for _, row := range []struct {
		name string
		make func() (Buckets, error)
		want string // what the refusal says; none: accepted
	}{
		{"linear, longest width, 3", func() (Buckets, error) { return LinearBuckets(long, 3) }, ""},
		{"linear, longest width, 4", func() (Buckets, error) { return LinearBuckets(long, 4) }, "give 3 at most"},
		{"legacy from 1 s, 35", func() (Buckets, error) { return LegacyLogBuckets(time.Second, 35) }, ""},
		{"legacy from 1 s, 40", func() (Buckets, error) { return LegacyLogBuckets(time.Second, 40) }, "give 35 at most"},
		{"legacy from 1 ns, 65", func() (Buckets, error) { return LegacyLogBuckets(1, 65) }, ""},
		{"legacy from 1 ns, 66", func() (Buckets, error) { return LegacyLogBuckets(1, 66) }, "give 65 at most"},
	} {
		b, err := row.make()
		if (err == nil) != (row.want == "") || err != nil && !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %q", row.name, err, row.want)
			continue
		}
		for i := range b.Len() {
			start, end := b.Range(i)
			if start >= end || b.Index(start) != i || b.Index(end-1) != i {
				t.Errorf("%s: bucket %d: got [%d, %d), buckets %d and %d of its ends, want it to hold them",
					row.name, i, start, end, b.Index(start), b.Index(end-1))
			}
		}
	}
}

// TestHistogramOpensAtMax (H1): the last bucket but one begins below Max, also if
// Min is Max, and the last one not below it.
func TestHistogramOpensAtMax(t *testing.T) {
	for p := range MaxPrecision + 1 {
		for _, span := range [][2]time.Duration{{96, 96}, {1, 1}, {1, 2}, {100, 100}, {100, time.Minute}, {128, 1 << 20}, {3, 1000}} {
			b, err := LogConfig{Min: span[0], Max: span[1], Precision: p}.Buckets()
			if err != nil {
				t.Fatal(err)
			}
			last, _ := b.Range(b.Len() - 1)
			if b.Len() < 2 {
				t.Errorf("precision %d, %v: got %d buckets, want 2 and more", p, span, b.Len())
				continue
			}
			before, _ := b.Range(b.Len() - 2)
			if last < uint64(span[1]) || before >= uint64(span[1]) {
				t.Errorf("precision %d, %v: got an open bucket from %d on, the one before from %d, want Max between them", p, span, last, before)
			}
		}
	}
}

// TestHistogramMaxError: the search for a precision begins at 2, as tokio's.
func TestHistogramMaxError(t *testing.T) {
	want, err := DefaultLogConfig().Buckets()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []float64{0.25, 0.5, 0.99} {
		c := DefaultLogConfig()
		c.Precision, c.MaxError = 0, e
		if got, err := c.Buckets(); err != nil || got != want {
			t.Errorf("error %v: got %d buckets, %v, want the %d of precision 2", e, got.Len(), err, want.Len())
		}
	}
}
