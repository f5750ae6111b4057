package analysis

import "slices"

// rungs are what each level brings: by itself the base's two parts first, then what
// the base has besides, then what can be switched on.
var rungs = []Part{
	{"counters", "noclock", NoMetrics},
	{"counters, one by one", "batchless", NoMetrics},
	{"clock", Base, "noclock"},
	{"stable level only", "stable", NoMetrics},
	{"task dumps", Base, "nodump"},
	{"submit all totals", "allcells", Base},
	{"poll times, linear", "polltimes", Base},
	{"poll times, log", "polltimeslog", Base},
}

// fewRungs are no ladder.
const fewRungs = 3

// Rungs are those that a recording with these lanes has; none if they are few.
func Rungs(lanes []string) []Part {
	var has []Part
	for _, r := range rungs {
		if slices.Contains(lanes, r.Of) && slices.Contains(lanes, r.Over) {
			has = append(has, r)
		}
	}
	if len(has) < fewRungs {
		return nil
	}
	return has
}
