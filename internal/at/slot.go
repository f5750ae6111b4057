//go:build !race && !explore

package at

import (
	"sync/atomic"
	"unsafe"
)

// Slot is a word of a ring that one goroutine writes and others read before they
// know that they may have what is in it. Store is a plain store: it is ordered before
// an atomic store that follows it, which is what tells the others to look. Whoever
// reads the slot without having seen that one may get another value, and throws it
// away when its CAS fails (Lê et al., PPoPP 2013: the slots' accesses are relaxed).
// A word is never torn (go.dev/ref/mem). Go's atomic store is an exchange on amd64.
//
// The race detector knows no such thing, and the explorer none either: there Store is
// atomic.
type Slot[T any] struct{ p *T }

// Load reads the slot. Safe for any goroutine.
func (s *Slot[T]) Load() *T {
	return (*T)(atomic.LoadPointer((*unsafe.Pointer)(unsafe.Pointer(&s.p))))
}

// Store writes the slot. Called only by the owner.
func (s *Slot[T]) Store(v *T) { s.p = v }
