// Code generated from ../../impls/chaselev/dump_mock_test.go by go generate ./impls; DO NOT EDIT.

//go:build nodump

package promcounter

import (
	"context"
	"testing"
	"unsafe"

	"stealbench/internal/sched"
)

// TestDumpMock: the same API, and nothing left in tasks and workers.
func TestDumpMock(t *testing.T) {
	s := atRest(t, sched.Config{Workers: 1, SpawnSites: true})
	if d, err := s.Dump(context.Background()); d != nil || err != sched.ErrNoDump {
		t.Errorf("got %v, %v, want nil, %v", d, err, sched.ErrNoDump)
	}
	for name, size := range map[string]uintptr{
		"taskInfo": unsafe.Sizeof(taskInfo{}), "tracer": unsafe.Sizeof(tracer{}),
		"dumper": unsafe.Sizeof(dumper{}), "outsideStamps": unsafe.Sizeof(outsideStamps{}),
	} {
		if size != 0 {
			t.Errorf("%s: got %d bytes, want 0", name, size)
		}
	}
	if got := unsafe.Sizeof(Task{}); unsafe.Sizeof(uintptr(0)) == 8 && got != 64 {
		t.Errorf("got a task of %d bytes, want 64: one line", got)
	}
}
