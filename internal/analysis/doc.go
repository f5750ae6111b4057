// Package analysis computes from a recording what tables and figures show. It
// does no input or output and prints nothing.
//
// A cell gives one estimate: the median over its blocks. A result is taken
// over the cells of one group (workload, size, workers), because cells are
// independent (another process, another linker layout) and blocks are not.
//
// No result is a bare number: it has an interval over cells, and beside it
// stands the floor, the largest difference between the base and its unchanged
// copy that the data allow. What does not rise above the floor is not claimed.
package analysis
