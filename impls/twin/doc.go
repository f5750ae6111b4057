// Package twin is the base, byte for byte, under another name. What the harness
// finds between it and the base is noise: code placement, order, luck. A
// difference smaller than that is not claimed.
package twin
