// Package stat holds the few statistics that tables and figures need. What
// montanaflynn/stats, gonum or benchmath has is called, not written again; what
// they lack (intervals over cells) is small and tested against published values
// or R.
//
// What the values are: a cell is one process of one linker layout, its estimate
// the median of the log ratios of its rows. Cells are independent, rows of one
// cell are not. A function over cells takes one value for each.
//
//	describe.go      describing a sample
//	interval.go      mean with t interval, median with its own; the sign test
//	nested.go        the interval over layouts, processes and rows
//	components.go    how much of the variance each of the three adds
//	allocation.go    how often to repeat each
//	signflip.go      the test of a published claim, over cells
//	maxt.go          the same for a family of comparisons
//	holm.go          a family's p values, from whatever test
//	simultaneous.go  a family's intervals
//	mde.go           the smallest effect that would be seen
//	tost.go          whether an effect is shown to be small
//	evalue.go        evidence that may be looked at after each cell
//	bootstrap.go     a ratio of differences, no distribution assumed
//	fieller.go       the same for normal cells: the check on it
//	utest.go         benchstat's test
//
// Every function refuses NaN and Inf, and no values at all: a bad value is found
// here and not as a silently wrong centre in a table. Too few values for an
// interval give an unbounded one.
package stat
