package explore

import (
	"errors"
	"flag"
	"testing"
	"time"
)

var (
	schedule = flag.String("schedule", "", "replay this `schedule`, as a failure prints it, in the scenario that -run selects")
	seed     = flag.Uint64("explore.seed", 1, "first `seed` of the random walks")
	times    = flag.Int("explore.times", 1, "take this many `times` as many random walks")
)

// Bounds says how far a test goes: all schedules of at most Preemptions, or of
// InShort if that is given and the test is a short one, and some random walks.
type Bounds struct {
	Preemptions int
	InShort     int
	Walks       int
}

func (b Bounds) preemptions() int {
	if testing.Short() && b.InShort > 0 {
		return b.InShort
	}
	return b.Preemptions
}

// Limit is how many schedules one search of a test may take.
const Limit = 5_000_000

// fewest is how many schedules besides random ones the smallest scenario has.
const fewest = 50

// Check searches a scenario and reports the schedule of a failure.
func Check(t *testing.T, s Scenario, b Bounds) Result {
	t.Helper()
	return search(t, s, nil, b, nil)
}

// CheckPair is Check for Pair and PairWalk.
func CheckPair(t *testing.T, first, second Scenario, b Bounds, compare func() error) Result {
	t.Helper()
	return search(t, first, second, b, compare)
}

func search(t *testing.T, s, second Scenario, b Bounds, compare func() error) (sum Result) {
	t.Helper()
	began := time.Now()
	if *schedule != "" {
		err := error(nil)
		if second == nil {
			err = Replay(s, *schedule)
		} else {
			err = ReplayPair(s, second, *schedule, compare)
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("no failure under schedule %s", *schedule)
		return sum
	}
	try := func(how string, run func() (Result, error)) {
		t.Helper()
		r, err := run()
		sum.Schedules += r.Schedules
		sum.Steps += r.Steps
		sum.Longest = max(sum.Longest, r.Longest)
		if err != nil {
			if f := (*Failure)(nil); errors.As(err, &f) {
				t.Logf("replay: go test -tags explore -run '%s$' -schedule '%s' .", t.Name(), f.Schedule)
			}
			t.Fatalf("%s: %v", how, err)
		}
	}
	bound, walks := b.preemptions(), b.Walks**times
	if second == nil {
		try("depth first", func() (Result, error) { return DepthFirst(s, bound, Limit) })
		try("walk", func() (Result, error) { return Walk(s, *seed, walks) })
	} else {
		try("depth first", func() (Result, error) { return Pair(s, second, bound, Limit, compare) })
		try("walk", func() (Result, error) { return PairWalk(s, second, *seed, walks, compare) })
	}
	if sum.Schedules < walks+fewest {
		t.Errorf("got %d schedules with %d random ones, want %d and more besides: does the scenario still do anything?", sum.Schedules, walks, fewest)
	}
	t.Logf("%d schedules, %d steps, the longest %d: all of %d preemptions and %d random ones, %.1f s",
		sum.Schedules, sum.Steps, sum.Longest, bound, walks, time.Since(began).Seconds())
	return sum
}
