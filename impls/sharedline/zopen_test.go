// Code generated from ../chaselev/open_test.go by go generate ./impls; DO NOT EDIT.

package sharedline

import (
	"slices"
	"testing"
	"time"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// openScheduler is a scheduler of two workers, and a run of open on it.
func openScheduler(t *testing.T, tasks int) (*Scheduler, *openRun) {
	t.Helper()
	schedtest.Guard(t)
	s, err := New(sched.Config{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	a := sched.NewArrivals(tasks)
	a.Clear()
	return s, &openRun{countdown: *newCountdown(tasks), steps: 10, arrivals: a, workers: make([]openWorker, 2), began: time.Now()}
}

// TestLatencyFromDue: a driver that is held up is late for what became due meanwhile, and
// that shows in the latencies: they count from when the tasks were due.
func TestLatencyFromDue(t *testing.T) {
	const tasks, held = 100, 20
	const stall = 5 * time.Millisecond
	s, r := openScheduler(t, tasks)
	for i := range r.arrivals.Due { // all during the stall
		r.arrivals.Due[i] = int64(i) * int64(stall) / (2 * tasks)
	}
	planned := slices.Clone(r.arrivals.Due)
	var over int64
	if err := r.drive(tasks, func(i int64) error {
		if i == held {
			time.Sleep(stall)
			over = r.now()
		}
		return s.SpawnTask(openTask, [2]int64{i}, r)
	}); err != nil {
		t.Fatal(err)
	}
	if err := r.wait(s); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(r.arrivals.Due, planned) {
		t.Error("arrivals were moved")
	}
	for i := range tasks {
		due, late, latency := r.arrivals.Due[i], r.arrivals.Late[i], r.arrivals.Latency(i)
		if late < 0 || latency < late {
			t.Errorf("task %d was spawned %d ns late and done %d ns after it was due", i, late, latency)
		}
		// The held task itself was in time: it is its spawn that took so long.
		if i > held && late < over-due || i >= held && latency < over-due {
			t.Errorf("task %d: %d ns late and a latency of %d ns, want at least the %d ns that the driver was held up", i, late, latency, over-due)
		}
	}
}

// TestOpenDrivesAll: each task is spawned once, none before it is due, and the answer is
// that of the tasks.
func TestOpenDrivesAll(t *testing.T) {
	const tasks = 1000
	s, r := openScheduler(t, tasks)
	a := r.arrivals
	for i := range a.Due {
		a.Due[i] = int64(i) * 1000
	}
	got, err := s.RunWorkload("open", sched.Params{N: tasks, M: 10, Arrivals: a})
	want := sched.Answer{Tasks: tasks}
	for i := range uint64(tasks) {
		want.Value += sched.Grain(i, r.steps)
	}
	if err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	for i := range tasks {
		if late, latency := a.Late[i], a.Latency(i); late < 0 || latency < late {
			t.Errorf("task %d was spawned %d ns after it was due and done %d ns after", i, late, latency)
		}
	}
}
