// Code generated from ../chaselev/dump_wrap_test.go by go generate ./impls; DO NOT EDIT.

//go:build !nodump

package splitdeque

import (
	"context"
	"testing"

	"stealbench/internal/sched"
)

// TestDumpIDsWrap spawns tasks while the IDs pass the middle and the end of their
// range: each has one of its own, and they stay in order.
func TestDumpIDsWrap(t *testing.T) {
	for _, from := range starts {
		checkDumpIDs(t, from)
	}
	checkDumpIDs(t, 1<<63-10) // where signed differences turn
}

func checkDumpIDs(t *testing.T, from uint64) {
	t.Helper()
	s := atRest(t, sched.Config{Workers: 2, NoClock: true}) // so that only IDs order them
	stride := s.inject.stamps.stride
	s.inject.stamps.lastID = from / stride * stride
	for i, w := range s.workers {
		w.trace.lastID = from/stride*stride + uint64(i) + 1
	}
	const n = 20
	for range n {
		if err := s.SpawnTask(neverTask, [2]int64{}, nil); err != nil {
			t.Fatal(err)
		}
		for _, w := range s.workers {
			w.Spawn(w.NewTask(neverTask))
		}
	}
	for _, w := range s.workers {
		s.idle.addSleeper(w, false)
	}
	d, err := s.Dump(context.Background())
	if err != nil || len(d.Tasks) != 3*n {
		t.Fatalf("from %d: got %d tasks, %v, want %d", from, len(d.Tasks), err, 3*n)
	}
	if first := d.Tasks[0].ID - from; first > 2*stride {
		t.Errorf("from %d: got %d as the oldest ID, want the first one after that", from, d.Tasks[0].ID)
	}
	for i, task := range d.Tasks[1:] {
		if step := task.ID - d.Tasks[i].ID; step == 0 || step > stride {
			t.Errorf("from %d: got ID %d behind %d, want the next one", from, task.ID, d.Tasks[i].ID)
		}
	}
}
