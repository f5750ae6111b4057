// Package batchless is the base with the batch taken away: every event is an
// atomic add, at once, on the worker's own published counters. The layout stays
// tokio's, one worker's counters never share a line with another's, so writers
// do not contend: what it costs over the base is the locked instruction.
package batchless
