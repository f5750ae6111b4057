package analysis

import (
	"fmt"
	"math"
	"slices"

	"stealbench/internal/stat"
)

// Lanes that the speed goals name, beside competitors (harness/peers.go).
const (
	Goroutines    = "goroutines"
	Sketch        = "sketch"     // a hand-written fork-join without metrics
	SequentialRun = "sequential" // the program without tasks
	MutexRing     = "mutexring"
	Tokio         = "tokio"
)

// BestPeer stands for the fastest competitor of a group.
const BestPeer = "best peer"

// SpeedGoal is one aim for the base's speed: its time over that of another lane, measured in
// the same rows, is to be at most Most. With Speedup it is the time with one worker
// over that with two, and to be at least Most.
type SpeedGoal struct {
	Workload string
	Than     string
	Most     float64
	Speedup  bool
}

// SpeedGoals are the aims that the base is built for; PERFORMANCE.md says what became of them.
var SpeedGoals = []SpeedGoal{
	{"fib", Goroutines, 0.03, false},
	{"fib", Sketch, 1.5, false},
	{"skynet", Goroutines, 0.03, false},
	{"spawn_many_outside", MutexRing, 1, false},
	{"yield_many", Tokio, 0.5, false},
	{"chained_spawn", Tokio, 0.5, false},
	{"ping_pong", Tokio, 0.5, false},
	{"spawn_many_outside", Tokio, 0.5, false},
	{"spawn_many_inside", Tokio, 0.5, false},
	{"spawn_many_remote_idle", Tokio, 0.5, false},
	{"spawn_many_remote_busy", Tokio, 0.5, false},
	{"matmul", BestPeer, 1.03, false},
	{"nqueens", BestPeer, 1.03, false},
	{"fib", "", 1.8, true},
	{"nqueens", "", 1.8, true},
	{"uts_t1", "", 1.8, true},
	{"uts_t3", "", 1.8, true},
	{"uts_t5", "", 1.8, true},
}

// Outcome is what a recording says of a goal with a number of workers.
type Outcome struct {
	SpeedGoal
	Workers       int
	Against       string        // the lane, where the goal names the best
	stat.Interval               // of the ratio
	Copy          stat.Interval // the same of the base's copy; unbounded without one
	Absent        string        // why there is none
}

// Verdict is whether the goal is reached, by the base and by its copy: what the
// intervals leave open is said to be.
func (o Outcome) Verdict() string {
	lo, hi := o.Lo, o.Hi
	if o.Copy.Bounded() {
		lo, hi = min(lo, o.Copy.Lo), max(hi, o.Copy.Hi)
	}
	low, high := hi <= o.Most, lo > o.Most
	if o.Speedup {
		low, high = lo >= o.Most, hi < o.Most
	}
	switch {
	case o.Absent != "":
		return "n/a: " + o.Absent
	case !o.Bounded():
		return "n/a: 1 cell gives no interval"
	case low:
		return "reached"
	case high:
		return "missed"
	}
	return "not resolved"
}

// Outcomes are those of all goals that the groups have something to say of. peers are
// the competitors among the lanes.
func Outcomes(groups []*Group, peers []string) []Outcome {
	var all []Outcome
	for _, goal := range SpeedGoals {
		if goal.Speedup {
			one, two := Find(groups, goal.Workload, 1), Find(groups, goal.Workload, 2)
			if one != nil && two != nil {
				all = append(all, speedup(goal, one, two))
			}
			continue
		}
		for _, g := range groups {
			if g.Label != goal.Workload {
				continue
			}
			o := Outcome{SpeedGoal: goal, Workers: g.Workers, Against: goal.Than}
			if goal.Than == BestPeer {
				o.Against = g.best(peers)
			}
			if o.Absent = g.missing(Base, o.Against); o.Absent == "" {
				o.Interval, o.Copy = g.ratio(Base, o.Against), unbounded
				if g.missing(Twin) == "" {
					o.Copy = g.ratio(Twin, o.Against)
				}
			}
			all = append(all, o)
		}
	}
	return all
}

// best is the fastest of the lanes that have times, "" if none has.
func (g *Group) best(lanes []string) (best string) {
	for _, v := range lanes {
		if g.missing(v) == "" && (best == "" || g.ratio(v, best).Est < 1) {
			best = v
		}
	}
	return best
}

// ratio is how many times as long one lane takes as another, row by row.
func (g *Group) ratio(a, b string) stat.Interval { return mean(g.logRatios(a, b)).Map(math.Exp) }

// Between is how many times as long one lane takes as another, row by row; absent says
// why there is no answer.
func (g *Group) Between(a, b string) (ratio stat.Interval, absent string) {
	if absent = g.missing(a, b); absent != "" {
		return ratio, absent
	}
	return g.ratio(a, b), ""
}

// Ratio is how many times as long a lane takes as the base; absent says why there is no
// answer.
func (g *Group) Ratio(lane string) (ratio stat.Interval, absent string) {
	return g.Between(lane, Base)
}

// speedup pairs the cells with one worker and with two of the same repetition.
func speedup(goal SpeedGoal, one, two *Group) Outcome {
	o := Outcome{SpeedGoal: goal, Workers: 2, Copy: unbounded}
	if o.Interval, o.Absent = Speedup(one, two, Base); o.Absent != "" {
		return o
	}
	if ratio, absent := Speedup(one, two, Twin); absent == "" {
		o.Copy = ratio
	}
	return o
}

// Speedup is how many times as long a lane takes with the fewer workers as with the more,
// from different processes; absent says why there is no answer.
func Speedup(few, more *Group, lane string) (ratio stat.Interval, absent string) {
	if absent = few.missing(lane); absent == "" {
		absent = more.missing(lane)
	}
	if absent != "" {
		return ratio, absent
	}
	logs := paired(few, more, lane)
	if logs == nil {
		return ratio, "no repetition has both"
	}
	return mean(logs).Map(math.Exp), ""
}

// unbounded is the interval of what is not known.
var unbounded = stat.Interval{Est: math.NaN(), Lo: math.Inf(-1), Hi: math.Inf(1)}

// paired are the logs of a lane's speed-ups, one a replicate: a repetition has one layout
// with any number of workers.
func paired(one, two *Group, lane string) []float64 {
	var logs []float64
	var layouts []int
	for i, proc := range one.procs {
		if k := slices.Index(two.procs, proc); k >= 0 {
			logs = append(logs, math.Log(one.ns[lane][i]/two.ns[lane][k]))
			layouts = append(layouts, one.layouts[i])
		}
	}
	return replicates(logs, layouts)
}

// Words says what the goal compares.
func (g SpeedGoal) Words() string {
	if g.Speedup {
		return fmt.Sprintf("speed-up from 1 worker to 2 at least %g", g.Most)
	}
	return fmt.Sprintf("at most %g of %s", g.Most, g.Than)
}
