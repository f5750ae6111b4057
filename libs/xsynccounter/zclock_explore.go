// Code generated from ../../impls/chaselev/clock_explore.go by go generate ./impls; DO NOT EDIT.

//go:build explore

package xsynccounter

import (
	"time"

	"stealbench/internal/explore"
)

const haveClock = true

var epoch = time.Now()

// now counts steps: the same under the same schedule.
func now() int64 { return int64(explore.Now()) }
