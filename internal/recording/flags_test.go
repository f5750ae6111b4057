package recording

import (
	"slices"
	"testing"
)

// TestFlags: one flagged block of one variant flags the cell; a 0 does not.
func TestFlags(t *testing.T) {
	block := func(unit string, v float64) []Block {
		return []Block{{Slots: 1}, {Slots: 1, Values: []Value{{NsPerTask, 1}, {unit, v}}}}
	}
	r := &Recording{Cells: []CellData{
		{Blocks: map[string][]Block{"a": block("polls/op", 3), "b": block(ThrottledPeriods, 0)}},
		{Blocks: map[string][]Block{"a": block("polls/op", 3), "b": block(WrongAnswers, 2)}},
		{Blocks: map[string][]Block{"a": block(WrongAnswers, 1), "b": block(ThrottledNs, 7)}},
		{Blocks: map[string][]Block{"a": block(ClockSteps, 1), "b": block(ClockSteps, 1)}},
	}}
	for i, want := range [][]string{nil, {WrongAnswers}, {ThrottledNs, WrongAnswers}, {ClockSteps}} {
		if got := r.Cells[i].Flags(); !slices.Equal(got, want) {
			t.Errorf("cell %d: got flags %v, want %v", i, got, want)
		}
	}
	if by, cells := r.Flagged(); cells != 3 || by[WrongAnswers] != 2 || by[ThrottledNs] != 1 || by[ClockSteps] != 1 || by[ThrottledPeriods] != 0 {
		t.Errorf("got %d cells, %v", cells, by)
	}
}
