package study

import (
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stealbench/internal/analysis"
	"stealbench/internal/counts"
	"stealbench/internal/model"
	"stealbench/internal/recording"
	"stealbench/internal/stat"
)

// TestExperiments checks that every plan of the table can be run.
func TestExperiments(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range Experiments {
		if seen[e.ID] || seen[e.Name] || e.Question == "" || e.Figure == "" {
			t.Errorf("%s %s: got it twice, or without a question or a figure", e.ID, e.Name)
		}
		seen[e.ID], seen[e.Name] = true, true
		for _, cpus := range []int{1, 2, 3, 16, 128} {
			p := e.Plan(cpus)
			if err := p.Check(); err != nil {
				t.Errorf("%s on %d CPUs: %v", e.ID, cpus, err)
			}
		}
	}
	if _, err := Find("e4"); err != nil {
		t.Error(err)
	}
	if _, err := Find("E99"); err == nil || !strings.Contains(err.Error(), "choose from E1") {
		t.Errorf("E99: got %v, want one line that names all", err)
	}
}

// TestClaims checks that each claim is of what its experiment measures.
func TestClaims(t *testing.T) {
	last := 0
	claimed := map[string]bool{}
	for _, c := range Claims {
		claimed[c.Experiment] = true
		if c.Number <= last || c.Statement == "" || len(c.Tests) == 0 || !filepath.IsLocal(c.Recording) {
			t.Errorf("claim %d after %d: got %+v, want a rising number, a statement, tests and a recording", c.Number, last, c)
		}
		last = c.Number
		e, err := Find(c.Experiment)
		if err != nil {
			t.Errorf("claim %d: %v", c.Number, err)
			continue
		}
		p := e.Plan(max(c.CPUs, 2))
		for _, test := range c.Tests {
			at := test.Where()
			if !slices.Contains(p.Workloads, at.Workload) || !slices.Contains(p.Workers, at.Workers) {
				t.Errorf("claim %d: %s does not measure %v with %d CPUs", c.Number, e.ID, at, max(c.CPUs, 2))
			}
			for _, lane := range test.Lanes() {
				if !slices.Contains(p.Variants, lane) {
					t.Errorf("claim %d: %s does not measure %s", c.Number, e.ID, lane)
				}
			}
		}
	}
	for _, e := range Experiments {
		if !claimed[e.ID] {
			t.Errorf("%s: got no claim on it, want one at least", e.ID)
		}
	}
}

// TestReduced checks that what is rerun has all that the claims need, and can be run.
func TestReduced(t *testing.T) {
	for _, cpus := range []int{1, 2, 16, 128} {
		var total time.Duration
		for _, e := range Experiments {
			p, ok := e.Reduced(Claims, cpus)
			if ok {
				total += p.Estimate()
			}
			needed := false
			for _, c := range Claims {
				if c.Experiment != e.ID || c.CPUs > cpus {
					continue
				}
				needed = true
				for _, test := range c.Tests {
					if at := test.Where(); !slices.Contains(p.Workloads, at.Workload) || !slices.Contains(p.Workers, at.Workers) {
						t.Errorf("%s on %d CPUs lacks %v", e.ID, cpus, at)
					}
					for _, lane := range append(test.Lanes(), analysis.Twin) {
						if !slices.Contains(p.Variants, lane) {
							t.Errorf("%s on %d CPUs lacks %s, which claim %d is of", e.ID, cpus, lane, c.Number)
						}
					}
				}
			}
			if ok != needed {
				t.Errorf("%s on %d CPUs: got %v, want %v", e.ID, cpus, ok, needed)
			}
			if err := p.Check(); ok && err != nil {
				t.Errorf("%s on %d CPUs: %v", e.ID, cpus, err)
			}
		}
		if limit := 20 * time.Minute; total > limit/2 {
			t.Errorf("%d CPUs: got a plan of %v, want half of the %v that a reader may wait", cpus, total, limit)
		}
	}
}

func TestJudge(t *testing.T) {
	at := func(lo, hi float64) stat.Interval { return stat.Interval{Est: (lo + hi) / 2, Lo: lo, Hi: hi} }
	for _, row := range []struct {
		name   string
		i      stat.Interval
		absent string
		want   Verdict
	}{
		{"above", at(31, 40), "", Agrees},
		{"from the bound on", at(30, 40), "", Agrees},
		{"across", at(29, 40), "", CantTell},
		{"below", at(10, 29), "", Disagrees},
		{"one cell", stat.Interval{Est: 50, Lo: math.Inf(-1), Hi: math.Inf(1)}, "", CantTell},
		{"no lane", at(31, 40), "the recording has no sharedline", CantTell},
	} {
		if got := judge(row.i, 30, row.absent, "words"); got.Verdict != row.want {
			t.Errorf("%s: got %v, want %v", row.name, got.Verdict, row.want)
		}
	}
}

// TestTooFewCells: a median of few cells has no interval either, and they are counted.
func TestTooFewCells(t *testing.T) {
	for n, want := range map[int]string{1: "1 cell gives no interval", 5: "5 cells give no interval"} {
		i, err := stat.MedianInterval(make([]float64, n), 0.95)
		if err != nil {
			t.Fatal(err)
		}
		if got := judge(i, 0, "", "words"); got.Measured != want {
			t.Errorf("%d cells: got %q, want %q", n, got.Measured, want)
		}
	}
}

