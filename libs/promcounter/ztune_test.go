// Code generated from ../../impls/chaselev/tune_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"math"
	"testing"

	"stealbench/internal/sched"
)

func newTuner(c sched.Config) (u tuner) {
	u.init(c)
	return u
}

// TestTunerMean: weights and first guess are those of tokio's stats.rs.
func TestTunerMean(t *testing.T) {
	if u := newTuner(sched.Config{}); uint64(u.meanPoll) != 3278 {
		t.Errorf("first guess %v ns, want 3278", u.meanPoll)
	}
	for picks, want := range map[uint32]float64{1: 0.10, 5: 0.40951, 10: 0.65132, 61: 0.99838, 500: 1} {
		if got := 1 - keepAfter(picks); math.Abs(got-want) > 1e-5 {
			t.Errorf("%d picks: weight %v, want %v", picks, got, want)
		}
	}
	u := newTuner(sched.Config{})
	u.reads = true
	before := u.meanPoll
	u.since = 1000
	u.stretch(1000+61*500, 61)
	if want := 500 + (before-500)*math.Pow(0.9, 61); math.Abs(u.meanPoll-want) > 1e-6 {
		t.Errorf("after 61 picks of 500 ns: mean %v, want %v", u.meanPoll, want)
	}
	u.stretch(5000, 0)
	if math.IsNaN(u.meanPoll) {
		t.Error("a stretch without picks changes the mean")
	}
}

// TestTunerInterval: clamps, hysteresis, and a configured interval that stays.
func TestTunerInterval(t *testing.T) {
	for _, c := range []struct {
		name          string
		mean          float64
		current, want uint32
	}{
		{"as assumed", 200_000.0 / 61, 61, 61},
		{"change of 2 is ignored", 200_000.0 / 63.5, 61, 61},
		{"change of 3 is adopted", 200_000.0 / 64.5, 61, 64},
		{"down by 2 is ignored", 200_000.0 / 59.5, 61, 61},
		{"down by 3 is adopted", 200_000.0 / 58.5, 61, 58},
		{"fast tasks", 10, 61, 127},
		{"no time at all", 0, 61, 127},
		{"slow tasks", 1e9, 61, 2},
		{"never below 2", 150_000, 61, 2},
	} {
		u := newTuner(sched.Config{})
		u.meanPoll = c.mean
		if got := u.next(c.current); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
	u := newTuner(sched.Config{GlobalQueueInterval: 7})
	u.meanPoll = 1
	if got := u.next(u.firstInterval(sched.Config{GlobalQueueInterval: 7})); got != 7 {
		t.Errorf("configured 7: got %d", got)
	}
}

// TestTuning is tokio's test_tuning: the interval falls with slow tasks and
// comes back with fast ones.
func TestTuning(t *testing.T) {
	if !haveClock {
		t.Skip("no clock")
	}
	s, err := New(sched.Config{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	w := s.workers[0]
	run := func(spins, tasks int) uint32 {
		var interval uint32
		err := s.Run(func(*Worker) {
			for range tasks {
				c := w.NewTask(runClosure)
				c.Ref = func(*Worker) { spin(spins) }
				w.Fork(c)
				w.Join(c)
			}
			interval = w.interval
		})
		if err != nil {
			t.Fatal(err)
		}
		return interval
	}
	// One preemption in the last stretch is enough to spoil a try.
	try := func(spins, tasks int, ok func(interval uint32) bool) (got uint32) {
		for range 10 {
			if got = run(spins, tasks); ok(got) {
				break
			}
		}
		return got
	}
	if got := try(200_000, 500, func(i uint32) bool { return i <= 8 }); got > 8 { // 60 us and more each
		t.Errorf("slow tasks: interval %d, want at most 8", got)
	}
	if got := try(1, 20_000, func(i uint32) bool { return i >= 32 }); got < 32 {
		t.Errorf("fast tasks: interval %d, want at least 32", got)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
