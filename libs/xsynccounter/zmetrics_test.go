// Code generated from ../../impls/chaselev/metrics_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"testing"
	"time"

	"stealbench/internal/sched"
)

// TestNoopRule: a park after no pick since the park before is a no-op; the very
// first park of a worker that never picked is one too.
func TestNoopRule(t *testing.T) {
	w := atRest(t, sched.Config{Workers: 1}).workers[0]
	if _, ok := counters(w); !ok {
		t.Skip("not counted by this variant or level")
	}
	for i, step := range []struct {
		picks int
		want  uint64 // no-ops after it
	}{{0, 1}, {1, 1}, {0, 2}, {0, 3}, {5, 3}, {1, 3}, {0, 4}} {
		for range step.picks {
			pick(w)
		}
		w.metrics.aboutToPark(w.tick)
		odd, _ := counters(w)
		w.metrics.unparked()
		even, _ := counters(w)
		if even.NoopCount != step.want || even.ParkCount != uint64(i+1) {
			t.Errorf("step %d: got %d no-ops in %d parks, want %d in %d", i, even.NoopCount, even.ParkCount, step.want, i+1)
		}
		if odd.ParkUnparkCount != uint64(2*i+1) || even.ParkUnparkCount != uint64(2*i+2) {
			t.Errorf("step %d: got %d then %d parks and unparks, want odd while parked: %d, %d", i, odd.ParkUnparkCount, even.ParkUnparkCount, 2*i+1, 2*i+2)
		}
	}
}

// TestSubmitTwice: a submit stores totals, so that a second one changes nothing.
func TestSubmitTwice(t *testing.T) {
	w := atRest(t, sched.Config{Workers: 1}).workers[0]
	pick(w)
	w.metrics.addSteal(3)
	w.metrics.incStealAttempt()
	w.metrics.incOverflow()
	once, ok := counters(w)
	if !ok {
		t.Skip("not counted by this variant or level")
	}
	twice, _ := counters(w)
	want := sched.WorkerCounters{PollCount: 1, StealCount: 3, StealOperations: 1, StealAttempts: 1, OverflowCount: 1}
	if once != want || twice != want {
		t.Errorf("got %+v, then %+v, want twice %+v", once, twice, want)
	}
}

// TestNoClock: without the clock durations stay 0 and the rest is counted.
func TestNoClock(t *testing.T) {
	s, err := New(sched.Config{Workers: 2, NoClock: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.RunWorkload("fib", sched.Params{N: 15}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	snapshot := s.Snapshot()
	c := snapshot.Total()
	if c.BusyDurationTotal != 0 {
		t.Errorf("got %d ns busy without a clock", c.BusyDurationTotal)
	}
	if snapshot.Extended && (c.PollCount == 0 || snapshot.MeanPollNanos[0] != 3278) {
		t.Errorf("got %d picks and a mean of %d ns, want some and the first guess, 3278", c.PollCount, snapshot.MeanPollNanos[0])
	}
	if _, err := New(sched.Config{Workers: 1, NoClock: true, PollTimes: linearPollTimes(t, false)}); err == nil {
		t.Error("poll times without a clock: no error")
	}
}

func linearPollTimes(t *testing.T, perPoll bool) sched.PollTimes {
	t.Helper()
	b, err := sched.LinearBuckets(sched.DefaultLinearWidth, sched.DefaultLinearBuckets)
	if err != nil {
		t.Fatal(err)
	}
	return sched.PollTimes{Buckets: b, PerPoll: perPoll}
}

// TestPollTimes (I3): the histogram counts every pick once, or every poll.
func TestPollTimes(t *testing.T) {
	for _, perPoll := range []bool{false, true} {
		for _, workload := range []struct {
			name string
			p    sched.Params
		}{{"fib", sched.Params{N: 12}}, {"chained_spawn", sched.Params{N: 1000}}, {"yield_many", sched.Params{N: 20, M: 50}},
			{"ping_pong", sched.Params{N: 200}}, {"spawn_many_inside", sched.Params{N: 1000}}} {
			s, err := New(sched.Config{Workers: 2, PollTimes: linearPollTimes(t, perPoll)})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.RunWorkload(workload.name, workload.p); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			snapshot := s.Snapshot()
			if !snapshot.Extended {
				t.Skip("not counted by this variant or level")
			}
			var measured uint64
			for _, n := range snapshot.TotalPollTimes() {
				measured += n
			}
			c := snapshot.Total()
			want := c.PollCount
			if perPoll {
				want = c.LocalScheduleCount + snapshot.RemoteScheduleCount
			}
			if measured != want || want == 0 {
				t.Errorf("%s, per poll %v: got %d measured, want %d", workload.name, perPoll, measured, want)
			}
		}
	}
}

// TestPollTimesWhere: a slow pick is in a slow bucket.
func TestPollTimesWhere(t *testing.T) {
	s, err := New(sched.Config{Workers: 1, PollTimes: linearPollTimes(t, false)})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(func(*Worker) { time.Sleep(2 * time.Millisecond) }); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	snapshot := s.Snapshot()
	if !snapshot.Extended {
		t.Skip("not counted by this variant or level")
	}
	counts := snapshot.TotalPollTimes()
	if haveClock && counts[len(counts)-1] != 1 {
		t.Errorf("got %v, want the pick of 2 ms in the last bucket", counts)
	}
}

// TestPollTimesOff: nothing is measured unless it is asked for.
func TestPollTimesOff(t *testing.T) {
	s := atRest(t, sched.Config{Workers: 2})
	if snapshot := s.Snapshot(); snapshot.Buckets.Len() != 0 || len(snapshot.PollTimes) != 0 {
		t.Errorf("got %d buckets, want none", snapshot.Buckets.Len())
	}
}

// TestDepths reads the queues' lengths from outside.
func TestDepths(t *testing.T) {
	s := atRest(t, sched.Config{Workers: 2, DisableLIFOSlot: true})
	w := s.workers[1]
	const queued = min(100, queueCapacity)
	for range queued {
		w.scheduleLocal(w.NewTask(runClosure))
	}
	for range 7 {
		if err := s.Spawn(func(*Worker) {}); err != nil {
			t.Fatal(err)
		}
	}
	if a, b, c := s.LocalQueueDepth(0), s.LocalQueueDepth(1), s.InjectionQueueDepth(); a != 0 || b != queued || c != 7 {
		t.Errorf("got depths %d and %d, %d injected, want 0, %d and 7", a, b, c, queued)
	}
	if s.Workers() != 2 {
		t.Errorf("got %d workers, want 2", s.Workers())
	}
}
