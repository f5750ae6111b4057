package impls_test

import (
	"fmt"
	"math/bits"
	"reflect"
	"testing"

	"stealbench/impls"
	"stealbench/impls/batchless"
	"stealbench/impls/chaselev"
	"stealbench/impls/mutexqueue"
	"stealbench/impls/nometrics"
	"stealbench/impls/sharedline"
	"stealbench/impls/twin"
	"stealbench/internal/sched"
)

// apart keeps two hot fields from sharing lines, which are fetched in pairs.
const apart = 128

// variant is what the tests of all variants need.
type variant struct {
	name   string
	worker reflect.Type
	start  func(sched.Config) (sched.Scheduler, error)
	shares int // workers whose counters are one element of a snapshot: 0 none, 1 one, -1 all
}

// variants lists impls.Variants with their types.
var variants = []variant{
	{"chaselev", reflect.TypeFor[chaselev.Worker](), start(chaselev.New), 1},
	{"twin", reflect.TypeFor[twin.Worker](), start(twin.New), 1},
	{"nometrics", reflect.TypeFor[nometrics.Worker](), start(nometrics.New), 0},
	{"batchless", reflect.TypeFor[batchless.Worker](), start(batchless.New), 1},
	{"sharedline", reflect.TypeFor[sharedline.Worker](), start(sharedline.New), -1},
	{"mutexqueue", reflect.TypeFor[mutexqueue.Worker](), start(mutexqueue.New), 1},
}

func start[S sched.Scheduler](open func(sched.Config) (S, error)) func(sched.Config) (sched.Scheduler, error) {
	return func(c sched.Config) (sched.Scheduler, error) { return open(c) }
}

// TestVariantsListed keeps the table above complete.
func TestVariantsListed(t *testing.T) {
	var got, want []string
	for _, v := range variants {
		got = append(got, v.name)
	}
	for _, v := range impls.Variants {
		want = append(want, v.Name)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got tests of %v, want %v as in variants.go", got, want)
	}
}

// need64 skips on 32-bit hosts, where tests run but nothing is measured: a word
// aligns differently there.
func need64(t *testing.T) {
	t.Helper()
	if bits.UintSize != 64 {
		t.Skip("the layout is that of 64-bit hosts")
	}
}

// place is where a field is in its struct.
type place struct{ offset, size uintptr }

// find returns the place of a field by its path, such as queue, bottom.
func find(t *testing.T, in reflect.Type, path ...string) place {
	t.Helper()
	p := place{0, in.Size()}
	for _, name := range path {
		f, ok := in.FieldByName(name)
		if !ok {
			t.Fatalf("%s has no field %s: rename it here too", in, name)
		}
		p = place{p.offset + f.Offset, f.Type.Size()}
		in = f.Type
	}
	return p
}

// TestWorkerLayout wants every field of a Worker at the same place in every
// variant: what a variant counts moves nothing else.
func TestWorkerLayout(t *testing.T) {
	need64(t)
	base := variants[0].worker
	for _, v := range variants[1:] {
		if got, want := v.worker.Size(), base.Size(); got != want {
			t.Errorf("%s: a Worker takes %d bytes, want %d as in the base", v.name, got, want)
		}
		for i := range base.NumField() {
			got, want := v.worker.Field(i), base.Field(i)
			if got.Name != want.Name || got.Offset != want.Offset || got.Type.Size() != want.Type.Size() {
				t.Errorf("%s: field %d is %s at %d, %d bytes, want %s at %d, %d bytes as in the base",
					v.name, i, got.Name, got.Offset, got.Type.Size(), want.Name, want.Offset, want.Type.Size())
			}
		}
		for _, path := range [][]string{{"queue", "bottom"}, {"queue", "top"}, {"queue", "slots"}} {
			if got, want := find(t, v.worker, path...), find(t, base, path...); got != want {
				t.Errorf("%s: %v is %+v, want %+v as in the base", v.name, path, got, want)
			}
		}
	}
}

