// Code generated from ../chaselev/capacity.go by go generate ./impls; DO NOT EDIT.

//go:build !smallqueue

package stable

// queueCapacity is tokio's LOCAL_QUEUE_CAPACITY; a power of two.
const queueCapacity = 256
