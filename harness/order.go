package harness

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"slices"
	"strings"

	"stealbench/internal/recording"
)

// CellSeed is the seed of a cell: of its plan's seed and its own name only, so
// that it is the same wherever and after whatever the cell runs.
func CellSeed(seed uint64, c recording.Cell) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %v", seed, c)
	return h.Sum64()
}

// What a cell draws from its seed, each from a stream of its own.
const (
	streamOrder    = iota // of the slots
	_                     // of the cells in a plan, whose seed is another
	streamOpen            // gaps on the heap, and which scheduler is opened when
	streamPad             // the environment's pad
	streamAudit           // when an audit looks, of the seed and the lane's place
	streamArrivals        // of an open loop
)

// seedsKey says so in a recording.
const seedsKey = "cell: FNV-1a-64 of the seed, a space and the cell as its line spells it; of it by PCG streams: slots 0, heap gaps and opening 2, environment pad 3, looks of an audit 4, with the lane's place added to the seed, arrivals 5"

// environment is that of a cell's process: ours and a pad of 0 to maxPad bytes.
// The kernel puts the environment above the main thread's stack, so its length
// moves that (Mytkowicz et al., "Producing wrong data without doing anything
// obviously wrong!", ASPLOS 2009); Go's goroutines have their stacks on the
// heap, which the gaps between schedulers move.
func environment(cellSeed uint64) []string {
	n := rand.New(rand.NewPCG(cellSeed, streamPad)).IntN(maxPad + 1)
	return append(os.Environ(), padName+"="+strings.Repeat("x", n))
}

const (
	padName = "STEALBENCH_PAD"
	maxPad  = 4096 // a page: beyond it positions repeat
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
	return &order{random: rand.New(rand.NewPCG(seed, streamOrder)), k: k}
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
