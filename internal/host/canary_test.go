package host

import (
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"stealbench/internal/recording"
)

func units(values []recording.Value) (names []string) {
	for _, v := range values {
		names = append(names, v.Unit)
	}
	return names
}

// TestCanaries: all sing, each row has its own numbers, and nothing is left
// behind.
func TestCanaries(t *testing.T) {
	if runtime.NumCPU() < 2 || runtime.GOMAXPROCS(0) < 2 {
		t.Skip("the pair needs 2 CPUs")
	}
	goroutines := runtime.NumGoroutine()
	c := NewCanaries()
	if got := c.Values(); got != nil {
		t.Errorf("before the first row: got %v, want none", got)
	}
	var seen [][]uint32
	start := time.Now()
	for len(seen) < 2 || len(c.line) == 0 && time.Since(start) < 20*time.Second { // a busy host has no second CPU in most rows
		if c.Sing(); len(seen) < 2 {
			seen = append(seen, slices.Clone(c.numbers))
		}
	}
	if len(c.line) == 0 {
		t.Skip("no two threads ran at once in 20 s: the host is too busy")
	}
	if want := []string{CanaryClock, CanarySort, CanaryLine}; !slices.Equal(units(c.Values()), want) {
		t.Errorf("got units %v, want %v", units(c.Values()), want)
	}
	if slices.Equal(seen[0], seen[1]) || !slices.IsSorted(seen[0]) {
		t.Error("a row sorts the numbers of the one before, or does not sort")
	}
	for _, v := range c.Values() {
		if v.V <= 0 {
			t.Errorf("%s is %v", v.Unit, v.V)
		}
	}
	c.Reset()
	if got := c.Values(); got != nil {
		t.Errorf("after Reset: got %v, want none", got)
	}
	c.Close()
	if got := runtime.NumGoroutine(); got > goroutines {
		t.Errorf("%d goroutines after Close, %d before", got, goroutines)
	}
}

// TestCanariesAllocateNothing: no garbage between the slots.
func TestCanariesAllocateNothing(t *testing.T) {
	c := NewCanaries()
	defer c.Close()
	if n := testing.AllocsPerRun(100, c.Sing); n != 0 {
		t.Errorf("%v allocations a row, want 0", n)
	}
}

// TestCanariesWithOneCPU: no pair without a second thread, and no wait for it.
func TestCanariesWithOneCPU(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	c := NewCanaries()
	defer c.Close()
	c.Sing()
	if c.pair != nil {
		t.Error("there is a second thread")
	}
	if want := []string{CanaryClock, CanarySort}; !slices.Equal(units(c.Values()), want) {
		t.Errorf("got units %v, want %v", units(c.Values()), want)
	}
}

func TestCanaryKey(t *testing.T) {
	for _, unit := range []string{CanaryClock, CanarySort, CanaryLine} {
		if !strings.Contains(CanaryKey(), unit) {
			t.Errorf("%q does not say what %s is", CanaryKey(), unit)
		}
	}
}
