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

// TestRules: what the cells break is told beside what was known before they ran.
func TestRules(t *testing.T) {
	recording := func(rules string, layouts, flagged int, unit string, complete bool) *Recording {
		r := &Recording{Keys: []Key{{"rules", rules}}, Complete: complete}
		for i := range layouts {
			b := Block{Slots: 1, Values: []Value{{NsPerTask, 1}}}
			if i < flagged {
				b.Values = append(b.Values, Value{unit, 1})
			}
			r.Cells = append(r.Cells, CellData{Cell: Cell{Workload: "fib", Workers: 1, Layout: i}, Blocks: map[string][]Block{"twin": {b}}})
		}
		return r
	}
	for _, row := range []struct {
		r    *Recording
		want string
	}{
		{recording("kept", 16, 0, "", true), "kept"},
		{recording("kept", 2, 0, "", true), "kept"}, // the run's own rules say that
		{recording("kept", 16, 0, "", false), "estimate (incomplete)"},
		{recording("kept", 16, 8, ClockSteps, true), "kept"},
		{recording("kept", 16, 9, ClockSteps, true), "estimate (flagged cells leave 7 of 8 linker layouts)"},
		{recording("estimate (shared host)", 9, 1, WrongAnswers, false), "estimate (shared host, incomplete, wrong answers)"},
		{recording("kept", 8, 8, WrongAnswers, true), "estimate (flagged cells leave 0 of 8 linker layouts, wrong answers)"},
	} {
		if got := row.r.Rules(); got != row.want {
			t.Errorf("got %q, want %q", got, row.want)
		}
	}
}
