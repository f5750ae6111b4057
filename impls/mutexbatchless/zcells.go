// Code generated from ../batchless/cells.go by go generate ./impls; DO NOT EDIT.

package mutexbatchless

import "stealbench/internal/at"

// cellsSize is the stride of the published counters of two workers.
const cellsSize = 256

// bucketPad keeps two workers' histograms of poll times on lines apart.
const bucketPad = cacheLine / 8

// counter, gauge and bucket are published: written by their owner, read by anyone.
type (
	counter = at.Counter
	gauge   = at.Counter
	bucket  = at.Counter
)

// cells are one worker's counters. They never share a line with another's.
type cells struct {
	busy, parkCount, parkUnparkCount counter
	extendedCells
	_ [cellsSize - 3*8 - extendedCellsSize]byte
}

// newCells makes the cells of n workers.
func newCells(n int) []*cells {
	all := make([]cells, n)
	each := make([]*cells, n)
	for i := range all {
		each[i] = &all[i]
	}
	return each
}
