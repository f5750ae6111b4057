package harness

import "testing"

// TestWilliamsBalance: each variant equally often at each position and after
// each other variant.
func TestWilliamsBalance(t *testing.T) {
	for k := 1; k <= 9; k++ {
		o := newOrder(k, 1)
		rows := o.square()
		if k == 2 {
			continue // a quad, below
		}
		want := len(rows) / max(k, 1)
		at, after := map[[2]int]int{}, map[[2]int]int{}
		for _, row := range rows {
			for i, v := range row {
				at[[2]int{v, i}]++
				if i > 0 {
					after[[2]int{row[i-1], v}]++
				}
			}
		}
		for a := range k {
			for b := range k {
				if got := at[[2]int{a, b}]; got != want {
					t.Errorf("k=%d: variant %d is %d times at position %d, want %d", k, a, got, b, want)
				}
				if got := after[[2]int{a, b}]; a != b && got != want {
					t.Errorf("k=%d: %d follows %d %d times, want %d", k, b, a, got, want)
				}
			}
		}
	}
}

// TestQuads: both quads come up, and nothing else.
func TestQuads(t *testing.T) {
	o := newOrder(2, 7)
	seen := map[[4]int]int{}
	for range 200 {
		seen[[4]int(o.next())]++
	}
	if len(seen) != 2 || seen[[4]int{0, 1, 1, 0}] < 60 || seen[[4]int{1, 0, 0, 1}] < 60 {
		t.Errorf("got quads %v, want about 100 of ABBA and of BAAB", seen)
	}
}

// TestOrderIsSeeded: the same seed gives the same rows, another one others.
func TestOrderIsSeeded(t *testing.T) {
	deal := func(seed uint64) (rows [][]int) {
		o := newOrder(6, seed)
		for range 12 {
			rows = append(rows, o.next())
		}
		return rows
	}
	same := func(a, b [][]int) bool {
		for i := range a {
			for j := range a[i] {
				if a[i][j] != b[i][j] {
					return false
				}
			}
		}
		return true
	}
	if !same(deal(3), deal(3)) || same(deal(3), deal(4)) {
		t.Error("rows do not follow the seed")
	}
}
