package xsynccounter

import (
	"reflect"
	"runtime"
	"sync"
	"testing"
)

// TestManyWriters adds from several goroutines: the sum over the stripes is exact once
// they are done.
func TestManyWriters(t *testing.T) {
	const writers, each = 8, 10_000
	c := newCells(writers)[0]
	var done sync.WaitGroup
	for range writers {
		done.Go(func() {
			for range each {
				c.pollCount.Inc()
				c.busy.Add(3)
			}
		})
	}
	done.Wait()
	if got, want := c.pollCount.Load(), uint64(writers*each); got != want {
		t.Errorf("polls: got %d, want %d", got, want)
	}
	if got, want := c.busy.Load(), uint64(3*writers*each); got != want {
		t.Errorf("busy: got %d, want %d", got, want)
	}
}

// TestStripes: a counter has a stripe for each CPU in use when it is made, and no more
// afterwards.
func TestStripes(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	stripes := func(c *cells) int {
		f := reflect.ValueOf(c.pollCount.Counter).Elem().FieldByName("stripes")
		if !f.IsValid() {
			t.Fatal("the library's counter has no stripes: read it anew, and doc.go")
		}
		return f.Len()
	}
	for n := 1; n <= runtime.NumCPU() && n <= 8; n *= 2 {
		runtime.GOMAXPROCS(n)
		c := newCells(1)[0]
		runtime.GOMAXPROCS(2 * n)
		if got := stripes(c); got != n {
			t.Errorf("made with GOMAXPROCS %d: got %d stripes, want %d", n, got, n)
		}
	}
	runtime.GOMAXPROCS(1024)
	if got, least := stripes(newCells(1)[0]), runtime.NumCPU(); got < least || got >= 2*least {
		t.Errorf("got %d stripes, want the first power of two from %d CPUs", got, least)
	}
}

// TestAllMade: no counter is nil.
func TestAllMade(t *testing.T) {
	n := 0
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		for i := range v.NumField() {
			switch f := v.Field(i); {
			case f.Type() == reflect.TypeFor[counter]():
				if n++; f.Field(0).IsNil() {
					t.Errorf("%s: got no counter, want the library's", v.Type().Field(i).Name)
				}
			case f.Kind() == reflect.Struct && f.Type() != reflect.TypeFor[gauge]():
				walk(f)
			}
		}
	}
	walk(reflect.ValueOf(newCells(1)[0]).Elem())
	if n != 14 {
		t.Errorf("got %d counters, want 14", n)
	}
}
