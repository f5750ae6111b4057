package harness

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"

	"stealbench/internal/sched"
)

// TestPublishedAnswers ties the expected answers to published values, so that a
// wrong formula can't agree with a wrong scheduler.
func TestPublishedAnswers(t *testing.T) {
	for _, c := range []struct {
		workload string
		n        int
		value    uint64
		tasks    uint64 // 0: not published
	}{
		{"fib", 10, 55, 177},
		{"fib", 30, 832040, 2692537},
		{"nqueens", 4, 2, 0}, {"nqueens", 6, 4, 0}, {"nqueens", 8, 92, 0},
		{"nqueens", 10, 724, 0}, {"nqueens", 12, 14200, 0},
		{"skynet", 6, 499999500000, 1111111},
	} {
		w, err := FindWorkload(c.workload)
		if err != nil {
			t.Fatal(err)
		}
		got := w.Answer(sched.Params{N: c.n})
		if got.Value != c.value || c.tasks != 0 && got.Tasks != c.tasks {
			t.Errorf("%s(%d): got %d with %d tasks, want %d with %d", c.workload, c.n, got.Value, got.Tasks, c.value, c.tasks)
		}
	}
	for name, nodes := range map[string]uint64{"uts_t1": 4130071, "uts_t3": 4112897, "uts_t5": 4147582} {
		if testing.Short() {
			break
		}
		w, err := FindWorkload(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := w.Params("large")
		if err != nil {
			t.Fatal(err)
		}
		if got := w.Answer(p).Value; got != nodes {
			t.Errorf("%s: got %d nodes, want %d", name, got, nodes)
		}
	}
}

// TestEveryVariantAnswers runs every workload on every variant. Large sizes only
// where the published counts are.
func TestEveryVariantAnswers(t *testing.T) {
	want := map[string]sched.Answer{}
	for i := range Workloads {
		w := &Workloads[i]
		for k, p := range w.Sizes {
			if k < 2 || w.runName() == "uts" && !testing.Short() {
				want[w.Name+Sizes[k]] = w.Answer(p)
			}
		}
	}
	for _, variant := range append(VariantNames(), LevelNames()...) {
		if watchOf(variant).readers > 0 {
			continue // a variant as it is, beside readers
		}
		for _, workers := range []int{1, 2, 4} {
			if slices.Contains(LevelNames(), variant) && workers != 2 {
				continue // the base's own tests have them
			}
			t.Run(fmt.Sprintf("%s/%d", variant, workers), func(t *testing.T) {
				s, err := NewScheduler(variant, sched.Config{Workers: workers})
				if err != nil {
					t.Fatal(err)
				}
				for i := range Workloads {
					w := &Workloads[i]
					for k, p := range w.Sizes {
						want, ok := want[w.Name+Sizes[k]]
						if !ok || k == 2 && workers != 2 {
							continue
						}
						if got, err := s.RunWorkload(w.runName(), p); err != nil || got != want {
							t.Errorf("%s %s: got %+v, %v, want %+v", w.Name, Sizes[k], got, err, want)
						}
					}
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
				checkBalance(t, s)
			})
		}
	}
}

// TestBurstsPark: every burst ends with every worker parked, and the goroutine that
// drives them has no P of its own.
func TestBurstsPark(t *testing.T) {
	w, err := FindWorkload("burst_16")
	if err != nil {
		t.Fatal(err)
	}
	if got := w.drivers(); got != 0 {
		t.Errorf("got %d drivers with a P of their own, want 0", got)
	}
	const workers = 2
	s, err := NewScheduler("chaselev", sched.Config{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	for !s.Quiet() {
		runtime.Gosched()
	}
	before := s.Snapshot().Total().ParkCount
	p := sched.Params{N: 16, M: 50}
	if _, err := s.RunWorkload(w.runName(), p); err != nil {
		t.Fatal(err)
	}
	if !s.Quiet() {
		t.Error("a worker is awake after the last burst")
	}
	if got := s.Snapshot().Total().ParkCount - before; got < uint64(p.M) {
		t.Errorf("got %d parks in %d bursts, want one each at least", got, p.M)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := s.RunWorkload(w.runName(), p); !errors.Is(err, sched.ErrClosed) {
		t.Errorf("closed: got %v, want %v", err, sched.ErrClosed)
	}
}

func checkBalance(t *testing.T, s sched.Scheduler) {
	t.Helper()
	if err := balanced(s.Snapshot()); err != nil {
		t.Error(err)
	}
}
