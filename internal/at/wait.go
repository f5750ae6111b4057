//go:build !explore

package at

// Permit lets one waiting goroutine go on. It is sticky: one given before it is
// waited for is kept, a second one is not.
type Permit struct{ c chan struct{} }

// NewPermit returns one that is not given.
func NewPermit() Permit { return Permit{make(chan struct{}, 1)} }

// Take waits until the permit is given and takes it.
func (p Permit) Take() { <-p.c }

// Give gives the permit, unless it is given already.
func (p Permit) Give() {
	select {
	case p.c <- struct{}{}:
	default:
	}
}

// Given reports whether the permit is given now; for tests.
func (p Permit) Given() bool { return len(p.c) == 1 }

// Gate holds up whoever waits until it is opened, once and for all.
type Gate struct{ c chan struct{} }

// NewGate returns a closed one.
func NewGate() Gate { return Gate{make(chan struct{})} }

// Open opens the gate; to be called once.
func (g Gate) Open() { close(g.c) }

// Wait waits until the gate is open.
func (g Gate) Wait() { <-g.c }

// Opened is closed when the gate is open, for use in a select.
func (g Gate) Opened() <-chan struct{} { return g.c }
