package harness

import (
	"testing"
	"time"

	"stealbench/internal/recording"
	"stealbench/internal/sched"
)

// counting is a scheduler of which only the counters are read.
type counting struct{ sched.Scheduler }

func (counting) Snapshot() sched.Snapshot { return sched.NewSnapshot(1, sched.Buckets{}) }

// TestReading: readers read while a slot runs and at no other time, as often as they
// should.
func TestReading(t *testing.T) {
	for _, row := range []struct {
		name        string
		watch       watch
		least, most int64 // reads in 20 slots of 2 ms
	}{
		{"nobody", watch{}, 0, 0},
		{"unread", watch{1, never}, 0, 0},
		{"every 10 ms", watch{1, 10 * time.Millisecond}, 1, 1000}, // slots last longer on a busy host
		{"without a pause", watch{1, 0}, 20, 1 << 40},
		{"two of them", watch{2, 0}, 40, 1 << 40},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := newReading(row.watch, counting{})
			if (r == nil) != (row.watch.readers == 0) {
				t.Fatalf("got %v, want readers only where there are some", r)
			}
			reads := func() int64 {
				if r == nil {
					return 0
				}
				return r.reads.Load()
			}
			for range 20 {
				before := reads()
				time.Sleep(time.Millisecond) // between slots
				if got := reads(); got != before {
					t.Errorf("got %d reads between slots, want none", got-before)
				}
				r.begin()
				time.Sleep(2 * time.Millisecond)
				r.end()
			}
			if got := reads(); got < row.least || got > row.most {
				t.Errorf("got %d reads, want %d to %d", got, row.least, row.most)
			}
			r.close()
		})
	}
}

// TestReadersCounted: each reader has a P and a CPU beside the workers.
func TestReadersCounted(t *testing.T) {
	for _, row := range []struct {
		lanes []string
		want  int
	}{
		{VariantNames(), 0},
		{[]string{"chaselev", "chaselev_unread"}, 1},
		{[]string{"chaselev", "batchless_spin2", "sharedline_spin"}, 2},
	} {
		if got := readersOf(row.lanes); got != row.want {
			t.Errorf("%v: got %d readers, want %d", row.lanes, got, row.want)
		}
	}
}

// TestWatchedCell: a cell with readers says how often they read.
func TestWatchedCell(t *testing.T) {
	spec := CellSpec{Cell: recording.Cell{Workload: "fib", Size: "small", Workers: 1},
		Variants: []string{"chaselev", "chaselev_unread", "chaselev_spin"}, CellTime: 20 * time.Millisecond, SlotTime: 100 * time.Microsecond}
	result, err := RunCell(spec)
	if err != nil {
		t.Fatal(err)
	}
	for lane, reads := range map[string]bool{"chaselev_unread": false, "chaselev_spin": true} {
		found := false
		for _, b := range result.Blocks[lane] {
			for _, v := range b.Values {
				if v.Unit != "reads/op" {
					continue
				}
				found = true
				if (v.V > 0) != reads {
					t.Errorf("%s: got %v reads a run, want some: %v", lane, v.V, reads)
				}
			}
		}
		if !found {
			t.Errorf("%s: got no reads/op, want it in every block", lane)
		}
	}
}
