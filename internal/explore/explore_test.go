package explore

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// steps is a scenario of threads that make some steps each and share nothing.
func steps(counts ...int) Scenario {
	return func(x *Execution) {
		for i, n := range counts {
			x.Go(fmt.Sprint(i), func() {
				for range n {
					Step()
				}
			})
		}
	}
}

// TestAllSchedules compares with what combinatorics says. A thread of n steps has
// n+1 stretches of code, the first before its first step.
func TestAllSchedules(t *testing.T) {
	const unbounded = 1000
	for _, row := range []struct {
		name      string
		scenario  Scenario
		bound     int
		schedules int
	}{
		{"one thread", steps(5), unbounded, 1},
		{"nothing but order", steps(0, 0), unbounded, 2},
		{"three in order", steps(0, 0, 0), unbounded, 6},
		{"interleavings of 2 and 2 stretches", steps(1, 1), unbounded, 6},
		{"interleavings of 4 and 4 stretches", steps(3, 3), unbounded, 70},
		{"interleavings of 3, 3 and 3 stretches", steps(2, 2, 2), unbounded, 1680},
		{"no preemption", steps(9, 9), 0, 2},
		{"one preemption", steps(3, 3), 1, 2 + 2*3},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := DepthFirst(row.scenario, row.bound, 10_000)
			if err != nil || r.Schedules != row.schedules {
				t.Errorf("got %d schedules, %v, want %d", r.Schedules, err, row.schedules)
			}
		})
	}
}

func TestLimit(t *testing.T) {
	if r, err := DepthFirst(steps(3, 3), 9, 69); err == nil || r.Schedules != 69 {
		t.Errorf("got %d schedules, %v, want 69 and an error", r.Schedules, err)
	}
}

// signal is something to wait for.
type signal struct{ up bool }

func (f *signal) Ready() bool    { return f.up }
func (f *signal) String() string { return "a signal" }

// broken are scenarios that fail, and what the failure says.
var broken = []struct {
	name     string
	scenario Scenario
	bound    int // least number of preemptions that shows it
	says     string
}{
	{"lost update", func(x *Execution) {
		n := 0
		for range 2 {
			x.Go("adder", func() {
				Step()
				old := n
				Step()
				n = old + 1
			})
		}
		x.Finally(func() error {
			if n != 2 {
				return fmt.Errorf("got %d, want 2", n)
			}
			return nil
		})
	}, 1, "at the end: got 1, want 2"},
	{"deadlock", func(x *Execution) {
		var a, b signal
		x.Go("a", func() { Wait(&b); a.up = true })
		x.Go("b", func() { Wait(&a); b.up = true })
	}, 0, "deadlock: a waits for a signal, b waits for a signal"},
	{"lost wakeup", func(x *Execution) {
		var permit signal
		asleep := false
		x.Go("sleeper", func() {
			Step()
			asleep = true
			Step()
			permit.up = false // as if the permit did not stick
			Wait(&permit)
		})
		x.Go("waker", func() {
			Step()
			if !asleep {
				return
			}
			Step()
			permit.up = true
		})
	}, 0, "deadlock: sleeper waits for a signal"},
	{"waits in circles", func(x *Execution) {
		x.Go("spinner", func() {
			for {
				GiveWay()
			}
		})
	}, 0, "a loop that waits for ever"},
	{"panic", func(x *Execution) {
		x.Go("thread", func() { Step(); panic("no") })
	}, 0, "thread panicked: no"},
	{"two preemptions", func(x *Execution) {
		at := 0
		x.Go("a", func() {
			for i := range 3 {
				Step()
				if at == 2*i {
					at++
				}
			}
		})
		x.Go("b", func() {
			for i := range 3 {
				Step()
				if at == 2*i+1 {
					at++
				}
			}
		})
		x.Finally(func() error {
			if at == 5 {
				return errors.New("both took turns")
			}
			return nil
		})
	}, 3, "took turns"},
	{"order, without a step", func(x *Execution) {
		order := ""
		for i := range 3 {
			x.Go(fmt.Sprint(i), func() { order += fmt.Sprint(i) })
		}
		x.Finally(func() error {
			if order == "210" {
				return errors.New("the last came first")
			}
			return nil
		})
	}, 0, "the last came first"},
	{"invariant", func(x *Execution) {
		n := 0
		x.Go("a", func() { n++; Step(); n-- })
		x.Go("b", func() { n++; Step(); n-- })
		x.Always(func() error {
			if n > 1 {
				return errors.New("both are in")
			}
			return nil
		})
	}, 1, "both are in"},
}

