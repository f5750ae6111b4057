package analysis

import (
	"math"
	"slices"
	"strings"
	"testing"

	"stealbench/internal/recording"
)

// times gives each variant's ns/task of each cell; xbase follows from it.
type times map[string][]float64

func record(variants []string, ns times) *recording.Recording {
	rec := &recording.Recording{Dir: "results/test", Variants: variants}
	for i := range ns[variants[0]] {
		c := recording.CellData{Cell: recording.Cell{Workload: "fib", Size: "default", Workers: 2, Layout: i},
			Blocks: map[string][]recording.Block{}}
		for _, v := range variants {
			// Three blocks, one an outlier: the median is ns[v][i].
			for _, f := range []float64{1, 1, 5} {
				x := 1.0
				if base := ns[Base]; base != nil {
					x = ns[v][i] / base[i]
				}
				c.Blocks[v] = append(c.Blocks[v], recording.Block{Slots: 10, Values: []recording.Value{
					{Unit: recording.NsPerTask, V: f * ns[v][i]}, {Unit: recording.XBase, V: f * x}, {Unit: recording.TasksPerOp, V: 9}}})
			}
		}
		rec.Cells = append(rec.Cells, c)
	}
	return rec
}

func group(t *testing.T, variants []string, ns times) *Group {
	t.Helper()
	groups, err := Groups(record(variants, ns))
	if err != nil {
		t.Fatal(err)
	}
	if len(groups) != 1 {
		t.Fatalf("got %d groups, want 1", len(groups))
	}
	return groups[0]
}

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: got %v, want %v +- %v", what, got, want, tol)
	}
}

var all = []string{"chaselev", "twin", "nometrics", "batchless", "sharedline"}

// Eight cells that drift together, so that only paired differences are sharp.
func drifting() times {
	ns := times{}
	for i, drift := range []float64{0, 4, 8, 2, 0, 4, 8, 2} {
		e := []float64{-0.03, 0.01, 0.04, -0.02}[i%4]
		base := 20 + drift
		ns["chaselev"] = append(ns["chaselev"], base)
		ns["twin"] = append(ns["twin"], base+e)
		ns["nometrics"] = append(ns["nometrics"], base-1+e/2)
		ns["batchless"] = append(ns["batchless"], base+1-e/2)
		ns["sharedline"] = append(ns["sharedline"], base+39+e*3)
	}
	return ns
}

// TestFlaggedCellsAreLeftOut: a flag in any variant's block takes the cell out
// of every comparison.
func TestFlaggedCellsAreLeftOut(t *testing.T) {
	for _, unit := range recording.FlagUnits {
		rec := record(all, drifting())
		b := rec.Cells[3].Blocks["nometrics"]
		b[1].Values = append(b[1].Values, recording.Value{Unit: unit, V: 1})
		groups, err := Groups(rec)
		if err != nil || len(groups) != 1 {
			t.Fatalf("%s: %d groups, %v", unit, len(groups), err)
		}
		if g := groups[0]; g.Cells != 7 || g.Flagged != 1 || g.Layouts != 7 || g.Delta("twin").N != 7 {
			t.Errorf("%s: %d cells, %d flagged, %d layouts, twin of %d; want 7, 1, 7, 7", unit, g.Cells, g.Flagged, g.Layouts, g.Delta("twin").N)
		}
	}
}

// TestAllCellsFlagged: a workload of which nothing can be used is named, not left out.
func TestAllCellsFlagged(t *testing.T) {
	rec := record(all, drifting())
	for _, c := range rec.Cells {
		c.Blocks["twin"][0].Values = append(c.Blocks["twin"][0].Values, recording.Value{Unit: recording.WrongAnswers, V: 1})
	}
	groups, err := Groups(rec)
	if err != nil || len(groups) != 1 {
		t.Fatalf("got %d groups, %v, want the one", len(groups), err)
	}
	compared, err := Compare(rec, groups)
	if err != nil || len(compared) != 4 {
		t.Fatalf("got %d comparisons, %v, want 4", len(compared), err)
	}
	for _, c := range compared {
		if got, want := c.Verdict(), "n/a: all 8 cells are flagged"; got != want || !math.IsNaN(c.P) || !math.IsNaN(c.MDE) {
			t.Errorf("%s: got %q, p %v, MDE %v, want %q and no numbers", c.Variant, got, c.P, c.MDE, want)
		}
	}
	var text strings.Builder
	if err := WriteJSON(&text, compared); err != nil {
		t.Error(err)
	}
	if got := groups[0].Removed("sharedline").Verdict(); !strings.Contains(got, "all 8 cells are flagged") {
		t.Errorf("got %q, want that all cells are flagged", got)
	}
}

