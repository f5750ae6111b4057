// Package sched holds the types that every variant shares: configuration,
// results of a poll, counters and errors, and the interface through which the
// harness drives a variant, at the granularity of whole runs.
//
// Task and Worker are not here. They are part of the base and stamped into each
// variant, because a call through an interface or a type parameter costs more
// than the counts that the study measures.
package sched
