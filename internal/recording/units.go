package recording

import (
	"fmt"
	"math"
	"strings"
)

// Unit is what a "Unit" line tells benchstat about a measure.
type Unit struct {
	Name string
	Meta string // "better=lower", "assume=exact"
}

// standardUnits are in every file. They come last in the header, so that a
// header cut short is known by their absence.
var standardUnits = []Unit{
	{NsPerTask, "better=lower"},
	{XBase, "better=lower"},
	{TasksPerOp, "assume=exact"},
}

func (u Unit) line() string { return "Unit " + u.Name + " " + u.Meta }

func (u Unit) check() error {
	if !unitRE.MatchString(u.Name) {
		return fmt.Errorf("unit %q: use letters, digits and / . _ %% -", u.Name)
	}
	if u.Meta != "better=lower" && u.Meta != "better=higher" && u.Meta != "assume=exact" {
		return fmt.Errorf("unit %s: %q: want better=lower, better=higher or assume=exact", u.Name, u.Meta)
	}
	return nil
}

// check is the one gate for values, on the way in and on the way out: one NaN
// makes benchstat eat all memory (golang/go#77987).
func (b Block) check() error {
	if b.Slots < 1 {
		return fmt.Errorf("%d slots: want at least 1", b.Slots)
	}
	seen := map[string]bool{}
	for _, v := range b.Values {
		switch {
		case !unitRE.MatchString(v.Unit):
			return fmt.Errorf("unit %q: use letters, digits and / . _ %% -", v.Unit)
		case seen[v.Unit]:
			return fmt.Errorf("two values of %s in one line", v.Unit)
		case math.IsNaN(v.V) || math.IsInf(v.V, 0):
			return fmt.Errorf("%v %s is not finite", v.V, v.Unit)
		case v.V < 0:
			return fmt.Errorf("%v %s is negative", v.V, v.Unit)
		case v.V == 0 && (v.Unit == NsPerTask || v.Unit == XBase):
			return fmt.Errorf("%s is zero", v.Unit)
		}
		seen[v.Unit] = true
	}
	if b.Absent() != "" {
		return nil
	}
	var missing []string
	for _, u := range standardUnits {
		if !seen[u.Name] {
			missing = append(missing, u.Name)
		}
	}
	if missing != nil {
		return fmt.Errorf("no value of %s", strings.Join(missing, ", "))
	}
	return nil
}

// Get is the value of unit in b.
func (b Block) Get(unit string) (float64, bool) {
	for _, v := range b.Values {
		if v.Unit == unit {
			return v.V, true
		}
	}
	return 0, false
}
