// Code generated from ../chaselev/wrap_test.go by go generate ./impls; DO NOT EDIT.

package splitdeque

import (
	"reflect"
	"sync/atomic"
	"testing"
	"unsafe"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// Counters that start near the end of their range, as after years of work.
const (
	near32 = 1<<32 - 10
	near64 = 1<<64 - 10
)

// starts are where the tests here begin to count.
var starts = []uint64{0, near32, near64}

// startCountersAt sets every total of s, counted and published, to v. It goes over
// the fields by reflection: variants and levels have different ones. Spawns follow
// from the IDs of dumps, where there are some.
func startCountersAt(s *Scheduler, v uint64) {
	setCounters(reflect.ValueOf(&s.board).Elem(), v)
	for _, w := range s.workers {
		setCounters(reflect.ValueOf(&w.metrics).Elem(), v)
	}
}

func setCounters(f reflect.Value, v uint64) {
	switch f.Kind() {
	case reflect.Uint64:
		*(*uint64)(unsafe.Pointer(f.UnsafeAddr())) = v
	case reflect.Pointer:
		if !f.IsNil() {
			setCounters(f.Elem(), v)
		}
	case reflect.Slice:
		for i := range f.Len() {
			setCounters(f.Index(i), v)
		}
	case reflect.Struct:
		switch f.Type() {
		case reflect.TypeFor[atomic.Uint64]():
			(*atomic.Uint64)(unsafe.Pointer(f.UnsafeAddr())).Store(v)
			return
		case reflect.TypeFor[sched.PollTimes]():
			return // a setting
		}
		for i := range f.NumField() {
			setCounters(f.Field(i), v)
		}
	}
}

// startTicksAt moves w, which has not run, to a tick.
func startTicksAt(w *Worker, tick uint32) {
	w.tick += tick
	w.due += tick
	w.maintainAt += tick
	w.fairAt += tick
	w.tuner.firstTick += tick
	w.budget.tick += tick
	w.submit(w.tick) // takes the ticks gone for picks
}

// start lets a scheduler of build run.
func start(s *Scheduler) {
	s.running.Add(len(s.workers))
	for _, w := range s.workers {
		go w.main()
	}
}

// TestTickWraps turns w round and round through the end of the ticks' range: what
// is due comes as often as at the beginning, and the picks count on.
func TestTickWraps(t *testing.T) {
	type turn struct {
		published uint64 // picks
		fair      fairness
		proceeds  bool
	}
	const turns = 60
	history := func(first uint32) (h [turns]turn) {
		s := atRest(t, sched.Config{Workers: 1, EventInterval: 7, GlobalQueueInterval: 5, NoClock: true})
		w := s.workers[0]
		startTicksAt(w, first)
		before := s.Snapshot()
		for i := range h {
			w.turn()
			w.metrics.startPick()
			w.budget.left = 0 // of the tick before: this one has its own
			h[i] = turn{s.Snapshot().Delta(before).Total().PollCount, w.fair, w.Proceed()}
			w.fair = fairNone
		}
		if first != 0 && w.tick >= turns {
			t.Errorf("from tick %d: got tick %d after %d turns, want it wrapped", first, w.tick, turns)
		}
		return h
	}
	want := history(0)
	looks, proceeds := 0, 0
	for _, one := range want {
		if one.fair != fairNone {
			looks++
		}
		if one.proceeds {
			proceeds++
		}
	}
	if looks != turns/5 || proceeds != turns {
		t.Fatalf("got %d forced looks, %d budgets in %d turns, want one every 5, %d", looks, proceeds, turns, turns)
	}
	for before := range uint32(turns) {
		if got := history(-before); got != want {
			t.Fatalf("%d ticks before the wrap: got %v, want %v as from tick 0", before, got, want)
		}
	}
}

// TestCountersWrap counts the same events from several starts: the differences
// are the same.
func TestCountersWrap(t *testing.T) {
	for _, from := range starts {
		s := atRest(t, sched.Config{Workers: 2, NoClock: true})
		startCountersAt(s, from)
		for _, w := range s.workers {
			startTicksAt(w, near32)
		}
		before := s.Snapshot()
		if !before.Extended {
			t.Skip("not counted by this variant or level")
		}
		if got := before.Workers[0].OverflowCount; got != from {
			t.Fatalf("got a counter that starts at %d, want %d", got, from)
		}
		for i, w := range s.workers {
			for range 15 + i {
				pick(w)
				w.metrics.incReschedule()
				w.metrics.incFollowUp()
				w.metrics.incUnfinished()
				w.metrics.incOverflow()
				w.metrics.incForcedYield()
				w.metrics.incStealAttempt()
				w.metrics.addSteal(3)
				for range 2 { // the second park is a no-op
					w.metrics.aboutToPark(w.tick)
					w.metrics.unparked()
				}
				w.submit(w.tick)
				s.board.incRemoteSchedule()
				s.board.incRemoteWake()
				s.board.incRefused()
				s.board.addCancelled(2)
			}
		}
		after := s.Snapshot()
		d := after.Delta(before)
		const n = 15 + 16
		want := sched.WorkerCounters{
			PollCount: n, LocalScheduleCount: n, FollowUpCount: n, UnfinishedCount: n, OverflowCount: n,
			BudgetForcedYieldCount: n, StealAttempts: n, StealOperations: n, StealCount: 3 * n,
			ParkCount: 2 * n, ParkUnparkCount: 4 * n, NoopCount: n,
		}
		if got := d.Total(); got != want {
			t.Errorf("from %d: got %+v, want %+v", from, got, want)
		}
		if got, want := [4]uint64{d.RemoteScheduleCount, d.RemoteWakeCount, d.RefusedCount, d.CancelledCount}, [4]uint64{n, n, n, 2 * n}; got != want {
			t.Errorf("from %d: got %v remote, woken, refused and cancelled, want %v", from, got, want)
		}
		if got := after.Workers[0].OverflowCount; from == near64 && got > n {
			t.Errorf("from %d: got a counter at %d, want it wrapped", from, got)
		}
	}
}

// TestRunsAcrossWraps runs workloads while ticks and counters wrap.
func TestRunsAcrossWraps(t *testing.T) {
	for _, workers := range []int{1, 2, 4} {
		for _, from := range starts {
			schedtest.Guard(t)
			c, err := sched.Config{Workers: workers, EventInterval: 13, PollTimes: linearPollTimes(t, true)}.WithDefaults()
			if err != nil {
				t.Fatal(err)
			}
			s := build(c)
			startCountersAt(s, from)
			for i, w := range s.workers {
				startTicksAt(w, near32-uint32(i)*50)
			}
			before := s.Snapshot()
			start(s)
			for _, row := range []struct {
				name  string
				p     sched.Params
				value uint64
			}{{"fib", sched.Params{N: 14}, 377}, {"yield_many", sched.Params{N: 20, M: 50}, 0}, {"ping_pong", sched.Params{N: 200}, 0},
				{"spawn_many_outside", sched.Params{N: 1000}, 0}} {
				answer, err := s.RunWorkload(row.name, row.p)
				if err != nil || row.value != 0 && answer.Value != row.value {
					t.Errorf("%s: got %+v, %v, want %d", row.name, answer, err, row.value)
				}
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			if tick := s.workers[0].tick; workers == 1 && tick > near32/2 {
				t.Errorf("got tick %d at the end, want it wrapped", tick)
			}
			d := s.Snapshot().Delta(before)
			if !d.Extended {
				t.Log("not counted by this variant or level")
				continue
			}
			total, timed := d.Total(), uint64(0)
			for _, n := range d.TotalPollTimes() {
				timed += n
			}
			if got, want := total.LocalScheduleCount+d.RemoteScheduleCount, d.Polls(); got != want || d.AliveTasks() != 0 {
				t.Errorf("%d workers from %d: got %d schedules, %d polls, %d tasks alive, want as many schedules as polls, 0",
					workers, from, got, want, d.AliveTasks())
			}
			if total.ParkUnparkCount != 2*total.ParkCount || timed != d.Polls() || total.PollCount == 0 || total.PollCount > 1<<20 {
				t.Errorf("%d workers from %d: got %+v, %d polls timed, want twice as many parks and unparks as parks, all %d polls timed",
					workers, from, total, timed, d.Polls())
			}
		}
	}
}
