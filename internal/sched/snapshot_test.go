package sched

import (
	"reflect"
	"testing"
)

// TestCountersAddSub goes over the fields by reflection, so that a new counter
// can't be forgotten.
func TestCountersAddSub(t *testing.T) {
	var a, b WorkerCounters
	for i := range reflect.TypeFor[WorkerCounters]().NumField() {
		reflect.ValueOf(&a).Elem().Field(i).SetUint(uint64(100 + i))
		reflect.ValueOf(&b).Elem().Field(i).SetUint(uint64(10 * i))
	}
	sum, diff := a, a.Sub(b)
	sum.Add(b)
	for i := range reflect.TypeFor[WorkerCounters]().NumField() {
		name := reflect.TypeFor[WorkerCounters]().Field(i).Name
		if got := reflect.ValueOf(sum).Field(i).Uint(); got != uint64(100+11*i) {
			t.Errorf("Add %s: got %d, want %d", name, got, 100+11*i)
		}
		if got := int64(reflect.ValueOf(diff).Field(i).Uint()); got != int64(100-9*i) {
			t.Errorf("Sub %s: got %d, want %d", name, got, 100-9*i)
		}
	}
}

func TestSnapshotDelta(t *testing.T) {
	b, err := LinearBuckets(10, 2)
	if err != nil {
		t.Fatal(err)
	}
	before, after := NewSnapshot(2, b), NewSnapshot(2, b)
	before.Workers[1].PollCount, after.Workers[1].PollCount = 5, 12
	before.RemoteScheduleCount, after.RemoteScheduleCount = 3, 4
	after.MeanPollNanos[0] = 77
	before.PollTimes[0][1], after.PollTimes[0][1] = 2, 9
	d := after.Delta(before)
	if d.Workers[1].PollCount != 7 || d.RemoteScheduleCount != 1 || d.MeanPollNanos[0] != 77 || d.PollTimes[0][1] != 7 {
		t.Errorf("got %+v, want 7 picks, 1 remote, mean 77, 7 polls", d)
	}
	if got := after.TotalPollTimes(); got[0] != 0 || got[1] != 9 {
		t.Errorf("got histogram %v, want [0 9]", got)
	}
}

// TestDeltaAcrossWrap: a counter that has passed the end of its range differs
// from an earlier look by what was counted.
func TestDeltaAcrossWrap(t *testing.T) {
	b, err := LinearBuckets(10, 2)
	if err != nil {
		t.Fatal(err)
	}
	before, after := NewSnapshot(1, b), NewSnapshot(1, b)
	fields := reflect.TypeFor[WorkerCounters]().NumField()
	for i := range fields {
		reflect.ValueOf(&before.Workers[0]).Elem().Field(i).SetUint(1<<64 - 10)
		reflect.ValueOf(&after.Workers[0]).Elem().Field(i).SetUint(uint64(i))
	}
	for _, s := range []struct {
		snapshot *Snapshot
		n        uint64
	}{{&before, 1<<64 - 10}, {&after, 5}} {
		s.snapshot.RemoteScheduleCount, s.snapshot.RemoteWakeCount = s.n, s.n
		s.snapshot.RefusedCount, s.snapshot.CancelledCount = s.n, s.n
		s.snapshot.PollTimes[0][1] = s.n
	}
	d := after.Delta(before)
	for i := range fields {
		name := reflect.TypeFor[WorkerCounters]().Field(i).Name
		if got := reflect.ValueOf(d.Workers[0]).Field(i).Uint(); got != uint64(10+i) {
			t.Errorf("%s: got %d, want %d", name, got, 10+i)
		}
	}
	if got, want := [5]uint64{d.RemoteScheduleCount, d.RemoteWakeCount, d.RefusedCount, d.CancelledCount, d.PollTimes[0][1]},
		[5]uint64{15, 15, 15, 15, 15}; got != want {
		t.Errorf("got %v remote, woken, refused, cancelled, timed, want %v", got, want)
	}
}
