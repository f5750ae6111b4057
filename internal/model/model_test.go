package model

import (
	"math"
	"slices"
	"strings"
	"testing"

	"stealbench/internal/analysis"
	"stealbench/internal/counts"
	"stealbench/internal/mva"
	"stealbench/internal/recording"
)

// variants of the made recordings.
var variants = []string{analysis.Base, analysis.Twin, analysis.NoMetrics, Batchless, SharedLine}

// counted are counts of fib with 2.5 events on the line, and one on the board.
func counted() *counts.File {
	line := func(variant string, locked, metrics, adds float64) counts.Line {
		return counts.Line{Workload: "fib", Variant: variant, Values: map[string]float64{
			counts.LockedPerTask: locked, counts.InGroup(counts.Metrics): metrics, counts.AddsPerTask: adds}}
	}
	return &counts.File{Path: "results/x-counts/counts.txt", Lines: []counts.Line{
		line(analysis.Base, 3.1, 1.1, 1), line(analysis.NoMetrics, 2, 0, 0), line(Batchless, 5.5, 3.5, 3.5), line(SharedLine, 5.5, 3.5, 3.5)}}
}

var costs = []recording.Key{{Name: "rmw-private", Value: "8 ns"}, {Name: "rmw-shared", Value: "40 ns"}, {Name: "core-to-core", Value: "100 ns"}}

func parameters(t *testing.T) *Parameters {
	t.Helper()
	p, err := Read(&recording.Recording{Dir: "results/x", Keys: costs}, counted())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// groups are fib's, with times by variant and workers, the same in each of 8 layouts but
// for a share of 1e-6.
func groups(t *testing.T, workers []int, ns func(variant string, n int) float64) []*analysis.Group {
	t.Helper()
	rec := &recording.Recording{Dir: "results/x", Variants: variants, Keys: costs}
	for _, n := range workers {
		for layout := range 8 {
			c := recording.CellData{Blocks: map[string][]recording.Block{}}
			c.Cell = recording.Cell{Workload: "fib", Size: "default", Workers: n, Layout: layout}
			for _, v := range variants {
				x := ns(v, n) * (1 + 1e-6*float64(layout%2))
				c.Blocks[v] = []recording.Block{{Slots: 9, Values: []recording.Value{
					{Unit: recording.NsPerTask, V: x}, {Unit: recording.XBase, V: x / ns(analysis.Base, n)}}}}
			}
			rec.Cells = append(rec.Cells, c)
		}
	}
	all, err := analysis.Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestRead(t *testing.T) {
	p := parameters(t)
	least, most := p.Fetch()
	if p.Private != 8 || p.Shared != 40 || least != 20 || most != 100 || p.From() != "x-counts" {
		t.Errorf("got %+v, fetch %v to %v", p, least, most)
	}
	for _, tt := range []struct {
		keys []recording.Key
		c    *counts.File
		want string
	}{
		{costs, nil, "no counts beside it"},
		{costs[:2], counted(), `key core-to-core is ""`},
		{[]recording.Key{costs[0], {Name: "rmw-shared", Value: "n/a (fewer than 2 CPUs)"}}, counted(), "key rmw-shared is \"n/a (fewer than 2 CPUs)\""},
		{[]recording.Key{{Name: "rmw-private", Value: "0 ns"}}, counted(), "key rmw-private"},
		{[]recording.Key{{Name: "rmw-private", Value: "8"}}, counted(), "key rmw-private"},
	} {
		_, err := Read(&recording.Recording{Dir: "results/x", Keys: tt.keys}, tt.c)
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "results/x: ") {
			t.Errorf("got %v, want the folder and %q", err, tt.want)
		}
	}
}

// TestPaced: a line that was timed at some paces is read at that of the workload, and the
// bounds are two. A network of two customers has the cycles that were measured.
func TestPaced(t *testing.T) {
	with := func(value string) (*Parameters, error) {
		return Read(&recording.Recording{Dir: "results/x", Keys: append(slices.Clone(costs), recording.Key{Name: "rmw-paced", Value: value})}, counted())
	}
	p, err := with("8:28 24:44 108:128 ns")
	if err != nil {
		t.Fatal(err)
	}
	for i, cycle := range []float64{28, 44, 128} {
		work := []float64{0, 16, 100}[i]
		near(t, "work", p.Paced[i].Work, work, 1e-9)
		all, err := mva.Network{Think: work, Demands: []float64{p.Paced[i].Service}}.Solve(2)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "cycle", 2/all[1].Throughput, cycle, 1e-9)
	}
	near(t, "service without work", p.service(0), 14, 1e-9)
	near(t, "service between", p.service(8), (p.Paced[0].Service+p.Paced[1].Service)/2, 1e-9)
	near(t, "service beyond", p.service(1e6), p.Paced[2].Service, 0)
	least, most := p.Fetch()
	near(t, "least", least, 14, 1e-9)
	near(t, "most", most, p.Paced[2].Service, 1e-9)
	e, _ := p.Events("fib")
	readings := p.Readings()
	if len(readings) != 2 {
		t.Fatalf("got %v, want two readings", readings)
	}
	near(t, "one visit", readings[0].network(e, p.Private, 30).Demands[0], p.service(30+1.5*8), 1e-9)
	near(t, "each event", readings[1].network(e, p.Private, 30).Demands[0], 2.5*p.service(30/2.5), 1e-9)

	if p, err := with("8:8 ns"); err != nil || p.Paced[0].Service != p.Private {
		t.Errorf("no slower together: got %v, %v, want an add of one's own at least", p, err)
	}
	if p, err := with("n/a (no second thread ran)"); err != nil || p.Paced != nil {
		t.Errorf("got %v, %v, want none", p, err)
	}
	if _, err := with("8 ns"); err == nil || !strings.Contains(err.Error(), "results/x: key rmw-paced") {
		t.Errorf("got %v, want an error that names the key", err)
	}
}

