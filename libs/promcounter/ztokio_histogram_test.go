// Code generated from ../../impls/chaselev/tokio_histogram_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"math"
	"slices"
	"testing"
	"time"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// rt_unstable_metrics.rs: worker_poll_count_and_time. The histogram is off.
func TestTokioWorkerPollCountAndTime(t *testing.T) {
	schedtest.Guard(t)
	const n = 5
	for _, workers := range []int{1, 2} {
		s := atWork(t, sched.Config{Workers: workers})
		for range n {
			runTask(t, s, func(*Worker) {})
		}
		snapshot := closeEnded(t, s)
		means := snapshot.MeanPollNanos
		needExtended(t, snapshot)
		if got := snapshot.Total().PollCount; got != n {
			t.Errorf("%d workers: got %d picks, want %d", workers, got, n)
		}
		if slices.Max(means) == 0 {
			t.Errorf("%d workers: got means of %v ns a pick, want one above 0", workers, means)
		}
		if got := snapshot.Buckets.Len() + len(snapshot.PollTimes); got != 0 {
			t.Errorf("%d workers: got a histogram of %d buckets, want none", workers, got)
		}
	}
}

// rt_unstable_metrics.rs: worker_poll_count_histogram_disabled_without_explicit_
// enable. Here the buckets are what enables it.
func TestTokioWorkerPollCountHistogramDisabledWithoutExplicitEnable(t *testing.T) {
	schedtest.Guard(t)
	for _, workers := range []int{1, 2} {
		s := atWork(t, sched.Config{Workers: workers, PollTimes: sched.PollTimes{PerPoll: true}})
		runTask(t, s, func(*Worker) {})
		snapshot := closeEnded(t, s)
		if got := snapshot.Buckets.Len() + len(snapshot.PollTimes); got != 0 {
			t.Errorf("%d workers: got a histogram of %d buckets, want none", workers, got)
		}
	}
}

type bucketRange struct {
	bucket     int
	start, end uint64
}

// checkHistogram runs tasks with these buckets: each is in one of them.
func checkHistogram(t *testing.T, b sched.Buckets, err error, buckets int, ranges []bucketRange) {
	t.Helper()
	schedtest.Guard(t)
	if err != nil {
		t.Fatal(err)
	}
	const n = 50
	s := atWork(t, sched.Config{Workers: 2, PollTimes: sched.PollTimes{Buckets: b}})
	for range n {
		runTask(t, s, func(*Worker) {})
	}
	snapshot := closeEnded(t, s)
	needExtended(t, snapshot)
	if got := snapshot.Buckets.Len(); got != buckets {
		t.Fatalf("got %d buckets, want %d", got, buckets)
	}
	for _, want := range ranges {
		if start, end := snapshot.Buckets.Range(want.bucket); start != want.start || end != want.end {
			t.Errorf("bucket %d: got [%d, %d), want [%d, %d)", want.bucket, start, end, want.start, want.end)
		}
	}
	var sum uint64
	for _, count := range snapshot.TotalPollTimes() {
		sum += count
	}
	if sum != n {
		t.Errorf("got %d picks in the histogram, want %d", sum, n)
	}
}

// rt_unstable_metrics.rs: log_histogram.
func TestTokioLogHistogram(t *testing.T) {
	b, err := sched.LogConfig{Min: 100 * time.Nanosecond, Max: time.Minute, MaxError: 0.25}.Buckets()
	checkHistogram(t, b, err, 119, []bucketRange{{0, 0, 96}, {1, 96, 112}, {118, 60_129_542_144, math.MaxUint64}})
}

// rt_unstable_metrics.rs: minimal_log_histogram. Each bucket doubles.
func TestTokioMinimalLogHistogram(t *testing.T) {
	ranges := []bucketRange{{0, 0, 1 << 14}, {9, 1 << 22, math.MaxUint64}}
	for i := 1; i < 9; i++ {
		ranges = append(ranges, bucketRange{i, 1 << (13 + i), 1 << (14 + i)})
	}
	b, err := sched.LogConfig{Min: 20 * time.Microsecond, Max: 4 * time.Millisecond}.Buckets()
	checkHistogram(t, b, err, 10, ranges)
}

// rt_unstable_metrics.rs: legacy_log_histogram.
func TestTokioLegacyLogHistogram(t *testing.T) {
	b, err := sched.LegacyLogBuckets(50*time.Microsecond, 20)
	checkHistogram(t, b, err, 20, []bucketRange{{0, 0, 1 << 16}, {1, 1 << 16, 1 << 17}, {19, 1 << 34, math.MaxUint64}})
}

// metrics/histogram.rs: inc_by_more_than_one. Nothing is published before the
// submit, and a second one changes nothing.
func TestTokioIncByMoreThanOne(t *testing.T) {
	b, err := sched.LinearBuckets(time.Hour, 3)
	if err != nil {
		t.Fatal(err)
	}
	s := atRest(t, sched.Config{Workers: 1, PollTimes: sched.PollTimes{Buckets: b}})
	w := s.workers[0]
	if !w.metrics.timed() {
		t.Skip("not counted by this variant or level")
	}
	for range 3 {
		w.metrics.endPick(now() - int64(90*time.Minute))
	}
	w.metrics.endPick(now())
	before, want := []uint64{0, 0, 0}, []uint64{1, 3, 0}
	if publishesAtOnce(t) {
		before = want
	}
	if got := s.Snapshot().TotalPollTimes(); !slices.Equal(got, before) {
		t.Errorf("before the submit: got %v published, want %v", got, before)
	}
	for submit := range 2 {
		w.submit(w.tick)
		if got := s.Snapshot().TotalPollTimes(); !slices.Equal(got, want) {
			t.Errorf("after submit %d: got %v published, want %v", submit+1, got, want)
		}
	}
}
