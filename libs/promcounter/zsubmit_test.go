// Code generated from ../../impls/chaselev/submit_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"runtime"
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// publishesAtOnce reports whether the variant publishes an event when it
// happens, so that there is no batch to submit.
func publishesAtOnce(t *testing.T) bool {
	t.Helper()
	s := atRest(t, sched.Config{Workers: 1})
	pick(s.workers[0])
	return s.Snapshot().Total().PollCount == 1
}

// TestDefaultIntervals: a look at the oldest tasks at first at tick 61, as tokio,
// and maintenance at every fourth such tick.
func TestDefaultIntervals(t *testing.T) {
	w := atRest(t, sched.Config{Workers: 1}).workers[0]
	if w.maintainAt != 244 || w.fairAt != 61 || w.due != 61 {
		t.Errorf("got maintenance at tick %d, old tasks at %d, the first event at %d, want 244, 61, 61", w.maintainAt, w.fairAt, w.due)
	}
}

// TestSubmitAtInterval watches the published picks from inside one long task,
// whose joins take a pick each: they move every event interval and not before.
func TestSubmitAtInterval(t *testing.T) {
	schedtest.Guard(t)
	atOnce := publishesAtOnce(t)
	s, err := New(sched.Config{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	type look struct {
		tick      uint32
		published uint64
	}
	var looks []look
	extended := false
	if err := s.Run(func(w *Worker) {
		extended = s.Snapshot().Extended
		see := func() { looks = append(looks, look{w.tick, s.Snapshot().Total().PollCount}) }
		for see(); len(looks) <= 3*sched.DefaultEventInterval; see() {
			c := w.NewTask(runClosure)
			c.Ref = func(*Worker) {}
			w.Fork(c)
			w.Join(c)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if !extended {
		t.Skip("picks are not counted by this variant or level")
	}
	want := looks[0].published
	for i, l := range looks {
		if l.tick != looks[0].tick+uint32(i) {
			t.Fatalf("join %d: got tick %d, want %d: a pick each", i, l.tick, looks[0].tick+uint32(i))
		}
		picks := uint64(i) // of the joins, and that of the task itself
		switch {
		case atOnce:
			want = 1 + picks
		case i > 0 && l.tick%sched.DefaultEventInterval == 0:
			want = picks // the submit comes before the tick's own pick
		}
		if l.published != want {
			t.Errorf("tick %d, after %d joins: got %d picks published, want %d", l.tick, i, l.published, want)
		}
	}
}

// TestSubmitAroundPark: what a parked worker has counted is published, with an
// odd number of parks and unparks; in its first task after the wake it is even.
func TestSubmitAroundPark(t *testing.T) {
	schedtest.Guard(t)
	s, err := New(sched.Config{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	for round := range uint64(50) {
		for !s.Quiet() {
			runtime.Gosched()
		}
		parked := s.Snapshot()
		var awake sched.Snapshot
		if err := s.Run(func(*Worker) { awake = s.Snapshot() }); err != nil {
			t.Fatal(err)
		}
		if len(parked.Workers) == 0 {
			_ = s.Close()
			t.Skip("nothing is counted by this variant")
		}
		got, after := parked.Total(), awake.Total()
		if got.ParkUnparkCount%2 != 1 || got.ParkUnparkCount != 2*got.ParkCount-1 {
			t.Errorf("round %d: got %d parks and unparks, %d parks published while parked, want odd: twice the parks less one",
				round, got.ParkUnparkCount, got.ParkCount)
		}
		if after.ParkUnparkCount%2 != 0 || after.ParkUnparkCount != got.ParkUnparkCount+1 {
			t.Errorf("round %d: got %d parks and unparks published after the wake, want even: %d", round, after.ParkUnparkCount, got.ParkUnparkCount+1)
		}
		if parked.Extended && got.PollCount != round {
			t.Errorf("round %d: got %d picks published while parked, want %d", round, got.PollCount, round)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
