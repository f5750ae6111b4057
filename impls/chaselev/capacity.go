//go:build !smallqueue

package chaselev

// queueCapacity is tokio's LOCAL_QUEUE_CAPACITY; a power of two.
const queueCapacity = 256