// TestHotFieldsApart wants what different goroutines write on lines apart. It
// looks at distances, which hold wherever the allocator puts the struct.
func TestHotFieldsApart(t *testing.T) {
	need64(t)
	for _, v := range variants {
		f, _ := v.worker.FieldByName("sched")
		scheduler := f.Type.Elem()
		for _, in := range []struct {
			of     reflect.Type
			groups [][]string // in the order of the struct
		}{
			{v.worker, [][]string{{"overflowed"}, {"metrics"}, {"wokenToSearch"}}},
			{v.worker, [][]string{{"lifoSlot"}, {"metrics"}}},
			{v.worker, [][]string{{"parker"}, {"queue", "bottom"}, {"queue", "top"}, {"queue", "slots"}}},
			{scheduler, [][]string{{"workers"}, {"idle", "state"}, {"idle", "mu"}}},
			{scheduler, [][]string{{"board"}, {"idle", "state"}}},
			{scheduler, [][]string{{"idle", "sleepers"}, {"inject"}, {"pool"}}},
		} {
			for i := range in.groups[1:] {
				a, b := find(t, in.of, in.groups[i]...), find(t, in.of, in.groups[i+1]...)
				// From the start of one hot field to the start of the next, and
				// no byte of the first on the second's line.
				if b.offset < a.offset+apart || b.offset < a.offset+a.size {
					t.Errorf("%s: %v at %d, %v at %d: want them %d apart", v.name, in.groups[i], a.offset, in.groups[i+1], b.offset, apart)
				}
			}
		}
		if last, end := find(t, v.worker, "queue"), v.worker.Size(); end-last.offset-last.size < apart {
			t.Errorf("%s: got %d bytes behind the queue, want %d", v.name, end-last.offset-last.size, apart)
		}
	}
}

// TestMetricsSize wants the same room for metrics everywhere, and in published
// cells a stride of whole lines that their content fits in.
func TestMetricsSize(t *testing.T) {
	need64(t)
	for _, v := range variants {
		f, ok := v.worker.FieldByName("metrics")
		if !ok {
			t.Fatalf("%s: no field metrics", v.name)
		}
		if got := f.Type.Size(); got != apart {
			t.Errorf("%s: metrics take %d bytes, want %d", v.name, got, apart)
		}
		p, ok := f.Type.FieldByName("cells")
		if !ok {
			if v.shares != 0 {
				t.Errorf("%s: no cells, want some in a variant that counts", v.name)
			}
			continue
		}
		cells := p.Type.Elem()
		if cells.Size()%apart != 0 {
			t.Errorf("%s: the stride of cells is %d bytes, want a multiple of %d", v.name, cells.Size(), apart)
		}
		pad := cells.Field(cells.NumField() - 1)
		if pad.Name != "_" || pad.Offset+pad.Type.Size() > cells.Size() {
			t.Errorf("%s: want cells to end in a pad", v.name)
		}
		if used := pad.Offset; used != 8*uintptr(reflect.TypeFor[sched.WorkerCounters]().NumField()+1) {
			t.Errorf("%s: cells hold %d bytes, want a word for each of the counters and the mean poll time", v.name, used)
		}
	}
}

// TestCellsAligned looks at real schedulers: published cells begin on a line,
// and a snapshot has an element per worker, or what its variant says.
func TestCellsAligned(t *testing.T) {
	need64(t)
	for _, v := range variants {
		for _, workers := range []int{1, 2, 3, 4, 5, 7, 8, 13, 32} {
			t.Run(fmt.Sprintf("%s/workers=%d", v.name, workers), func(t *testing.T) {
				s, err := v.start(sched.Config{Workers: workers})
				if err != nil {
					t.Fatal(err)
				}
				defer s.Close()
				want := map[int]int{0: 0, 1: workers, -1: 1}[v.shares]
				if got := len(s.Snapshot().Workers); got != want {
					t.Errorf("got %d elements in a snapshot, want %d", got, want)
				}
				board := reflect.ValueOf(s).Elem().FieldByName("board")
				for i := range board.NumField() {
					if f := board.Field(i); f.Kind() == reflect.Slice && f.Pointer()%apart != 0 {
						t.Errorf("cells at %#x: want a multiple of %d", f.Pointer(), apart)
					}
				}
			})
		}
	}
}
