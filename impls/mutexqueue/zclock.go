// Code generated from ../chaselev/clock.go by go generate ./impls; DO NOT EDIT.

package mutexqueue

import "time"

var epoch = time.Now()

// now is the monotonic clock in ns. It is nowhere but in metrics.
func now() int64 { return int64(time.Since(epoch)) }
