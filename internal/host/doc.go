// Package host holds what can be known about the host of a recording: its
// facts, how much it disturbed a run, what its cache lines and clock cost, and
// what it can and cannot answer.
//
//	h := host.Local()
//	keys := h.Facts()                    // file keys, in a fixed order
//	keys = append(keys, host.MeasureCosts().Keys()...)
//	before := h.Usage()
//	// the run
//	used := h.Usage().Sub(before)        // steal, run-queue wait, throttling
//
// Everything under /proc and /sys is read through Host.Root, so that a test
// can put any machine there. What can't be read says why, "n/a (ENOENT)", and
// is never 0 or empty: a zero would say that there was no disturbance. The
// name of the host is never recorded, nor are the paths of its cgroups.
//
// The package builds everywhere; away from Linux most facts are
// "n/a (not linux)".
package host
