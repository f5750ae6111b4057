package impls_test

import (
	"testing"

	"stealbench/impls/batchless"
	"stealbench/impls/chaselev"
	"stealbench/internal/sched"
)

// TestUnpublishedPolls: with one worker, what its counters lack, as its own polls see
// it, is exactly known. The pick of a maintenance's tick comes after it, so in that
// poll only itself is not published; so are all picks of an interval in the last poll
// before the next. Without a batch nothing ever lacks.
func TestUnpublishedPolls(t *testing.T) {
	for _, ticks := range []int{1, 4, 61, 244} {
		s, err := chaselev.New(sched.Config{Workers: 1, EventInterval: ticks})
		if err != nil {
			t.Fatal(err)
		}
		polls, least, most := 1, 1<<30, 0 // 1: the call
		err = s.Run(func(w *chaselev.Worker) {
			poll := func(*chaselev.Worker, *chaselev.Task) sched.Poll {
				polls++
				lacks := polls - int(s.Snapshot().Total().PollCount)
				least, most = min(least, lacks), max(most, lacks)
				return sched.Ready
			}
			for range 3 * ticks {
				task := w.NewTask(poll)
				w.Fork(task)
				w.Join(task)
			}
		})
		if err != nil || least != 1 || most != ticks {
			t.Errorf("interval %d: got %d to %d polls not published, %v, want 1 to %d", ticks, least, most, err, ticks)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	s, err := batchless.New(sched.Config{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	polls := 1
	if err := s.Run(func(w *batchless.Worker) {
		poll := func(*batchless.Worker, *batchless.Task) sched.Poll {
			polls++
			if got := int(s.Snapshot().Total().PollCount); got != polls {
				t.Errorf("batchless: got %d polls in poll %d, want as many", got, polls)
			}
			return sched.Ready
		}
		for range 1000 {
			task := w.NewTask(poll)
			w.Fork(task)
			w.Join(task)
		}
	}); err != nil {
		t.Error(err)
	}
}
