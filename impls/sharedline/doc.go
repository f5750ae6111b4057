// Package sharedline is batchless with one set of counters for all workers, and what
// many mean by unbatched metrics: every add contends for the line, and for the word.
// The snapshot has one element: the sum of all workers.
package sharedline
