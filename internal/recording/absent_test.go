package recording

import "testing"

// TestAbsentBlocks: a block says why it has no time with one unit alone; all others
// must have their times.
func TestAbsentBlocks(t *testing.T) {
	for _, unit := range AbsentUnits {
		b := AbsentBlock(unit)
		if err := b.check(); err != nil || b.Absent() != unit {
			t.Errorf("%s: %v, %q", unit, err, b.Absent())
		}
		b.Values = append(b.Values, Value{NsPerTask, 3})
		if b.check() == nil || b.Absent() != "" {
			t.Errorf("%s and a time: is taken", unit)
		}
	}
	if (Block{Slots: 1, Values: []Value{{"polls/op", 1}}}).check() == nil {
		t.Error("a block of one other unit is taken")
	}
}
