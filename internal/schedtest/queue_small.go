//go:build smallqueue

package schedtest

const queueCapacity = 4
