package recording

import "slices"

// The units that flag a block, and with it its cell: the cell is kept, and left
// out of comparisons. A block has one only if its value is above 0.
const (
	// ThrottledPeriods is how many periods of a CPU quota ended with the own
	// cgroup, or one above it, stopped.
	ThrottledPeriods = "throttled-periods"
	// ThrottledNs is for how long they were stopped, ns.
	ThrottledNs = "throttled-ns"
	// ClockSteps is how often the wall clock moved otherwise than the
	// monotonic one, or the monotonic one did not move: a set clock, or a
	// guest that was stopped or moved.
	ClockSteps = "clock-steps"
	// WrongAnswers is how many slots did not compute what they should.
	WrongAnswers = "wrong-answers"
)

// FlagUnits are these units.
var FlagUnits = []string{ThrottledPeriods, ThrottledNs, ClockSteps, WrongAnswers}

// Flags are the units that flag the cell, in the order of FlagUnits.
func (c CellData) Flags() []string {
	var flags []string
	for _, unit := range FlagUnits {
		for _, blocks := range c.Blocks {
			if slices.ContainsFunc(blocks, func(b Block) bool { v, _ := b.Get(unit); return v > 0 }) {
				flags = append(flags, unit)
				break
			}
		}
	}
	return flags
}

// Flagged is how many cells have each flag, and how many have any.
func (r *Recording) Flagged() (byUnit map[string]int, cells int) {
	byUnit = map[string]int{}
	for _, c := range r.Cells {
		flags := c.Flags()
		for _, unit := range flags {
			byUnit[unit]++
		}
		cells += min(len(flags), 1)
	}
	return byUnit, cells
}
