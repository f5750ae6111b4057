// Code generated from ../chaselev/clock_counted.go by go generate ./impls; DO NOT EDIT.

//go:build countclock && !noclock

package stable

import (
	"sync/atomic"
	"time"
)

// A clock that counts its readers, for tests (clock_counted_test.go).
const haveClock = true

var (
	epoch      = time.Now()
	clockReads atomic.Int64
)

func now() int64 {
	clockReads.Add(1)
	return int64(time.Since(epoch))
}
