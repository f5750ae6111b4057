//go:build smallqueue || explore

package schedtest

const queueCapacity = 4
