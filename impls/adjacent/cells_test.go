package adjacent

import (
	"reflect"
	"testing"
	"unsafe"
)

// TestNeighbours wants each counter of eight workers on one line, and on that line
// nothing else.
func TestNeighbours(t *testing.T) {
	for _, workers := range []int{1, 2, 8, 9, 16, 33} {
		owner := map[uintptr]int{}   // of a line, by counter
		writers := map[uintptr]int{} // of a word
		lines := map[uintptr]int{}   // words on a line
		for _, c := range newCells(workers) {
			for i, w := range words(c) {
				p := uintptr(unsafe.Pointer(w))
				line := p / lineSize
				if n, ok := owner[line]; ok && n != i {
					t.Errorf("%d workers: got counters %d and %d on one line, want lines of their own", workers, n, i)
				}
				owner[line] = i
				writers[p]++
				lines[line]++
			}
		}
		for p, n := range writers {
			if n != 1 {
				t.Errorf("%d workers: got %d writers of the word at %#x, want one", workers, n, p)
			}
		}
		for line, n := range lines {
			if full := min(workers, perLine); n != full && n != workers%perLine {
				t.Errorf("%d workers: got %d words on line %#x, want %d, or %d on the last", workers, n, line, full, workers%perLine)
			}
		}
		counters := len(words(newCells(1)[0]))
		if got, want := len(lines), counters*((workers+perLine-1)/perLine); got != want {
			t.Errorf("%d workers: got %d lines, want %d: one a counter for every %d workers", workers, got, want, perLine)
		}
	}
}

// words returns a worker's counters.
func words(c *cells) (all []*counter) {
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		for i := range v.NumField() {
			if f := v.Field(i); f.Type() == reflect.TypeFor[counter]() {
				all = append(all, (*counter)(unsafe.Pointer(f.UnsafeAddr())))
			} else if f.Kind() == reflect.Struct {
				walk(f)
			}
		}
	}
	walk(reflect.ValueOf(c).Elem())
	return all
}

// TestWordsApart adds to each worker's counters and reads them back: no two cells
// share a word.
func TestWordsApart(t *testing.T) {
	all := newCells(2*perLine + 1)
	for i, c := range all {
		for _, w := range words(c) {
			w.Add(uint64(i) + 1)
		}
	}
	for i, c := range all {
		for j, w := range words(c) {
			if got := w.Load(); got != uint64(i)+1 {
				t.Errorf("worker %d, counter %d: got %d, want %d", i, j, got, i+1)
			}
		}
	}
}
