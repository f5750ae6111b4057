// Package mutexbatchless has the queue of mutexqueue and the metrics of batchless. It
// completes the square of queue and metrics: does what a count costs depend on the
// queue?
package mutexbatchless
