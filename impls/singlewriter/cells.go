package singlewriter

import "stealbench/internal/at"

// cellsSize is the stride of the published counters of two workers.
const cellsSize = 256

// bucketPad keeps two workers' histograms of poll times on lines apart.
const bucketPad = cacheLine / 8

// counter is published: written by its owner alone, read by anyone.
type counter struct{ at.Counter }

// Add stores the sum. Only the owner may call it.
func (c *counter) Add(n uint64) { c.Store(c.Load() + n) }

type (
	gauge  = counter
	bucket = counter
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
