package impls_test

import (
	"fmt"
	"math/bits"
	"reflect"
	"slices"
	"strings"
	"testing"

	"stealbench/harness"
	"stealbench/impls"
	"stealbench/internal/sched"
)

// apart keeps two hot fields from sharing lines, which are fetched in pairs.
const apart = 128

// unpadded is the variant whose workers' cells share lines, as its own tests want.
const unpadded = "adjacent"

// open starts a variant that is closed when t ends. It skips on 32-bit hosts,
// where tests run but nothing is measured: a word aligns differently there.
func open(t *testing.T, variant string, workers int) sched.Scheduler {
	t.Helper()
	if bits.UintSize != 64 {
		t.Skip("the layout is that of 64-bit hosts")
	}
	s, err := harness.NewScheduler(variant, sched.Config{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// types returns a variant's Scheduler and Worker.
func types(t *testing.T, variant string) (scheduler, worker reflect.Type) {
	t.Helper()
	scheduler = reflect.TypeOf(open(t, variant, 1)).Elem()
	workers, ok := scheduler.FieldByName("workers")
	if !ok {
		t.Fatalf("%s has no field workers: rename it here too", scheduler)
	}
	return scheduler, workers.Type.Elem().Elem()
}

// place is where a field is in its struct.
type place struct{ offset, size uintptr }

func (p place) end() uintptr { return p.offset + p.size }

// find returns the place of a field by its path, such as queue.bottom.
func find(t *testing.T, in reflect.Type, path string) place {
	t.Helper()
	var p place
	for name := range strings.SplitSeq(path, ".") {
		f, ok := in.FieldByName(name)
		if !ok {
			t.Fatalf("%s has no field %s: rename it here too", in, name)
		}
		p = place{p.offset + f.Offset, f.Type.Size()}
		in = f.Type
	}
	return p
}

// group is a run of fields that share lines, by its first and its last one.
type group struct{ first, last string }

func one(field string) group { return group{field, field} }

// The groups in the order of their struct; between two of them no two goroutines
// meet on a line.
var (
	workerGroups = []group{
		{"sched", "trace"}, one("metrics"), {"wokenToSearch", "parker"},
		one("queue.bottom"), one("queue.top"), one("queue.slots"),
	}
	schedulerGroups = []group{
		{"config", "workers"}, remoteGroup, one("idle.state"), {"idle.mu", "idle.workers"},
		one("inject"), one("pool"), {"closing", "dump"}, {"running", "dropped"},
	}
)

// remoteGroup is missing where nothing is counted.
var remoteGroup = group{"board.remoteSchedules", "board.cancelled"}

func schedulerGroupsOf(v impls.Variant) []group {
	groups := slices.Clone(schedulerGroups)
	if v.Counts == impls.Nothing {
		groups[slices.Index(groups, remoteGroup)] = one("board")
	}
	return groups
}

// TestSameLayout wants every field of a Worker and a Scheduler at the same place
// in every variant: what a variant counts moves nothing else.
func TestSameLayout(t *testing.T) {
	baseScheduler, baseWorker := types(t, impls.Base)
	for _, v := range impls.Variants[1:] {
		scheduler, worker := types(t, v.Name)
		checkSame(t, scheduler, baseScheduler, schedulerGroupsOf(v))
		checkSame(t, worker, baseWorker, workerGroups)
	}
}

func checkSame(t *testing.T, got, want reflect.Type, groups []group) {
	t.Helper()
	if got.Size() != want.Size() || got.NumField() != want.NumField() {
		t.Errorf("%s: got %d fields in %d bytes, want %d in %d as in the base",
			got, got.NumField(), got.Size(), want.NumField(), want.Size())
	}
	for i := range min(got.NumField(), want.NumField()) {
		a, b := got.Field(i), want.Field(i)
		if a.Name != b.Name || a.Offset != b.Offset || a.Type.Size() != b.Type.Size() {
			t.Errorf("%s: field %d: got %s at %d, %d bytes, want %s at %d, %d bytes as in the base",
				got, i, a.Name, a.Offset, a.Type.Size(), b.Name, b.Offset, b.Type.Size())
		}
	}
	for _, g := range groups {
		for _, path := range []string{g.first, g.last} {
			if a, b := find(t, got, path), find(t, want, path); a != b {
				t.Errorf("%s: got %s at %+v, want it at %+v as in the base", got, path, a, b)
			}
		}
	}
}

// TestHotFieldsApart wants what different goroutines write on lines apart. It
// looks at distances, which hold wherever the allocator puts the struct.
func TestHotFieldsApart(t *testing.T) {
	for _, v := range impls.Variants {
		scheduler, worker := types(t, v.Name)
		checkApart(t, scheduler, schedulerGroupsOf(v))
		checkApart(t, worker, workerGroups)
		if got := worker.Size() - find(t, worker, "queue").end(); got < apart {
			t.Errorf("%s: got %d bytes behind the queue, want at least %d", worker, got, apart)
		}
	}
}

func checkApart(t *testing.T, in reflect.Type, groups []group) {
	t.Helper()
	for i, g := range groups[1:] {
		before := groups[i]
		end, begin := find(t, in, before.last).end(), find(t, in, g.first).offset
		if begin < end+apart {
			t.Errorf("%s: got %s up to byte %d and %s from %d, want %d between them", in, before.last, end, g.first, begin, apart)
		}
		for i := range in.NumField() {
			if f := in.Field(i); f.Name != "_" && f.Offset >= end && f.Offset+f.Type.Size() <= begin && f.Type.Size() > 0 {
				t.Errorf("%s: got %s between %s and %s, want nothing there: make it part of a group", in, f.Name, before.last, g.first)
			}
		}
	}
}

// TestMetricsSize wants the same room for metrics everywhere, and in published
// cells a stride of whole lines that their content fits in.
func TestMetricsSize(t *testing.T) {
	for _, v := range impls.Variants {
		_, worker := types(t, v.Name)
		f, ok := worker.FieldByName("metrics")
		if !ok {
			t.Fatalf("%s has no field metrics: rename it here too", worker)
		}
		if got := f.Type.Size(); got != 2*apart {
			t.Errorf("%s: got metrics of %d bytes, want %d", v.Name, got, 2*apart)
		}
		p, ok := f.Type.FieldByName("cells")
		if !ok {
			if v.Counts != impls.Nothing {
				t.Errorf("%s: got no cells, want some in a variant that counts", v.Name)
			}
			continue
		}
		if v.Name == unpadded {
			continue
		}
		cells := p.Type.Elem()
		if cells.Size()%apart != 0 {
			t.Errorf("%s: got cells of %d bytes, want a multiple of %d", v.Name, cells.Size(), apart)
		}
		pad := cells.Field(cells.NumField() - 1)
		if pad.Name != "_" || pad.Offset+pad.Type.Size() > cells.Size() {
			t.Errorf("%s: got cells that end in %s, want a pad", v.Name, pad.Name)
		}
		if !open(t, v.Name, 1).Snapshot().Extended {
			continue
		}
		if got, want := pad.Offset, 8*uintptr(reflect.TypeFor[sched.WorkerCounters]().NumField()+1); got != want {
			t.Errorf("%s: got %d bytes in cells, want %d: a word for each of the counters and the mean poll time", v.Name, got, want)
		}
	}
}

// TestCellsAligned looks at real schedulers: published cells begin on a line,
// and a snapshot has the elements that the variant's row says.
func TestCellsAligned(t *testing.T) {
	for _, v := range impls.Variants {
		for _, workers := range []int{1, 2, 3, 4, 5, 7, 8, 13, 32} {
			t.Run(fmt.Sprintf("%s/workers=%d", v.Name, workers), func(t *testing.T) {
				s := open(t, v.Name, workers)
				want := map[impls.Counts]int{impls.PerWorker: workers, impls.Together: 1}[v.Counts]
				if got := len(s.Snapshot().Workers); got != want {
					t.Errorf("got %d elements in a snapshot, want %d", got, want)
				}
				board := reflect.ValueOf(s).Elem().FieldByName("board")
				for _, at := range cellsIn(board) {
					if at%apart != 0 && v.Name != unpadded {
						t.Errorf("got cells at %#x, want a multiple of %d", at, apart)
					}
				}
				if got := len(cellsIn(board)); got != want {
					t.Errorf("got %d cells, want %d", got, want)
				}
			})
		}
	}
}

// cellsIn returns where the cells of a board are: elements of a slice, or what its
// elements point to.
func cellsIn(board reflect.Value) (at []uintptr) {
	for i := range board.NumField() {
		f := board.Field(i)
		if f.Kind() != reflect.Slice {
			continue
		}
		for j := range f.Len() {
			if e := f.Index(j); e.Kind() == reflect.Pointer {
				at = append(at, e.Pointer())
			} else {
				at = append(at, e.UnsafeAddr())
			}
		}
	}
	return at
}