// TestEvents: what is on the line, without the adds of the board.
func TestEvents(t *testing.T) {
	p := parameters(t)
	e, absent := p.Events("fib")
	if absent != "" {
		t.Fatal(absent)
	}
	near(t, "on the line", e.Line, 2.5, 1e-12)
	near(t, "batchless", e.PerCell, 3.5, 1e-12)
	near(t, "batched", e.Batched, 1.1, 1e-12)
	if _, absent := p.Events("skynet"); !strings.Contains(absent, "no counts of skynet") {
		t.Errorf("got %q, want it absent", absent)
	}
}

// TestReadings: demand and think time of each, for 2.5 events.
func TestReadings(t *testing.T) {
	p := parameters(t)
	e, _ := p.Events("fib")
	for i, want := range []mva.Network{{Think: 30 + 1.5*8, Demands: []float64{20}}, {Think: 30, Demands: []float64{50}},
		{Think: 30 + 1.5*8, Demands: []float64{100}}, {Think: 30, Demands: []float64{250}}} {
		r := p.Readings()[i]
		got := r.network(e, p.Private, 30)
		near(t, r.Name+": think", got.Think, want.Think, 1e-9)
		near(t, r.Name+": demand", got.Demands[0], want.Demands[0], 1e-9)
		near(t, r.Name+": 1 worker", p.Time(r, e, 30, 1), 30+2.5*8, 1e-9)
		near(t, r.Name+": many", p.Time(r, e, 30, 1024), want.Demands[0], 0.1)
		near(t, r.Name+": knee", p.Knee(r, e, 30), (want.Think+want.Demands[0])/want.Demands[0], 1e-9)
	}
	if got := p.Readings()[0].visits(Events{Line: 0.25}); got != 0.25 {
		t.Errorf("visits of a quarter of an event: got %v", got)
	}
}

// TestPredictsItself: times that the model has made, by a workload that does not scale
// beyond two workers and a service of 37 ns, are predicted exactly from nometrics' own
// times, and the service found with 2 workers is 37.
func TestPredictsItself(t *testing.T) {
	p := parameters(t)
	e, _ := p.Events("fib")
	none := func(n int) float64 { return 60 / float64(min(n, 2)) }
	made := Reading{"made", true, 37, nil}
	all := groups(t, []int{1, 2, 4, 16}, func(v string, n int) float64 {
		if v == SharedLine {
			return p.Time(made, e, none(n)*float64(n), n)
		}
		return none(n)
	})
	d := p.Predict(all, Own)
	if d.Absent != "" || d.Why != "" || len(d.Rows) != 4 {
		t.Fatalf("got %+v", d)
	}
	near(t, "service", d.Service, 37, 0.01)
	few := *p
	few.CPUs = 2
	if d := few.Predict(all, Own); len(d.Rows) != 2 || d.Rows[1].Workers != 2 {
		t.Errorf("2 CPUs: got %+v, want rows of 1 and 2 workers", d.Rows)
	}
	for _, r := range d.Rows {
		near(t, "think", r.Think, none(r.Workers)*float64(r.Workers), 0.01)
		if r.Workers > 2 {
			near(t, "error of the calibrated", r.Error(r.Calibrated), 0, 0.01)
		} else if !math.IsNaN(r.Calibrated) {
			t.Errorf("%d workers are predicted by what was fitted to 2", r.Workers)
		}
		if r.Holds() != "yes" {
			t.Errorf("%d workers: %s %v", r.Workers, r.Holds(), r)
		}
	}
	if e, n := MedianError([]Prediction{d}, -1, 3); n != 2 || e > 0.01 {
		t.Errorf("median error of the calibrated: got %v of %d rows, want 0 of 2", e, n)
	}
	if e, n := MedianError([]Prediction{d}, 3, 2); n != 3 || e < 10 {
		t.Errorf("median error of the last reading: got %v of %d rows, want much, of 3", e, n)
	}
	ideal := p.Predict(all, Ideal)
	for _, r := range ideal.Rows {
		near(t, "ideal think", r.Think, 60, 0.01)
	}
	if a, b := ideal.Rows[2].Predicted[0], d.Rows[2].Predicted[0]; a >= b {
		t.Errorf("4 workers: got %v if it scaled, %v as it does, want less", a, b)
	}
}

