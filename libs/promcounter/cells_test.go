package promcounter

import (
	"reflect"
	"testing"
)

// TestWholeNumbers counts as the hooks do, up to where a float64 ends to be exact: all
// of it must go to the library's integer, and none to its float.
func TestWholeNumbers(t *testing.T) {
	c := newCells(1)[0]
	want := uint64(0)
	for _, n := range []uint64{1, 3, 1 << 20, 999_999_999_999, 1<<52 - 1} {
		c.busy.Add(n)
		c.busy.Inc()
		want += n + 1
		if got := c.busy.Load(); got != want {
			t.Errorf("after %d and 1: got %d, want %d", n, got, want)
		}
	}
	library := reflect.ValueOf(c.busy.Counter).Elem()
	for _, row := range []struct {
		field string
		want  uint64
	}{{"valInt", want}, {"valBits", 0}} {
		f := library.FieldByName(row.field)
		if !f.IsValid() {
			t.Fatalf("the library's counter has no %s: read it anew, and doc.go", row.field)
		}
		if got := f.Uint(); got != row.want {
			t.Errorf("%s: got %d, want %d", row.field, got, row.want)
		}
	}
}

// TestGauge: a gauge holds what it was set to last.
func TestGauge(t *testing.T) {
	c := newCells(1)[0]
	for _, want := range []uint64{3278, 20, 0} {
		if c.meanPoll.Store(want); c.meanPoll.Load() != want {
			t.Errorf("got %d, want %d", c.meanPoll.Load(), want)
		}
	}
}

// TestCountersApart wants no two counters, which are objects of the library's, on one
// line with their words: only one event contends with itself.
func TestCountersApart(t *testing.T) {
	const line = 64
	words := map[uintptr]int{} // line: counter
	v := reflect.ValueOf(newCells(1)[0]).Elem()
	var walk func(reflect.Value)
	n := 0
	walk = func(v reflect.Value) {
		for i := range v.NumField() {
			switch f := v.Field(i); {
			case f.Type() == reflect.TypeFor[counter]():
				library := f.Field(0).Elem().Elem()
				at := library.FieldByName("valInt").UnsafeAddr() / line
				if other, ok := words[at]; ok {
					t.Errorf("got counters %d and %d on one line, want lines of their own", other, n)
				}
				words[at] = n
				n++
			case f.Kind() == reflect.Struct:
				walk(f)
			}
		}
	}
	walk(v)
	if n != 14 {
		t.Errorf("got %d counters, want 14", n)
	}
}
