// Package mva solves closed queueing networks exactly, by mean value analysis
// (Reiser and Lavenberg, Mean-Value Analysis of Closed Multichain Queuing Networks,
// J. ACM 27(2), 1980): some customers go round between a delay, where none waits for
// another (their think time), and stations that serve one at a time.
//
// In the study the customers are workers, the think time is the work of a task, and
// the station is a cache line that every worker adds to.
package mva
