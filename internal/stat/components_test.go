package stat

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Snedecor and Cochran, Statistical Methods (6th ed., 1967), page 286: calcium in
// turnip greens, 4 plants, 3 leaves each, 2 samples each.
var turnip = Nested{
	{{3.28, 3.09}, {3.52, 3.48}, {2.88, 2.80}},
	{{2.46, 2.44}, {1.87, 1.92}, {2.19, 2.19}},
	{{2.77, 2.66}, {3.74, 3.44}, {2.55, 2.55}},
	{{3.78, 3.87}, {4.07, 4.12}, {3.31, 3.31}},
}

// The data of NAG's example program for routine G04AGF, groups of unequal size.
var unequal = Nested{
	{{2.1, 2.4, 2.0, 2.0, 2.0}, {2.4, 2.1, 2.2}, {2.4, 2.2, 2.6}, {2.4, 2.4, 2.5}, {1.9, 1.7}},
	{{2.1, 1.5, 2.0}, {1.9, 1.7, 1.9, 1.9, 1.9}, {2.0, 2.1, 2.3}},
}

// Unequal too, with a process of one row and a layout of one process.
var ragged = Nested{{{1, 2}, {4, 7, 3}}, {{9, 8}}, {{5}, {6.5, 12}}, {{2, 2.5}, {3}, {1, 0.5}}}

// The worked example of Kalibera and Jones, Rigorous Benchmarking in Reasonable
// Time (ISMM 2013), in the corrected version of the paper.
var kalibera = Nested{{{9, 5}, {8, 3}}, {{10, 6}, {7, 11}}, {{1, 12}, {2, 4}}}

func TestComponents(t *testing.T) {
	for _, tt := range []struct {
		name                 string
		data                 Nested
		row, process, layout float64 // as estimated
		tol                  float64
		df                   [3]int
	}{
		// SAS 9.4, PROC NESTED, example 1 of its manual.
		{"turnip", turnip, 0.006654, 0.161060, 0.365223, 5e-7, [3]int{12, 8, 3}},
		// The paper rounds to 16.5, -5.7 and 2.3.
		{"Kalibera and Jones", kalibera, 16.5, -5.666666667, 2.270833333, 1e-9, [3]int{6, 3, 2}},
		// Unequal groups by matrices, R 4.2.2: Q the projections that give the sums
		// of squares, V = Z Z' of each level, solve(A, ss) with A[i,j] =
		// sum(diag(Q[[i]] %*% V[[j]])). NAG prints the same sums of squares: 0.559,
		// 0.816 and 0.475.
		{"unequal", unequal, 0.02940350877, 0.03265503521, 0.02478995642, 1e-10, [3]int{19, 6, 1}},
		{"ragged", ragged, 3.577380952, 1.992616758, 7.877668820, 1e-8, [3]int{7, 4, 3}},
	} {
		got, err := tt.data.Components()
		if err != nil {
			t.Fatal(err)
		}
		for k, c := range []Component{got.Row, got.Process, got.Layout} {
			want := []float64{tt.row, tt.process, tt.layout}[k]
			near(t, fmt.Sprintf("%s: component %d", tt.name, k), c.Raw, want, tt.tol)
			near(t, fmt.Sprintf("%s: variance %d", tt.name, k), c.Variance, math.Max(0, want), tt.tol)
			if c.DF != tt.df[k] {
				t.Errorf("%s: component %d has %d degrees of freedom, want %d", tt.name, k, c.DF, tt.df[k])
			}
		}
	}
}

// Davies and Goldsmith (1972), section 6.4, Dyestuff in R's lme4, whose manual has
// 1764.05 between the batches and 2451.25 within. As layouts of one process, and
// as layouts whose processes have one row.
func TestComponentsWithoutReplication(t *testing.T) {
	dyestuff := [][]float64{
		{1545, 1440, 1440, 1520, 1580}, {1540, 1555, 1490, 1560, 1495}, {1595, 1550, 1605, 1510, 1560},
		{1445, 1440, 1595, 1465, 1545}, {1595, 1630, 1515, 1635, 1625}, {1520, 1455, 1450, 1480, 1445},
	}
	var oneProcess, oneRow, neither Nested
	for _, batch := range dyestuff {
		oneProcess = append(oneProcess, [][]float64{batch})
		var cells [][]float64
		for _, x := range batch {
			cells = append(cells, []float64{x})
		}
		oneRow = append(oneRow, cells)
		neither = append(neither, [][]float64{{sum(batch) / 5}})
	}
	within, between := Component{2451.25, 2451.25, 24}, Component{1764.05, 1764.05, 5}
	for _, tt := range []struct {
		name  string
		data  Nested
		want  Components
		notes []string
	}{
		{"one process", oneProcess, Components{Row: within, Layout: between},
			[]string{"one process per layout: the component of the layouts is of both"}},
		{"one row", oneRow, Components{Process: within, Layout: between},
			[]string{"one row per process: the component of the processes is of both"}},
		{"neither", neither, Components{Layout: Component{2254.3, 2254.3, 5}}, []string{
			"one row per process: the component of the processes is of both",
			"one process per layout: the component of the layouts is of both"}},
	} {
		got, err := tt.data.Components()
		if err != nil {
			t.Fatal(err)
		}
		for k, pair := range [][2]Component{{got.Row, tt.want.Row}, {got.Process, tt.want.Process}, {got.Layout, tt.want.Layout}} {
			near(t, fmt.Sprintf("%s: component %d", tt.name, k), pair[0].Variance, pair[1].Variance, 1e-8)
			near(t, fmt.Sprintf("%s: raw component %d", tt.name, k), pair[0].Raw, pair[1].Raw, 1e-8)
			if pair[0].DF != pair[1].DF {
				t.Errorf("%s: component %d has %d degrees of freedom, want %d", tt.name, k, pair[0].DF, pair[1].DF)
			}
		}
		if notes := got.Notes(); !slices.Equal(notes, tt.notes) {
			t.Errorf("%s: got notes %q, want %q", tt.name, notes, tt.notes)
		}
	}
}

