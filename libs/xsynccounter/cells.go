package xsynccounter

import (
	"github.com/puzpuzpuz/xsync/v4"

	"stealbench/internal/at"
)

// bucketPad keeps the histogram of poll times on lines of its own.
const bucketPad = cacheLine / 8

// counter is the library's. One event is counted by its Inc.
type counter struct{ *xsync.Counter }

func (c *counter) Add(n uint64) { c.Counter.Add(int64(n)) }
func (c *counter) Load() uint64 { return uint64(c.Value()) }

// gauge and bucket stay atomics: the library has no gauge, and nobody would keep a
// histogram in counters of so many lines each.
type (
	gauge  = at.Counter
	bucket = at.Counter
)

// cells are the counters of all workers together. After newCells they are only read.
type cells struct {
	busy, parkCount, parkUnparkCount counter
	extendedCells
}

// newCells makes one set for all workers. A counter gets as many stripes as there are
// CPUs in use now.
func newCells(int) []*cells {
	c := new(cells)
	for _, p := range []*counter{
		&c.busy, &c.parkCount, &c.parkUnparkCount, &c.noopCount, &c.stealCount, &c.stealOperations, &c.stealAttempts,
		&c.pollCount, &c.spawnCount, &c.reschedules, &c.followUps, &c.unfinished, &c.overflowCount, &c.forcedYields,
	} {
		p.Counter = xsync.NewCounter()
	}
	return []*cells{c}
}