// timed is a group of some cells in which each lane takes its time, in ns, give or take
// a little in each cell.
func timed(t *testing.T, workload string, workers, cells int, lanes map[string]float64) *analysis.Group {
	t.Helper()
	rec := &recording.Recording{Dir: "results/x", Variants: slices.Sorted(maps.Keys(lanes))}
	for i := range cells {
		c := recording.CellData{Cell: recording.Cell{Workload: workload, Size: "default", Workers: workers, Layout: i, Proc: i}, Blocks: map[string][]recording.Block{}}
		for lane, ns := range lanes {
			ns *= 1 + 1e-4*float64(i%2)
			c.Blocks[lane] = []recording.Block{{Slots: 1, Values: []recording.Value{
				{Unit: recording.NsPerTask, V: ns}, {Unit: recording.XBase, V: ns / lanes[analysis.Base]}, {Unit: recording.TasksPerOp, V: 1}}}}
		}
		rec.Cells = append(rec.Cells, c)
	}
	groups, err := analysis.Groups(rec)
	if err != nil || len(groups) != 1 {
		t.Fatalf("got %d groups, %v, want 1", len(groups), err)
	}
	return groups[0]
}

// TestDearerCosts: what saves time is not dear, whatever it is so many times as much as.
func TestDearerCosts(t *testing.T) {
	at := Place{"fib", 1}
	for _, row := range []struct {
		one, other float64 // ns above the base
		want       Verdict
	}{
		{50, 1, Agrees}, {5, 1, Disagrees}, {50, -1, Agrees}, {-5, -1, Disagrees}, {-50, -1, Disagrees},
	} {
		g := timed(t, "fib", 1, 8, map[string]float64{analysis.Base: 100, "one": 100 + row.one, "other": 100 + row.other})
		test := Dearer{at, analysis.Pair{A: "one", B: analysis.Base}, analysis.Pair{A: "other", B: analysis.Base}, 10}
		if got := test.Judge(g, Source{}); got.Verdict != row.want {
			t.Errorf("%v ns beside %v: got %v, %s, want %v", row.one, row.other, got.Verdict, got.Measured, row.want)
		}
	}
}

// TestBoundedByInterval: an interval that the bounds do not hold as a whole leaves it open.
func TestBoundedByInterval(t *testing.T) {
	for _, row := range []struct {
		lo, hi float64
		want   Verdict
	}{
		{20, 90, Agrees}, {10, 90, CantTell}, {20, 110, CantTell}, {math.Inf(-1), math.Inf(1), CantTell}, {101, 110, Disagrees}, {1, 9, Disagrees},
	} {
		rows := []model.Row{{Workers: 1}, {Workers: 2, Predicted: []float64{15, 100}, Line: stat.Interval{Est: 50, Lo: 30, Hi: 60}},
			{Workers: 4, Predicted: []float64{15, 100}, Line: stat.Interval{Est: 50, Lo: row.lo, Hi: row.hi}}}
		if got := judgeBounded(rows); got.Verdict != row.want {
			t.Errorf("[%v, %v] in [15, 100]: got %v, %s, want %v", row.lo, row.hi, got.Verdict, got.Measured, row.want)
		}
	}
	if got := judgeBounded([]model.Row{{Workers: 1}}); got.Verdict != CantTell {
		t.Errorf("1 worker alone: got %v, want %v", got.Verdict, CantTell)
	}
}