func TestComponentsNotes(t *testing.T) {
	for _, tt := range []struct {
		name string
		data Nested
		want string
	}{
		{"turnip", turnip, ""},
		{"Kalibera and Jones", kalibera, "the component of the processes, -5.67, is taken as 0"},
		// Layouts alike, processes not.
		{"layouts", Nested{{{0, 1}, {10, 11}}, {{0, 1}, {10, 11}}}, "the component of the layouts, -25, is taken as 0"},
		// By hand: nothing differs, nothing is negative.
		{"alike", Nested{{{1, 1}, {1, 1}}, {{1, 1}, {1, 1}}}, ""},
	} {
		got, err := tt.data.Components()
		if err != nil {
			t.Fatal(err)
		}
		if notes := strings.Join(got.Notes(), "; "); notes != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, notes, tt.want)
		}
	}
}

func TestNestedBadInput(t *testing.T) {
	for _, data := range []Nested{
		nil, {}, {{}}, {{{}}}, {{{1}}, {}}, {{{1}}, {{1}, {}}}, {{{1, 2}}, {{1, math.NaN()}}}, {{{1}}, {{math.Inf(1)}}},
	} {
		_, e1 := data.Components()
		_, e2 := data.Interval(0.95)
		if e1 == nil || e2 == nil {
			t.Errorf("%v: got %v and %v, want errors", data, e1, e2)
		}
	}
	if _, err := (Nested{{{1, 2}, {3, 4}}}).Components(); err == nil {
		t.Error("one layout: got no error, want one")
	}
	if _, err := turnip.Interval(1); err == nil {
		t.Error("level 1: got no error, want one")
	}
}

// R 4.2.2: t.test(tapply(y, plant, mean))$conf.int, two rows having their mean as
// median; of ragged, of the medians of its processes' rows, averaged by layout.
func TestNestedInterval(t *testing.T) {
	for _, tt := range []struct {
		name        string
		data        Nested
		est, lo, hi float64
	}{
		{"turnip", turnip, 3.01208333, 1.980829282, 4.043337385},
		{"ragged", ragged, 5.09375, -0.004207874801, 10.191707874801},
	} {
		got, err := tt.data.Interval(0.95)
		if err != nil {
			t.Fatal(err)
		}
		near(t, tt.name+": estimate", got.Est, tt.est, 1e-8)
		near(t, tt.name+": low", got.Lo, tt.lo, 1e-8)
		near(t, tt.name+": high", got.Hi, tt.hi, 1e-8)
		if got.N != 4 || got.Level != 0.95 {
			t.Errorf("%s: got %+v, want 4 layouts and level 0.95", tt.name, got)
		}
	}
	var cells Nested
	for _, x := range sleep {
		cells = append(cells, [][]float64{{x}})
	}
	got, err1 := cells.Interval(0.95)
	want, err2 := MeanT(sleep, 0.95)
	if err1 != nil || err2 != nil || got != want {
		t.Errorf("each cell its own layout: got %+v, %v, want %+v, %v", got, err1, want, err2)
	}
	if one, err := (Nested{{{1}, {2}}}).Interval(0.95); err != nil || one.Bounded() || one.Est != 1.5 {
		t.Errorf("one layout: got %+v, %v, want an unbounded interval", one, err)
	}
}

// 8 layouts of 4 processes of 9 rows, all components 1: the interval over layouts
// holds the truth in 95 % of the samples, one over the 32 cells does not.
func TestNestedCoverage(t *testing.T) {
	const trials = 2000
	rng := rand.New(rand.NewPCG(9, 1))
	covered, overCells := 0, 0
	var total [3]float64
	for range trials {
		data := make(Nested, 8)
		var cells []float64
		for l := range data {
			layout := rng.NormFloat64()
			for range 4 {
				process := rng.NormFloat64()
				rows := make([]float64, 9)
				for r := range rows {
					rows[r] = layout + process + rng.NormFloat64()
				}
				data[l] = append(data[l], rows)
				cells = append(cells, slices.Sorted(slices.Values(rows))[4])
			}
		}
		right, err1 := data.Interval(0.95)
		wrong, err2 := MeanT(cells, 0.95)
		c, err3 := data.Components()
		if err1 != nil || err2 != nil || err3 != nil {
			t.Fatal(err1, err2, err3)
		}
		if !right.Beyond(0) {
			covered++
		}
		if !wrong.Beyond(0) {
			overCells++
		}
		total[0] += c.Row.Raw
		total[1] += c.Process.Raw
		total[2] += c.Layout.Raw
	}
	t.Logf("over layouts %.3f, over cells %.3f", float64(covered)/trials, float64(overCells)/trials)
	near(t, "over layouts", float64(covered)/trials, 0.95, 0.015)
	if float64(overCells)/trials > 0.85 {
		t.Errorf("over cells: covers %.3f: the test shows nothing", float64(overCells)/trials)
	}
	for k, name := range []string{"row", "process", "layout"} {
		near(t, "mean component of the "+name, total[k]/trials, 1, 0.06)
	}
}
