// Code generated from ../../impls/chaselev/clock_counted.go by go generate ./impls; DO NOT EDIT.

//go:build countclock && !noclock

package promcounter

import (
	"sync/atomic"
	"time"
)

// A clock that counts its readers, and that goes on only when it is read: for
// tests (clock_counted_test.go) and for exact counts (internal/counts), where
// what the scheduler does must be the same in every run.
const haveClock = true

var (
	epoch      = time.Now()
	clockReads atomic.Int64
)

// clockStep is such that an event interval of 244 ticks takes 20 ns a tick, or 40.
const clockStep = 244 * 20

// now goes on by one step and by two in turn: times differ from one stretch to
// the next, as they do on a real clock.
func now() int64 {
	n := clockReads.Add(1)
	return clockStep * (n + n/2)
}
