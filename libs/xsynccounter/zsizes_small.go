// Code generated from ../../impls/chaselev/sizes_small.go by go generate ./impls; DO NOT EDIT.

//go:build smallqueue && !explore

package xsynccounter

// queueCapacity of the tests under -tags smallqueue: the owner comes back to a
// slot while a thief is still at it.
const queueCapacity = 4

const searchRounds = 128

const (
	firstRing = 4
	keepRing  = 16
	freeBatch = 4
)
