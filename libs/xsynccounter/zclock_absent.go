// Code generated from ../../impls/chaselev/clock_absent.go by go generate ./impls; DO NOT EDIT.

//go:build noclock

package xsynccounter

import "time"

const haveClock = false

var epoch time.Time

func now() int64 { return 0 }