func TestGroup(t *testing.T) {
	g := group(t, all, drifting())
	if g.Label != "fib" || g.Workers != 2 || g.Cells != 8 || g.Layouts != 8 {
		t.Errorf("got %+v", g)
	}
	d := g.Descriptive("chaselev")
	near(t, "median", d.Median, 23, 1e-12)
	near(t, "mean", d.Mean, 23.5, 1e-12)
	near(t, "SD", d.SD, math.Sqrt(70.0/7), 1e-12)
	near(t, "CV", d.CV, math.Sqrt(70.0/7)/23.5, 1e-12)
	near(t, "min", d.Min, 20, 0)
	near(t, "max", d.Max, 28, 0)
}

// TestReplicates: processes of one layout count as one, since they have its luck in
// common; with one layout only there is nothing else than processes.
func TestReplicates(t *testing.T) {
	g := group(t, all, drifting())
	for _, tt := range []struct {
		layouts, want []float64
	}{
		{[]float64{1, 2, 3, 4, 5, 6, 7, 8}, []float64{20, 24, 28, 22, 20, 24, 28, 22}},
		{[]float64{1, 2, 3, 4, 1, 2, 3, 4}, []float64{20, 24, 28, 22}},
		{[]float64{1, 1, 1, 1, 2, 2, 2, 3}, []float64{23.5, 24, 22}},
		{[]float64{0, 0, 0, 0, 0, 0, 0, 0}, []float64{20, 24, 28, 22, 20, 24, 28, 22}},
	} {
		different := map[float64]bool{}
		for i, l := range tt.layouts {
			g.layouts[i] = int(l)
			different[l] = true
		}
		g.Layouts = len(different)
		if got := g.replicates(g.ns[Base]); !slices.Equal(got, tt.want) {
			t.Errorf("layouts %v: got %v, want %v", tt.layouts, got, tt.want)
		}
	}
}

func TestGroupsBySize(t *testing.T) {
	rec := record(all, drifting())
	rec.Cells[0].Size = "small"
	groups, err := Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	if len(groups) != 2 || groups[0].Label != "fib/small" || groups[1].Label != "fib/default" {
		t.Fatalf("got %v", groups)
	}
	if Find(groups, "fib/default", 2) != groups[1] || Find(groups, "fib", 2) != nil {
		t.Error("Find is wrong")
	}
}

func TestOverheadAndFloor(t *testing.T) {
	g := group(t, all, drifting())
	floor, ok := g.Floor()
	// twin - base: mean 0, SD sqrt(.0060/7), t(7) = 2.365.
	near(t, "floor", floor, 2.364624*math.Sqrt(0.006/7/8), 1e-6)
	if !ok {
		t.Error("no floor")
	}
	o := g.Overhead("sharedline")
	near(t, "sharedline", o.Est, 40, 1e-9)
	if !o.Resolved() || !strings.HasPrefix(o.Verdict(), "40.0 ns [39.9, 40.1]") {
		t.Errorf("got %q", o.Verdict())
	}
}

func TestDelta(t *testing.T) {
	flat := times{}
	for _, e := range []float64{-0.001, 0, 0.001} {
		flat["chaselev"] = append(flat["chaselev"], 20)
		flat["twin"] = append(flat["twin"], 20*math.Exp(e))
		flat["nometrics"] = append(flat["nometrics"], 20*math.Exp(-0.05+e/10))
		flat["batchless"] = append(flat["batchless"], 20*math.Exp(0.002+e/10))
		flat["sharedline"] = append(flat["sharedline"], 20*math.Exp(1+e/10))
	}
	g := group(t, all, flat)
	for _, tt := range []struct{ variant, want string }{
		{"chaselev", "the base"},
		// t(2) = 4.303, SE = .001/sqrt(3): the floor is 0.249 %.
		{"twin", "the noise: 0.00 % [-0.25, 0.25]"},
		{"nometrics", "faster by 4.88 % [4.85, 4.90]"},
		{"batchless", "no difference larger than 0.25 % resolved"},
		{"sharedline", "slower by 172 % [172, 172]"},
		{"mutexqueue", "n/a: the recording has no mutexqueue"},
	} {
		if got := g.Delta(tt.variant).Verdict(); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.variant, got, tt.want)
		}
	}
}

