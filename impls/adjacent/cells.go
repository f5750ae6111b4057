package adjacent

import (
	"unsafe"

	"stealbench/internal/at"
)

const (
	lineSize = 64           // bytes that caches exchange
	perLine  = lineSize / 8 // workers whose words are on one line
)

// bucketPad is none: workers' histograms of poll times follow each other.
const bucketPad = 0

// counter is the word of one worker on a line that others have words on.
type counter struct {
	at.Counter
	_ [lineSize - 8]byte // the words of the next workers, and of those before
}

// gauge and bucket are published: written by their owner, read by anyone.
type (
	gauge  = counter
	bucket = at.Counter
)

// cells are one worker's counters, one on each line. Those of the next worker begin
// one word further on: they lie in the gaps.
type cells struct {
	extendedCells                    // first: of no size at the stable level, and padded if last
	busy, parkCount, parkUnparkCount counter
}

// block holds the cells of perLine workers, the last of which end a word before it
// does. The allocator begins what has its size on a line, whatever the level.
type block struct {
	first cells
	_     [lineSize]byte
}

// newCells makes the cells of n workers.
func newCells(n int) []*cells {
	each := make([]*cells, n)
	var b *block
	for i := range each {
		if i%perLine == 0 {
			b = new(block)
		}
		each[i] = (*cells)(unsafe.Add(unsafe.Pointer(b), i%perLine*8))
	}
	return each
}
