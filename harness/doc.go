// Package harness runs the variants side by side and writes what it finds into
// a recording. A run goes through these files:
//
//	registry.go, workload.go   what can be run: the two tables
//	plan.go                    variants x workloads x workers x repetitions: cells
//	run.go                     one process per cell, shuffled; progress; recording
//	cell.go                    in that process: rows of slots, answers checked
//	order.go, slot.go          who runs when in a row; one timed call
//	open.go, latency.go        an open loop: when tasks come, and their latencies
//	block.go                   what a block of rows records, and what flags it
//	watch.go, audit.go         readers of counters; how late counters are: freshness.go
//	pin.go, layout.go          which CPUs a cell has; linker layouts
//	bench.go                   the usual way, which power compares with
//
// The statistics are not here: what a cell reports are medians over blocks of
// its rows, and internal/analysis goes on from there.
package harness
