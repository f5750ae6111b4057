//go:build race || explore

package at

// Slot is a word of a ring; see slot.go.
type Slot[T any] struct{ Pointer[T] }
