package harness

import (
	"strings"
	"testing"
	"time"

	"stealbench/internal/host"
	"stealbench/internal/recording"
)

// TestPin: a CPU for each worker and driver, or one line that says what lacks.
func TestPin(t *testing.T) {
	h := host.Local()
	h.Affinity = func() ([]int, error) { return []int{0, 1}, nil }
	p := DefaultPlan()
	p.Workloads, p.Workers = []string{"fib", "yield_many"}, []int{1, 2}
	if err := p.CheckHost(h); err != nil || p.pinKey(h) != "none" {
		t.Errorf("not pinned: got %v and %q, want nothing", err, p.pinKey(h))
	}
	p.Pin = true
	want := "yield_many with 2 workers and the goroutine that drives it: cannot pin to 3 CPUs: this process may use 2 (0-1): give fewer workers, or leave --pin out"
	if err := p.CheckHost(h); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	p.Workloads = []string{"fib"}
	if err := p.CheckHost(h); err != nil || !strings.HasSuffix(p.pinKey(h), ": 1: 0; 2: 0-1") {
		t.Errorf("got %v, %q, want 1 and 2 CPUs", err, p.pinKey(h))
	}
	if err := checkPinned(h, []int{0, 1}); err != nil {
		t.Error(err)
	}
	if err := checkPinned(h, []int{1}); err == nil || !strings.Contains(err.Error(), "runs on CPUs 0-1, not on 1") {
		t.Errorf("a cell that is not pinned: got %v", err)
	}
}

// TestPinIsResumed: a recording of pinned cells goes on pinned.
func TestPinIsResumed(t *testing.T) {
	for _, pin := range []bool{true, false} {
		p := DefaultPlan()
		p.Workloads, p.Workers, p.Pin = []string{"fib"}, []int{1}, pin
		rec := &recording.Recording{Variants: p.Variants, Planned: len(p.Cells()), Keys: Facts(p, []string{"stealbench"}, time.Unix(0, 0))}
		got, err := PlanOf(rec)
		if err != nil || got.Pin != pin {
			t.Errorf("pinned %v: got %v, %v", pin, got.Pin, err)
		}
	}
}

func TestOversubscribed(t *testing.T) {
	h := host.Local()
	h.Affinity = func() ([]int, error) { return []int{0, 1}, nil }
	p := DefaultPlan()
	for _, row := range []struct {
		variants []string
		workers  []int
		want     string
	}{
		{nil, []int{1, 2}, "none"}, {nil, []int{2, 4, 8}, "4 8 workers on 2 CPUs"},
		{[]string{"chaselev", "chaselev_spin2"}, []int{1, 2}, "1 2 workers and 2 readers on 2 CPUs"},
		{[]string{"chaselev", "chaselev_unread"}, []int{1, 2}, "2 workers and 1 readers on 2 CPUs"},
	} {
		p.Variants = row.variants
		if p.Workers = row.workers; p.Oversubscribed(h) != row.want {
			t.Errorf("%v, %v: got %q, want %q", row.variants, row.workers, p.Oversubscribed(h), row.want)
		}
	}
}