func TestRemoved(t *testing.T) {
	g := group(t, all, drifting())
	r := g.Removed("sharedline")
	near(t, "share", r.Est, 97.5, 0.01)
	if !r.Claimed || !(r.Lo > 97.4 && r.Lo < r.Est && r.Est < r.Hi && r.Hi < 97.6) {
		t.Errorf("got %+v, want a claimed narrow interval", r)
	}
	r = g.Removed("batchless")
	near(t, "share", r.Est, 50, 0.5)
	if !r.Claimed {
		t.Errorf("got %+v, want it claimed", r)
	}

	noisy := drifting()
	for i, e := range []float64{3, -3, 3, -3, 3, -3, 3, -3} {
		noisy["twin"][i] += e
	}
	r = group(t, all, noisy).Removed("batchless")
	if r.Claimed || !strings.Contains(r.Reason, "reaches the floor") {
		t.Errorf("got %+v, want it unclaimed: the floor is above the overhead", r)
	}
}

func TestRemovedNeedsCells(t *testing.T) {
	ns := times{}
	for v, xs := range drifting() {
		ns[v] = xs[:5]
	}
	if r := group(t, all, ns).Removed("sharedline"); r.Claimed || !strings.HasPrefix(r.Reason, "5 cells are too few") {
		t.Errorf("got %+v, want it unclaimed for too few cells", r)
	}
}

func TestSubsets(t *testing.T) {
	ns := drifting()
	for _, tt := range []struct {
		name                     string
		variants                 []string
		removed, removed2, delta string
	}{
		{"no twin", []string{"chaselev", "nometrics", "batchless"}, "not resolved: the recording has no twin", "n/a: the recording has no sharedline", "slower by"},
		{"no nometrics", []string{"chaselev", "twin", "batchless"}, "n/a: the recording has no nometrics", "n/a: the recording has no sharedline", "slower by"},
		{"base only", []string{"chaselev"}, "n/a: the recording has no batchless", "n/a: the recording has no sharedline", "n/a: the recording has no batchless"},
		{"no base", []string{"twin", "batchless"}, "n/a: the recording has no chaselev", "n/a: the recording has no sharedline", "no difference"},
	} {
		g := group(t, tt.variants, ns)
		if tt.name == "no base" {
			g = group(t, tt.variants, times{"twin": ns["twin"], "batchless": ns["batchless"]})
		}
		for _, x := range []struct{ got, want string }{
			{g.Removed("batchless").Verdict(), tt.removed},
			{g.Removed("sharedline").Verdict(), tt.removed2},
			{g.Delta("batchless").Verdict(), tt.delta},
		} {
			if !strings.HasPrefix(x.got, x.want) {
				t.Errorf("%s: got %q, want %q", tt.name, x.got, x.want)
			}
		}
	}
}

func TestOneCell(t *testing.T) {
	ns := times{}
	for v, xs := range drifting() {
		ns[v] = xs[:1]
	}
	g := group(t, all, ns)
	for _, tt := range []struct{ got, want string }{
		{g.Delta("sharedline").Verdict(), "n/a: 1 cell gives no interval"},
		{g.Delta("twin").Verdict(), "n/a: 1 cell gives no interval"},
		{g.Overhead("sharedline").Verdict(), "n/a: 1 cell gives no interval"},
		{g.Removed("sharedline").Verdict(), "not resolved: 1 cell gives no interval"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestBadValue(t *testing.T) {
	rec := record(all, drifting())
	rec.Cells[1].Blocks["twin"][1].Values[0].V = math.NaN()
	if _, err := Groups(rec); err == nil || !strings.Contains(err.Error(), "layout=1") {
		t.Errorf("got %v, want an error that names the cell", err)
	}
}

func TestNum(t *testing.T) {
	for _, tt := range []struct {
		x    float64
		want string
	}{{0, "0.00"}, {-0.001, "0.00"}, {1.234, "1.23"}, {9.996, "10.0"}, {-12.34, "-12.3"}, {99.96, "100"}, {1234.5, "1234"}, {999_999, "999999"}, {-2.7454e21, "-2.75e+21"}, {math.Inf(1), "n/a"}, {math.NaN(), "n/a"}} {
		if got := Num(tt.x); got != tt.want {
			t.Errorf("Num(%v) = %q, want %q", tt.x, got, tt.want)
		}
	}
}
