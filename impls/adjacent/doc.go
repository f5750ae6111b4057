// Package adjacent is batchless with the pads taken away: every event is an atomic
// add on a counter of the worker's own, but the same counter of up to eight workers
// is on one line, as in an array with an element for each worker. No word has two
// writers, and yet every add takes the line from the others: false sharing.
//
// Each counter has a line to itself, so that a worker's own counters are as far from
// each other for one worker as for eight.
package adjacent
