// Code generated from ../chaselev/sizes.go by go generate ./impls; DO NOT EDIT.

//go:build !smallqueue && !explore

package adjacent

// queueCapacity is tokio's LOCAL_QUEUE_CAPACITY; a power of two.
const queueCapacity = 256

// searchRounds is how often a worker without work looks before it parks (park.go).
const searchRounds = 128

// Lengths of the injection queue's ring, powers of two. One that a burst made longer
// than keepRing is given back when it is empty.
const (
	firstRing = 256
	keepRing  = 1 << 16
)

// freeBatch is how many free tasks move at once, at most what fits Task.depth.
const freeBatch = 255
