// Package recording is the format of results: what a run writes and what
// compare, plot and paper read.
//
// A recording is a folder results/<date>-<host>/ with one file per variant,
// <variant>.txt, in the Go benchmark format, so that benchstat reads it
// unchanged. Files are raw and append-only: a recording is added, never edited.
//
//	# stealbench recording, format 1
//	commit: 1a2b3c4
//	variants: chaselev twin nometrics batchless mutexqueue sharedline
//	cells: 208
//	Unit ns/task better=lower
//	Unit xbase better=lower
//	Unit tasks/op assume=exact
//	BenchmarkYieldMany/impl=twin/size=default/workers=2/layout=0/proc=3 120 21.31 ns/task 1.002 xbase 3193 tasks/op
//	# cell workload=yield_many size=default workers=2 layout=0 proc=3 lines=1 crc32=1a2b3c4d
//	# complete cells=208
//
// File keys are the same in every file of a recording, otherwise benchstat
// would put each file in a table of its own. A benchmark line is one block of
// slots of one cell; its iteration count is the number of slots. The lines of
// one cell and the "# cell" line that ends them are one record: one write, one
// fsync. A cell counts only if every variant's file has its record, so that a
// kill between two files leaves the cell absent, not half there.
//
// The complete line says that the run came to its end; without it the recording
// is incomplete. A run that goes on with an incomplete recording cuts what never
// was a whole cell and says so where it began, between two records:
//
//	# resumed at=2026-11-26T02:00:00Z cut-bytes=177
//
// In the time of a file's records there is a gap there, and maybe a reboot.
package recording
