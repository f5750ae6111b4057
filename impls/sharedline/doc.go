// Package sharedline is the base with an atomic add per event on one set of
// counters for all workers. It is the only variant in which writers contend for
// a line, and what many mean by unbatched metrics. The snapshot has one element:
// the sum of all workers.
package sharedline