func TestFailuresFound(t *testing.T) {
	for _, row := range broken {
		t.Run(row.name, func(t *testing.T) {
			if row.bound > 0 {
				if _, err := DepthFirst(row.scenario, row.bound-1, 1000); err != nil {
					t.Errorf("with %d preemptions: got %v, want nothing found", row.bound-1, err)
				}
			}
			_, err := DepthFirst(row.scenario, row.bound, 1000)
			check(t, "depth first", row.scenario, err, row.says)
			_, err = Walk(row.scenario, 1, 1000)
			check(t, "walk", row.scenario, err, row.says)
		})
	}
}

// check wants a failure that says something, and its replay to fail alike.
func check(t *testing.T, search string, s Scenario, err error, says string) {
	t.Helper()
	var f *Failure
	if !errors.As(err, &f) || !strings.Contains(f.Error(), says) {
		t.Fatalf("%s: got %v, want a failure that says %q", search, err, says)
	}
	again := Replay(s, f.Schedule)
	if again == nil || !strings.Contains(again.Error(), says) {
		t.Errorf("%s: replay of %s: got %v, want the same failure", search, f.Schedule, again)
	}
}

// TestGiveWay wants loops that wait for another thread to end, with no
// preemption at all.
func TestGiveWay(t *testing.T) {
	s := func(x *Execution) {
		var turn int
		for i := range 3 {
			x.Go(fmt.Sprint(i), func() {
				for turn != 2-i {
					GiveWay()
				}
				Step()
				turn++
			})
		}
	}
	if r, err := DepthFirst(s, 0, 100_000); err != nil || r.Schedules < 6 {
		t.Errorf("got %d schedules, %v, want some and no failure", r.Schedules, err)
	}
}

func TestNotDeterministic(t *testing.T) {
	runs := 0
	_, err := DepthFirst(func(x *Execution) {
		runs++
		for range 1 + runs%2 {
			x.Go("a", Step)
		}
		x.Go("b", Step)
	}, 2, 1000)
	if !errors.Is(err, errNotDeterministic) {
		t.Errorf("got %v, want %v", err, errNotDeterministic)
	}
}

func TestPair(t *testing.T) {
	if r, err := Pair(steps(2, 2), steps(2, 2), 9, 100, func() error { return nil }); err != nil || r.Schedules != 20 {
		t.Errorf("got %d schedules, %v, want 20", r.Schedules, err)
	}
	if _, err := Pair(steps(2, 2), steps(2, 3), 9, 100, func() error { return nil }); err == nil {
		t.Error("other steps: got no error, want one")
	}
	seen := 0
	_, err := PairWalk(steps(2, 2), steps(2, 2), 1, 100, func() error {
		if seen++; seen == 7 {
			return errors.New("they differ")
		}
		return nil
	})
	if err == nil || seen != 7 {
		t.Errorf("got %v after %d schedules, want an error after 7", err, seen)
	}
}

// TestReplay wants the failure of a pair again, and no answer for a schedule that
// there is not.
func TestReplay(t *testing.T) {
	differ := func() error { return errors.New("they differ") }
	_, err := Pair(steps(2, 2), steps(2, 2), 1, 100, differ)
	var f *Failure
	if !errors.As(err, &f) {
		t.Fatalf("got %v, want a failure", err)
	}
	if err := ReplayPair(steps(2, 2), steps(2, 2), f.Schedule, differ); err == nil {
		t.Error("pair: got no failure at the replay, want it again")
	}
	for _, schedule := range []string{"99>1", "1>7"} {
		if err := Replay(steps(2, 2), schedule); !errors.Is(err, errNotDeterministic) {
			t.Errorf("schedule %s: got %v, want %v", schedule, err, errNotDeterministic)
		}
		if err := ReplayPair(steps(2, 2), steps(2, 2), schedule, func() error { return nil }); !errors.Is(err, errNotDeterministic) {
			t.Errorf("pair, schedule %s: got %v, want %v", schedule, err, errNotDeterministic)
		}
	}
}

func TestParseSchedule(t *testing.T) {
	for _, text := range []string{"default", "1>0", "12>1,300>2"} {
		s, err := parseSchedule(text)
		if got := formatSchedule(s); err != nil || got != text {
			t.Errorf("%q: got %q, %v, want the same", text, got, err)
		}
	}
	for _, text := range []string{"", "1", "1>", ">1", "1>2,", "-1>2", "1>x", "1>2;3>4"} {
		if _, err := parseSchedule(text); err == nil {
			t.Errorf("%q: got no error, want one", text)
		}
	}
}
