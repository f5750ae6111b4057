package main

// check is a way to find bugs: some tests, built in one way. Two checks of
// different kinds are independent: they look in different ways.
type check struct {
	kind string
	pkg  string // folder
	tags string
	race bool
	run  string // which tests
	long bool   // the whole tests, which without a bug take longer than a bug may
}

const base = "impls/chaselev"

// The kinds of checks, and what each is good at.
const (
	explored     = "explored"     // all schedules of a few preemptions (package explore)
	linearizable = "linearizable" // histories of queues, judged by porcupine
	conformance  = "conformance"  // the suite of package schedtest, under the Go scheduler
	unit         = "unit"         // a scheduler's own tests
	race         = "race"         // any of them under the race detector
	layout       = "layout"       // where fields are
	equal        = "equal"        // batched against unbatched on the same schedule
)

func explores(run string) check { return check{explored, base, "explore", false, run, false} }
func conforms(run string) check {
	return check{conformance, base, "smallqueue,invariants", false, "TestConformance/" + run, false}
}
func withoutBlocking(run string) check {
	return check{conformance, base, "smallqueue,invariants", false, "TestConformanceNoBlocking/" + run, false}
}
func tests(run string) check { return check{unit, base, "smallqueue,invariants", false, run, false} }
func races(run string) check { return check{race, base, "smallqueue", true, run, false} }
func lays(run string) check  { return check{layout, "impls", "", false, run, false} }
func equals(run string) check {
	return check{equal, "impls", "explore", false, "TestBatchedEqualsUnbatched/" + run, false}
}
func histories(run string) check { return check{linearizable, base, "smallqueue", false, run, true} }

func (c check) String() string { return c.kind + " " + c.run }
