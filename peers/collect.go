package main

import (
	"runtime"
	"runtime/debug"
)

const (
	// collectAt is how much garbage may pile up before a collection between two
	// requests, as between two rows of stealbench.
	collectAt = 64 << 20
	// memoryLimit is a safety net for the host: only here do runs collect.
	memoryLimit = 4 << 30
)

// noCollection turns collection during runs off, as stealbench does.
func noCollection() {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(memoryLimit)
}

// collect collects if it is worth it.
func collect() {
	var m runtime.MemStats
	if runtime.ReadMemStats(&m); m.HeapAlloc > collectAt {
		runtime.GC()
	}
}
