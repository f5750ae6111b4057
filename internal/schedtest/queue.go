//go:build !smallqueue && !explore

package schedtest

// queueCapacity is that of the local queues under test.
const queueCapacity = 256
