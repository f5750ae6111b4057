// Code generated from ../../impls/chaselev/clock.go by go generate ./impls; DO NOT EDIT.

//go:build !noclock && !countclock && !explore

package xsynccounter

import "time"

// haveClock is false on a platform without a clock (-tags noclock): then
// durations stay 0.
const haveClock = true

var epoch = time.Now()

// now is the monotonic clock in ns; the one place where the scheduler and its
// metrics look at it.
func now() int64 { return int64(time.Since(epoch)) }
