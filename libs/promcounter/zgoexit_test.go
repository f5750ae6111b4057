// Code generated from ../../impls/chaselev/goexit_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"stealbench/internal/sched"
)

// A panic in a joined child and runtime.Goexit left their picks out of the
// histogram, and a Goexit the whole work stretch out of the busy time. A helped
// task counts as any other. The clock is a false one: busy time is exactly the
// time for which tasks sleep.
func TestPicksThatEndBadly(t *testing.T) {
	if !haveClock {
		t.Skip("no clock")
	}
	const nap = 20 * time.Millisecond
	sleep := func(*Worker) { time.Sleep(nap) }
	fork := func(w *Worker, fn func(w *Worker)) *Task {
		child := w.NewTask(runClosure)
		child.Ref = fn
		w.Fork(child)
		return child
	}
	for _, row := range []struct {
		name string
		naps int
		task func(w *Worker)
	}{
		{"ends", 1, sleep},
		{"panics", 1, func(w *Worker) { sleep(w); panic(1) }},
		{"Goexit", 1, func(w *Worker) { sleep(w); runtime.Goexit() }},
		{"its child panics", 2, func(w *Worker) {
			sleep(w)
			w.Join(fork(w, func(w *Worker) { sleep(w); panic(1) }))
		}},
		{"its child calls Goexit", 2, func(w *Worker) {
			sleep(w)
			w.Join(fork(w, func(w *Worker) { sleep(w); runtime.Goexit() }))
		}},
		{"helps, oldest first", 4, func(w *Worker) {
			sleep(w)
			forks := []*Task{fork(w, sleep), fork(w, sleep), fork(w, sleep)}
			for _, f := range forks {
				w.Join(f)
			}
		}},
	} {
		for _, perPoll := range []bool{false, true} {
			for _, workers := range []int{1, 2} {
				synctest.Test(t, func(t *testing.T) {
					s, err := New(sched.Config{Workers: workers, PollTimes: linearPollTimes(t, perPoll)})
					if err != nil {
						t.Fatal(err)
					}
					for range 3 {
						if err := s.Spawn(row.task); err != nil {
							t.Fatal(err)
						}
						time.Sleep(time.Second)
					}
					_ = s.Close()
					snapshot := s.Snapshot()
					if !snapshot.Extended {
						t.Skip("not counted by this variant or level")
					}
					c := snapshot.Total()
					var measured uint64
					for _, n := range snapshot.TotalPollTimes() {
						measured += n
					}
					want := c.PollCount
					if perPoll {
						want = snapshot.Polls()
					}
					if measured != want {
						t.Errorf("%s, per poll %v, %d workers: got %d measured, want %d", row.name, perPoll, workers, measured, want)
					}
					if got, want := time.Duration(c.BusyDurationTotal), time.Duration(3*row.naps)*nap; got != want && haveClock {
						t.Errorf("%s, per poll %v, %d workers: got %v busy, want %v", row.name, perPoll, workers, got, want)
					}
				})
			}
		}
	}
}
