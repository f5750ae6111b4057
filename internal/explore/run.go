package explore

import (
	"errors"
	"fmt"
)

// Scenario sets up an execution: the state, its threads and its checks.
type Scenario func(x *Execution)

// Result is what a search has seen.
type Result struct {
	Schedules int
	Steps     int64
	Longest   int // steps of the longest execution
}

func (r *Result) add(x *Execution) {
	r.Schedules++
	r.Steps += int64(x.steps)
	r.Longest = max(r.Longest, x.steps)
}

// Failure is a schedule under which a scenario fails.
type Failure struct {
	Schedule string // for Replay
	Err      error
}

func (f *Failure) Error() string { return fmt.Sprintf("under schedule %s: %v", f.Schedule, f.Err) }
func (f *Failure) Unwrap() error { return f.Err }

// DepthFirst runs the scenario under every schedule of at most bound preemptions.
// It returns a *Failure for the first that fails, or an error if there are more
// than limit.
func DepthFirst(s Scenario, bound, limit int) (r Result, err error) {
	d := &depthFirst{bound: bound}
	for {
		if _, err := r.one(s, d); err != nil {
			return r, err
		}
		if !d.next() {
			return r, nil
		}
		if r.Schedules == limit {
			return r, errors.New("the search is not complete: the limit is " + fmt.Sprint(limit) + " schedules")
		}
	}
}

// Walk runs the scenario under n random schedules, of seeds from seed on. It
// returns a *Failure for the first that fails.
func Walk(s Scenario, seed uint64, n int) (r Result, err error) {
	for i := range n {
		if _, err := r.one(s, newWalk(seed+uint64(i))); err != nil {
			return r, err
		}
	}
	return r, nil
}

// Replay runs the scenario under one schedule, as a Failure has it. It returns an
// error if the scenario has no such schedule.
func Replay(s Scenario, schedule string) error {
	switches, err := parseSchedule(schedule)
	if err != nil {
		return err
	}
	r := &replay{switches}
	if _, err := new(Result).one(s, r); err != nil {
		return err
	}
	return r.end()
}

// ReplayPair is Replay for a Failure of Pair.
func ReplayPair(a, b Scenario, schedule string, compare func() error) error {
	switches, err := parseSchedule(schedule)
	if err != nil {
		return err
	}
	r := &replay{switches}
	if err := new(Result).pair(a, b, r, compare); err != nil {
		return err
	}
	return r.end()
}

// one runs the scenario once.
func (r *Result) one(s Scenario, c chooser) (*Execution, error) {
	x := &Execution{chooser: c}
	err := x.run(s)
	r.add(x)
	if err != nil {
		return x, &Failure{formatSchedule(x.switches), err}
	}
	return x, nil
}

// Pair runs two scenarios, which must make the same steps, under the same
// schedules: those of the search, taken from the first. After each it calls
// compare. It tells how many schedules there were.
func Pair(a, b Scenario, bound, limit int, compare func() error) (r Result, err error) {
	d := &depthFirst{bound: bound}
	for {
		if err := r.pair(a, b, d, compare); err != nil {
			return r, err
		}
		if !d.next() {
			return r, nil
		}
		if r.Schedules == limit {
			return r, fmt.Errorf("the search is not complete: the limit is %d schedules", limit)
		}
	}
}

// PairWalk is Pair under n random schedules.
func PairWalk(a, b Scenario, seed uint64, n int, compare func() error) (r Result, err error) {
	for i := range n {
		if err := r.pair(a, b, newWalk(seed+uint64(i)), compare); err != nil {
			return r, err
		}
	}
	return r, nil
}

func (r *Result) pair(a, b Scenario, c chooser, compare func() error) error {
	first, err := r.one(a, c)
	if err != nil {
		return err
	}
	same := &replay{first.switches}
	second, err := new(Result).one(b, same)
	if err != nil {
		return err
	}
	if err := same.end(); err != nil {
		return &Failure{formatSchedule(first.switches), err}
	}
	if first.steps != second.steps || first.trace != second.trace {
		err = fmt.Errorf("got %d and %d steps, want the same by the same threads", first.steps, second.steps)
	} else {
		err = compare()
	}
	if err != nil {
		return &Failure{formatSchedule(first.switches), err}
	}
	return nil
}
