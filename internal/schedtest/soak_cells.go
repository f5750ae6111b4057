package schedtest

import (
	"sync"
	"sync/atomic"
)

// Cells are what the tasks of one soak round fill, each its own. What a task does
// follows from its number, so that all of it is known afterwards.
type Cells struct {
	cells    []atomic.Uint32
	seed     uint64
	panics   bool         // some tasks panic
	detached atomic.Int64 // panics that nobody joins
	wrong    atomic.Int64 // joins with another task's result or panic

	mu     sync.Mutex
	wakers []Waker // of tasks that wait for a goroutine
}

// CellWait is what a task does before it fills its cell.
type CellWait uint8

const (
	WaitNot          CellWait = iota
	WaitYield                 // yields
	WaitSelf                  // pending, woken by itself before
	WaitSelfOutside           // so, through the Waker for outside
	WaitForTask               // pending, woken by a task that it spawns
	WaitForGoroutine          // pending, woken from outside
	cellWaits                 // how many there are
)

// CellDivide is how a task has the rest of its cells filled, by two children.
type CellDivide uint8

const (
	SpawnBoth         CellDivide = iota
	JoinYoungestFirst            // forks both
	JoinOldestFirst              // forks both
	SpawnOnTop                   // forks one, spawns the other one on top of it
	cellDivides                  // how many there are; a power of two
)

const (
	waitOften       = 1 << 4  // of so many tasks one waits for each reason
	forkedWaitOften = 1 << 14 // and of so many forked ones for a long one
	panicOften      = 1 << 12 // and one panics, in a round with panics
)

// hash spreads i over 64 bits (the finaliser of splitmix64).
func (c *Cells) hash(i int64) uint64 {
	z := uint64(i) + c.seed
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Wait says what task i does at its first poll. While a task that yielded or waits
// for a goroutine is joined, its joiner runs all others on top of itself, which
// wait in joins too: this has to be seldom.
func (c *Cells) Wait(i int64, forked bool) CellWait {
	h := c.hash(i)
	w := CellWait(h % (waitOften * uint64(cellWaits)))
	switch {
	case w >= cellWaits:
		return WaitNot
	case forked && (w == WaitYield || w == WaitForGoroutine) && h>>16%(forkedWaitOften/waitOften) != 0:
		return WaitSelf
	}
	return w
}

// Divide says how task i divides its rest. With panics there are few joins: those
// that help nest deep, and each panic costs a look at the whole stack.
func (c *Cells) Divide(i int64) CellDivide {
	h := c.hash(i) >> 32
	if c.panics && h>>8%16 != 0 {
		return SpawnBoth
	}
	return CellDivide(h % uint64(cellDivides))
}

// SomePanic reports whether any task panics.
func (c *Cells) SomePanic() bool { return c.panics }

// Panics reports whether task i panics at its end, with its number.
func (c *Cells) Panics(i int64) bool { return c.panics && c.hash(i)>>40%panicOften == 0 }

// Fill fills cell i.
func (c *Cells) Fill(i int64) { c.cells[i].Add(1) }

// Hand gives the Waker of a task to a goroutine outside.
func (c *Cells) Hand(k Waker) {
	c.mu.Lock()
	c.wakers = append(c.wakers, k)
	c.mu.Unlock()
}

// Detached counts a panic that nobody joins.
func (c *Cells) Detached() { c.detached.Add(1) }

// Joined checks what the join of task i came to.
func (c *Cells) Joined(i, result int64, panicked any) {
	if c.Panics(i) {
		if panicked != any(i) {
			c.wrong.Add(1)
		}
	} else if panicked != nil || result != i {
		c.wrong.Add(1)
	}
}

// reset makes all cells empty for another round.
func (c *Cells) reset(n int, seed uint64, panics bool) {
	if len(c.cells) != n {
		c.cells = make([]atomic.Uint32, n)
	}
	clear(c.cells)
	c.seed, c.panics = seed, panics
	c.detached.Store(0)
	c.wrong.Store(0)
}

// wake wakes all that wait for a goroutine, and reports whether any did.
func (c *Cells) wake() bool {
	c.mu.Lock()
	wakers := c.wakers
	c.wakers = nil
	c.mu.Unlock()
	for _, k := range wakers {
		k.Wake()
	}
	return len(wakers) > 0
}

// count is how many cells were never filled, and how many fills were too many.
func (c *Cells) count() (lost, duplicate int64) {
	for i := range c.cells {
		switch n := c.cells[i].Load(); n {
		case 1:
		case 0:
			lost++
		default:
			duplicate += int64(n) - 1
		}
	}
	return lost, duplicate
}
