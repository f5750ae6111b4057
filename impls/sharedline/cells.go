package sharedline

import "stealbench/internal/at"

// cellsSize is the size of the counters, on lines of their own.
const cellsSize = 256

// bucketPad keeps the histogram of poll times on lines of its own.
const bucketPad = cacheLine / 8

// counter, gauge and bucket are published: written by every worker, read by anyone.
type (
	counter = at.Counter
	gauge   = at.Counter
	bucket  = at.Counter
)

// cells are the counters of all workers together.
type cells struct {
	busy, parkCount, parkUnparkCount counter
	extendedCells
	_ [cellsSize - 3*8 - extendedCellsSize]byte
}

// newCells makes one set for all workers.
func newCells(int) []*cells { return []*cells{new(cells)} }
