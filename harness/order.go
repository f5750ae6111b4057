package harness

import (
	"math/rand/v2"
	"slices"
)

// order deals out rows: who runs when. Two variants run as a quad, ABBA or BAAB
// by coin flip. More run in rows of a Williams square, in which every variant
// stands once at every position and once after every other (twice, for an odd
// number): neither position nor predecessor favours anyone.
//
// Source: Williams, "Experimental designs balanced for the estimation of
// residual effects of treatments", Aust. J. Chem. 2, 1949.
type order struct {
	random *rand.Rand
	k      int
	rows   [][]int // of the square in use, yet to be dealt
}

func newOrder(k int, seed uint64) *order {
	return &order{random: rand.New(rand.NewPCG(seed, 0)), k: k}
}

// next returns the variants' indices in the order of the next row's slots.
func (o *order) next() []int {
	if len(o.rows) == 0 {
		o.rows = o.square()
	}
	row := o.rows[0]
	o.rows = o.rows[1:]
	return row
}

// square is a new square with its labels and its rows permuted.
func (o *order) square() [][]int {
	if o.k == 2 {
		quad := []int{0, 1, 1, 0}
		if o.random.IntN(2) == 1 {
			quad = []int{1, 0, 0, 1}
		}
		return [][]int{quad}
	}
	rows := williams(o.k)
	labels := o.random.Perm(o.k)
	for _, row := range rows {
		for i, v := range row {
			row[i] = labels[v]
		}
	}
	o.random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}

// williams returns k rows for an even k, and 2k, each with its mirror image,
// for an odd one.
func williams(k int) [][]int {
	first := make([]int, k) // 0, 1, k-1, 2, k-2, ...
	for i := range first {
		if i%2 == 1 {
			first[i] = (i + 1) / 2
		} else if i > 0 {
			first[i] = k - i/2
		}
	}
	var rows [][]int
	for shift := range k {
		row := make([]int, k)
		for i, v := range first {
			row[i] = (v + shift) % k
		}
		rows = append(rows, row)
		if k%2 == 1 {
			mirror := slices.Clone(row)
			slices.Reverse(mirror)
			rows = append(rows, mirror)
		}
	}
	return rows
}
