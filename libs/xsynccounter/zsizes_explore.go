// Code generated from ../../impls/chaselev/sizes_explore.go by go generate ./impls; DO NOT EDIT.

//go:build explore

package xsynccounter

// Sizes of the explored schedulers: few steps reach every corner.
const (
	queueCapacity = 4
	searchRounds  = 1
	firstRing     = 2
	keepRing      = 4
	freeBatch     = 2
)
