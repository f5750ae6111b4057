package recording

import "slices"

// Units of a block without a time. They say why a peer, a competitor that is measured
// beside the variants, has none in this cell; such a block holds nothing else.
const (
	Hung    = "hung"         // did not answer within the timeout, or did not come to rest
	Wrong   = "wrong-answer" // gave another answer than the right one
	Failed  = "peer-failed"  // ended, or answered an error
	Lacks   = "no-such-work" // has no way to do the workload
	Untried = "not-tried"    // is out of this comparison since an earlier cell
)

// AbsentUnits are all of them.
var AbsentUnits = []string{Hung, Wrong, Failed, Lacks, Untried}

// Absent is the unit that says why the block has no time, "" if it has one.
func (b Block) Absent() string {
	if len(b.Values) == 1 && slices.Contains(AbsentUnits, b.Values[0].Unit) {
		return b.Values[0].Unit
	}
	return ""
}

// AbsentBlock is the block of a peer without a time.
func AbsentBlock(unit string) Block { return Block{Slots: 1, Values: []Value{{Unit: unit, V: 1}}} }

// Absent is why a variant has no time in the cell, "" if it has one.
func (c CellData) Absent(variant string) string {
	for _, b := range c.Blocks[variant] {
		if unit := b.Absent(); unit != "" {
			return unit
		}
	}
	return ""
}
