//go:build !explore

package at

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// The types of sync and sync/atomic.
type (
	Bool           = atomic.Bool
	Int64          = atomic.Int64
	Uint32         = atomic.Uint32
	Uint64         = atomic.Uint64
	Pointer[T any] = atomic.Pointer[T]
	Mutex          = sync.Mutex
	WaitGroup      = sync.WaitGroup

	// Counter is a Uint64 that counts events: what a scheduler does never depends
	// on it.
	Counter = atomic.Uint64
)

// Gosched lets other goroutines run.
func Gosched() { runtime.Gosched() }

// Sleep waits for something to change.
func Sleep(d time.Duration) { time.Sleep(d) }