// TestReaderTests runs the tests of what a reader and a caller see on committed
// recordings, and their opposites.
func TestReaderTests(t *testing.T) {
	age := Fresh{Place{"audited", 1}, analysis.Base, recording.AgeP99, 100_000}
	tail := Tail{Place{"open_50", 1}, analysis.NoMetrics, analysis.Quantiles[0], 10}
	for _, row := range []struct {
		recording string
		test      Test
		want      Verdict
	}{
		{in2("E5"), age, Agrees},
		{in2("E5"), Fresh{age.Place, age.Lane, age.Unit, 1000}, Disagrees},
		{in2("E5"), Fresh{age.Place, age.Lane, age.Unit, 8250}, CantTell}, // what was measured
		{in2("E5"), Fresh{age.Place, analysis.NoMetrics, age.Unit, 1000}, CantTell},
		{in2("E10-2"), tail, Agrees},
		{in2("E10-2"), Tail{tail.Place, "mutexqueue", tail.Quantile, 0.001}, CantTell},
		{in2("E10-2"), Tail{tail.Place, "nobody", tail.Quantile, 10}, CantTell},
	} {
		rec, err := recording.Read(filepath.Join("..", "..", row.recording))
		if err != nil {
			t.Fatal(err)
		}
		source, err := NewSource(rec, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := judgePlace(row.test, source); got.Verdict != row.want {
			t.Errorf("%v: got %v, %s, want %v", row.test, got.Verdict, got.Measured, row.want)
		}
	}
}

// committed is a recording of the repository, with the counts beside it.
func committed(t *testing.T) Source {
	t.Helper()
	rec, err := recording.Read(filepath.Join("..", "..", old16))
	if err != nil {
		t.Fatal(err)
	}
	near, err := counts.Nearest(rec)
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewSource(rec, near)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestTests runs each kind of test on a committed recording, whose answers are known, and
// its opposite.
func TestTests(t *testing.T) {
	source := committed(t)
	fib := Place{"fib", 16}
	shared := analysis.Pair{A: "sharedline", B: analysis.NoMetrics}
	batched := analysis.Pair{A: analysis.Base, B: analysis.NoMetrics}
	for _, row := range []struct {
		test Test
		want Verdict
	}{
		{Slower{fib, "sharedline", analysis.Base, 300}, Agrees},
		{Slower{fib, "sharedline", analysis.Base, 3000}, Disagrees},
		{Slower{fib, "sharedline", "nobody", 300}, CantTell},
		{Slower{Place{"fib", 3}, "sharedline", analysis.Base, 300}, CantTell},
		{Within{fib, analysis.Base, analysis.NoMetrics, 20}, Agrees},
		{Within{fib, "sharedline", analysis.Base, 20}, Disagrees},
		{Within{fib, analysis.Base, "sharedline", 20}, Disagrees},
		{Within{fib, analysis.Base, analysis.NoMetrics, 0.1}, CantTell},
		{Within{fib, analysis.Base, "nobody", 20}, CantTell},
		{Removes{fib, "sharedline", "batchless", 80}, Agrees},
		{Removes{fib, "sharedline", "sharedline", 80}, Disagrees},
		{Removes{fib, analysis.Base, "batchless", 80}, CantTell},
		{Removes{fib, "nobody", "batchless", 80}, CantTell},
		{NoInteraction{fib, 20}, Agrees},
		{NoInteraction{fib, 0.001}, CantTell},
		{NoInteraction{Place{"chained_spawn", 2}, 5}, Disagrees},
		{Predicted{Place{"fib", 1}, "batchless", 1.5}, Agrees},
		{Predicted{fib, "sharedline", 1.5}, Disagrees},
		{Predicted{Place{"fib", 1}, "twin", 2}, CantTell},
		{Queued{Place{"fib", 2}, 2}, CantTell}, // the recording has no key rmw-paced
		{Bounded{fib}, Agrees},
		{Bounded{Place{"chained_spawn", 16}}, Disagrees},
		{Bounded{Place{"fib", 1}}, CantTell},
		{Tail{fib, "twin", analysis.Quantiles[2], 10}, CantTell},
		{Fresh{fib, "twin", recording.ErrorP99, 10}, CantTell},
		{Dearer{fib, shared, batched, 10}, Agrees},
		{Dearer{fib, batched, shared, 1}, Disagrees},
		{Dearer{fib, shared, analysis.Pair{A: "nobody", B: analysis.Base}, 1}, CantTell},
	} {
		c := Claim{Number: 1, Tests: []Test{row.test}}
		if got := c.Judge(source, 16); got.Verdict != row.want {
			t.Errorf("%v: got %v, %s, want %v", row.test, got.Verdict, got.Measured, row.want)
		}
	}
	// All tests of a claim must pass, and one that fails decides.
	yes, no, open := Slower{fib, "sharedline", analysis.Base, 300}, Slower{fib, "sharedline", analysis.Base, 3000}, Slower{fib, "nobody", analysis.Base, 1}
	for _, row := range []struct {
		tests []Test
		cpus  int
		want  Verdict
	}{
		{[]Test{yes, yes}, 16, Agrees}, {[]Test{yes, open}, 16, CantTell}, {[]Test{open, yes}, 16, CantTell},
		{[]Test{no, open, yes}, 16, Disagrees}, {[]Test{open, no}, 16, Disagrees}, {[]Test{yes}, 8, CantTell},
	} {
		c := Claim{Number: 1, CPUs: 16, Tests: row.tests}
		if got := c.Judge(source, row.cpus); got.Verdict != row.want {
			t.Errorf("%v with %d CPUs: got %v, want %v", row.tests, row.cpus, got.Verdict, row.want)
		}
	}
}

// TestQueued: with a line that takes what it must, the prediction is of the factor asked for.
func TestQueued(t *testing.T) {
	source := committed(t)
	p := *source.Costs
	source.Costs = &p
	for _, row := range []struct {
		service float64
		at      Place
		want    Verdict
	}{
		{42, Place{"fib", 2}, Agrees}, // as fitted to it (TestPredictsItself)
		{10, Place{"fib", 2}, Disagrees},
		{200, Place{"fib", 2}, Disagrees},
		{42, Place{"empty", 2}, CantTell}, // no events
	} {
		p.Paced = []model.Pace{{Work: 0, Service: row.service}}
		if got := (Queued{row.at, 1.25}).Judge(analysis.Find(source.Groups, row.at.Workload, row.at.Workers), source); got.Verdict != row.want {
			t.Errorf("%v ns, %v: got %v, %s, want %v", row.service, row.at, got.Verdict, got.Measured, row.want)
		}
	}
}
