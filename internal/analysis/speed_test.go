package analysis

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"stealbench/internal/recording"
	"stealbench/internal/stat"
)

// raced is a recording of some repetitions of workloads with 1 and 2 workers; each
// lane's times are a multiple of the base's, or why there is none.
func raced(workloads []string, base map[int]float64, lanes map[string]any) *recording.Recording {
	rec := &recording.Recording{Dir: "results/x", Variants: []string{Base}}
	for v := range lanes {
		rec.Variants = append(rec.Variants, v)
	}
	for proc := range 4 {
		for _, w := range workloads {
			for n, ns := range base {
				ns *= 1 + float64(proc)/1000
				c := recording.CellData{Cell: recording.Cell{Workload: w, Size: "default", Workers: n, Layout: proc, Proc: proc},
					Blocks: map[string][]recording.Block{Base: {timed(ns, 1)}}}
				for v, x := range lanes {
					switch x := x.(type) {
					case float64:
						x *= 1 + float64(proc%2)/1000
						c.Blocks[v] = []recording.Block{timed(ns*x, x)}
					case string: // from the third cell on
						c.Blocks[v] = []recording.Block{timed(ns, 1)}
						if proc > 1 {
							c.Blocks[v] = []recording.Block{recording.AbsentBlock(x)}
						}
					}
				}
				rec.Cells = append(rec.Cells, c)
			}
		}
	}
	return rec
}

func timed(ns, x float64) recording.Block {
	return recording.Block{Slots: 1, Values: []recording.Value{
		{Unit: recording.NsPerTask, V: ns}, {Unit: recording.XBase, V: x}, {Unit: recording.TasksPerOp, V: 10}}}
}

func findOutcome(t *testing.T, all []Outcome, workload, words string, workers int) Outcome {
	t.Helper()
	for _, o := range all {
		if o.Workload == workload && o.Workers == workers && strings.Contains(o.Words(), words) {
			return o
		}
	}
	t.Fatalf("no outcome of %s %s with %d workers", workload, words, workers)
	return Outcome{}
}

// TestOutcomes: a goal is reached when the whole interval says so, and what a peer did
// before it hung is no time.
func TestOutcomes(t *testing.T) {
	rec := raced([]string{"fib", "nqueens"}, map[int]float64{1: 20, 2: 10.5}, map[string]any{
		Goroutines: 40.0, Sketch: 0.6, "rayon": 1.2, "tbb": 1.01, "ants": recording.Hung, "pond": recording.Lacks})
	groups, err := Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	all := Outcomes(groups, []string{"ants", "pond", "rayon", "tbb", Goroutines})
	for _, tt := range []struct {
		workload, words string
		workers         int
		est             float64
		verdict         string
	}{
		{"fib", "of goroutines", 1, 1.0 / 40, "reached"},
		{"fib", "of sketch", 1, 1 / 0.6, "missed"},
		{"nqueens", "best peer", 2, 1 / 1.01, "reached"},
		{"fib", "speed-up", 2, 20 / 10.5, "reached"},
	} {
		o := findOutcome(t, all, tt.workload, tt.words, tt.workers)
		if math.Abs(o.Est/tt.est-1) > 0.002 || o.Verdict() != tt.verdict {
			t.Errorf("%s %s: %v, %s, want %v, %s", tt.workload, o.Words(), o.Est, o.Verdict(), tt.est, tt.verdict)
		}
	}
	if o := findOutcome(t, all, "nqueens", "best peer", 1); o.Against != "tbb" {
		t.Errorf("the best peer is %s, want tbb", o.Against)
	}
	g := Find(groups, "fib", 1)
	for lane, want := range map[string]string{"ants": "hung", "pond": "no such work", "tokio": "the recording has no tokio"} {
		if _, absent := g.Ratio(lane); absent != want {
			t.Errorf("%s: absent %q, want %q", lane, absent, want)
		}
	}
	if _, err := Compare(rec, groups); err != nil {
		t.Errorf("compare: %v", err)
	}
	slow, err := Groups(raced([]string{"fib"}, map[int]float64{1: 20, 2: 12}, map[string]any{Goroutines: 33.3}))
	if err != nil {
		t.Fatal(err)
	}
	all = Outcomes(slow, nil)
	for words, want := range map[string]string{"speed-up": "missed", "of goroutines": "not resolved", "of sketch": "n/a"} {
		if o := findOutcome(t, all, "fib", words, 2); !strings.HasPrefix(o.Verdict(), want) {
			t.Errorf("%s: %s, want %s", fmt.Sprint(o), o.Verdict(), want)
		}
	}
}

// TestSpeedupByLayout: processes of one layout have its luck in common.
func TestSpeedupByLayout(t *testing.T) {
	rec := raced([]string{"fib"}, map[int]float64{1: 20, 2: 11}, map[string]any{Twin: 1.0})
	for i := range rec.Cells {
		c := &rec.Cells[i]
		if c.Workers == 1 {
			v := c.Blocks[Base][0].Values
			v[0].V *= 1 + float64(c.Proc)/100
		}
	}
	verdicts := func() (o [2]stat.Interval) {
		groups, err := Groups(rec)
		if err != nil {
			t.Fatal(err)
		}
		all := findOutcome(t, Outcomes(groups, nil), "fib", "speed-up", 2)
		return [...]stat.Interval{all.Interval, all.Copy}
	}
	want := verdicts()
	for _, c := range rec.Cells {
		c.Proc += 100
		rec.Cells = append(rec.Cells, c)
	}
	if got := verdicts(); got[0].N != 4 || math.Abs(got[0].Half()-want[0].Half()) > 1e-9 || got[1].N != 4 {
		t.Errorf("each layout twice: got %+v, want %+v", got, want)
	}
}

// TestCopyMustAgree: what the base reaches and its copy does not is not resolved, and so
// is what only one of them misses.
func TestCopyMustAgree(t *testing.T) {
	for _, row := range []struct {
		copy float64
		want string
	}{{1, "reached"}, {1.4, "not resolved"}} {
		groups, err := Groups(raced([]string{"fib"}, map[int]float64{1: 20}, map[string]any{Goroutines: 40.0, Twin: row.copy}))
		if err != nil {
			t.Fatal(err)
		}
		if o := findOutcome(t, Outcomes(groups, []string{Goroutines}), "fib", Goroutines, 1); o.Verdict() != row.want {
			t.Errorf("a copy %v times as slow: got %v, %s, want %s", row.copy, o, o.Verdict(), row.want)
		}
	}
	o := Outcome{SpeedGoal: SpeedGoal{Most: 1}, Interval: stat.Interval{Lo: 1.1, Hi: 1.2}, Copy: stat.Interval{Lo: 0.9, Hi: 1.3}}
	if o.Verdict() != "not resolved" {
		t.Errorf("got %s, want not resolved: the copy may reach it", o.Verdict())
	}
	o.Speedup, o.Copy = true, stat.Interval{Lo: 0.95, Hi: 1.3}
	if o.Verdict() != "not resolved" {
		t.Errorf("got %s, want not resolved: the copy may miss it", o.Verdict())
	}
}