func TestPredictSaysWhyNot(t *testing.T) {
	p := parameters(t)
	flat := func(string, int) float64 { return 50 }
	if d := p.Predict(groups(t, []int{2, 4}, flat), Ideal); d.Absent != "no time with 1 worker" {
		t.Errorf("got %+v", d)
	}
	if d := p.Predict(groups(t, []int{1, 4}, flat), Own); d.Why != "no cells with 2 workers" || !math.IsNaN(d.Rows[1].Calibrated) {
		t.Errorf("got %+v", d)
	}
	if d := p.Predict(groups(t, []int{1, 2}, flat), Own); !strings.Contains(d.Why, "costs nothing with 2 workers") {
		t.Errorf("got %+v", d)
	}
	if d := p.Predict(groups(t, []int{1, 2}, flat), Own); d.Rows[1].Holds() != "below" {
		t.Errorf("got %v, want what costs nothing to be below the bounds", d.Rows[1].Holds())
	}
}

// TestSavings by hand: 2.4 events of 8 ns, shared by the workers, on their own lines; on the
// shared one 2.5 of 20 to 100 ns, shared by nobody.
func TestSavings(t *testing.T) {
	p := parameters(t)
	for _, g := range groups(t, []int{1, 4}, func(v string, n int) float64 {
		return map[string]float64{Batchless: 60, SharedLine: 90}[v] + 10
	}) {
		all := p.Savings(g)
		n := float64(g.Workers)
		near(t, "batchless", all[0].Predicted, 2.4*8/n, 1e-9)
		near(t, "measured", all[0].Est, 60, 0.001)
		near(t, "times", all[0].Times(), 60/(2.4*8/n), 0.001)
		if g.Workers == 1 {
			near(t, "sharedline", all[1].Predicted, 2.5*8-0.1*8, 1e-9)
			near(t, "at most", all[1].Most, 2.5*8-0.1*8, 1e-9)
		} else {
			near(t, "sharedline", all[1].Predicted, 2.5*20-0.1*8/n, 1e-9)
			near(t, "at most", all[1].Most, 2.5*100-0.1*8/n, 1e-9)
		}
	}
	p.Counts = &counts.File{}
	if v := p.Savings(groups(t, []int{1}, func(string, int) float64 { return 1 })[0])[0]; v.Absent == "" || !math.IsNaN(v.Times()) {
		t.Errorf("without counts: got %+v, want it absent", v)
	}
}

func TestScale(t *testing.T) {
	amdahl := func(_ string, n int) float64 { return 100 * (1 + 0.25*float64(n-1)) / float64(n) }
	f, absent, err := Scale(groups(t, []int{1, 2, 4, 8}, amdahl), SharedLine, 8)
	if err != nil || absent != "" || f.Reason != "" {
		t.Fatalf("got %+v, %q, %v", f, absent, err)
	}
	near(t, "tasks/us", f.Lambda, 10, 0.001)
	near(t, "sigma", f.Sigma, 0.25, 0.001)
	if _, absent, _ := Scale(groups(t, []int{1, 2}, amdahl), "x", 8); absent == "" {
		t.Error("a variant that is not there was fitted")
	}
	if f, _, err := Scale(groups(t, []int{1, 2, 4, 8}, amdahl), SharedLine, 2); err != nil || f.Reason != "2 numbers of workers, want 4; more than 2 share CPUs" {
		t.Errorf("8 workers on 2 CPUs: got %+v, %v, want no fit", f, err)
	}
}

func TestProjected(t *testing.T) {
	if got := Projected(16); !slices.Equal(got, []int{32, 64, 128, 256, 512, 1024}) {
		t.Errorf("beyond 16: got %v", got)
	}
	if got := Projected(2); got[0] != 4 || len(got) != 9 {
		t.Errorf("beyond 2: got %v", got)
	}
}
