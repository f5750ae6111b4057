package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"stealbench/internal/recording"
)

func TestCentralBinomial(t *testing.T) {
	for _, c := range []struct {
		n      int
		p      float64
		lo, hi int
	}{
		{200, 0.05, 4, 16}, // method.md, section 5
		{200, 0.5, 86, 114},
		{10, 0.5, 2, 8}, // the sign test's classic table: 1 of 10 is p = 0.021
		{0, 0.05, 0, 0},
		{1, 0.05, 0, 1},
	} {
		if lo, hi := centralBinomial(c.n, c.p); lo != c.lo || hi != c.hi {
			t.Errorf("%d at %v: got %d to %d, want %d to %d", c.n, c.p, lo, hi, c.lo, c.hi)
		}
	}
}

// TestTTest against R: t.test(extra ~ group, sleep, paired = TRUE), the data of
// Student's own paper (1908): p = 0.002833.
func TestTTest(t *testing.T) {
	p, err := tTest([]float64{1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "sleep", p, 0.002833, 5e-7)
	for _, c := range []struct {
		xs   []float64
		want float64
	}{{[]float64{1}, 1}, {[]float64{0, 0}, 1}, {[]float64{2, 2}, 0}, {[]float64{-1, 1}, 1}} {
		if p, err := tTest(c.xs); err != nil || p != c.want {
			t.Errorf("%v: got %v, %v, want %v", c.xs, p, err, c.want)
		}
	}
}

// quad is a cell of base and another variant, whose blocks all say the same.
func quad(workload string, workers, proc int, variant string, logx float64, slower, faster int) recording.CellData {
	value := func(unit string, v float64) recording.Value { return recording.Value{Unit: unit, V: v} }
	block := func(x float64, more ...recording.Value) []recording.Block {
		b := recording.Block{Slots: 8, Values: append([]recording.Value{
			value(recording.NsPerTask, 10*x), value(recording.XBase, x), value(recording.TasksPerOp, 9)}, more...)}
		last := b
		last.Values = slices.Clone(b.Values)
		if len(more) > 0 {
			last.Values = append(last.Values, value(recording.XBaseLo, x-0.002), value(recording.XBaseHi, x+0.002))
		}
		return []recording.Block{b, last}
	}
	return recording.CellData{
		Cell: recording.Cell{Workload: workload, Size: "default", Workers: workers, Proc: proc},
		Blocks: map[string][]recording.Block{
			Base: block(1),
			variant: block(math.Exp(logx), value(recording.RowsSlower, float64(slower)), value(recording.RowsFaster, float64(faster)),
				value(recording.XHalf, 1.01), value(recording.InjectedPercent, 0.5)),
		},
	}
}

// trial is comparisons of n cells each, of which draw makes the log ratios.
func trial(comparisons, n int, draw func() float64) *recording.Recording {
	rec := &recording.Recording{Dir: "results/test", Variants: []string{Base, Twin}}
	for proc := range comparisons / 4 * n {
		for _, w := range []string{"fib", "empty"} {
			for workers := 1; workers <= 2; workers++ {
				rec.Cells = append(rec.Cells, quad(w, workers, proc, Twin, draw(), 5, 6))
			}
		}
	}
	return rec
}

func calibrated(t *testing.T, rec *recording.Recording, cells int) *Calibration {
	t.Helper()
	cs, short, err := Comparisons(rec, Twin, cells)
	if err != nil || short != 0 {
		t.Fatalf("%d short, %v", short, err)
	}
	c, err := Calibrate(cs)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestCalibrate: normal cells without a difference pass, in any way that a
// method can be wrong they do not.
func TestCalibrate(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	c := calibrated(t, trial(200, 8, func() float64 { return 0.01 * random.NormFloat64() }), 8)
	if c.Verdict() != Pass || c.Comparisons != 200 || c.T.N != 200 || c.Flip.N != 200 || c.Sign.N != 1600 || c.T.Lo != 4 || c.T.Hi != 16 {
		t.Errorf("no difference: got %+v", c)
	}
	if c.Slower < c.SlowLo || c.Slower > c.SlowHi {
		t.Errorf("no difference: slower in %d of 200, want %d to %d", c.Slower, c.SlowLo, c.SlowHi)
	}
	for _, h := range [][10]int{c.T.Histogram, c.Flip.Histogram} {
		sum := 0
		for _, n := range h {
			if sum += n; n < 8 || n > 34 { // binomial(200, 0.1), 99.9 %
				t.Errorf("p values are not even: %v", h)
			}
		}
		if sum != 200 {
			t.Errorf("%d p values in the histogram, want 200", sum)
		}
	}
	if len(c.Workloads) != 4 || c.Workloads[0].Label != "fib" || c.Workloads[1].Workers != 2 || c.Workloads[0].Comparisons != 50 {
		t.Errorf("got workloads %+v, want fib and empty with 1 and 2 workers, 50 each", c.Workloads)
	}
	near(t, "position", c.Position.Est, 1, 1e-9)
	near(t, "half width within", c.WithinHalf, 0.2, 1e-9)
	// t quantile of 7 degrees 2.365, SD 1 %, root 8: about 0.836 %.
	near(t, "half width", c.Half, 0.836, 0.1)

	if c := calibrated(t, trial(200, 8, func() float64 { return 0.01 + 0.01*random.NormFloat64() }), 8); c.Verdict() != Fail || c.Slower < 190 {
		t.Errorf("a copy that is slower passes: %+v", c)
	}
	n := 0
	if c := calibrated(t, trial(200, 8, func() float64 { n++; return float64(1 - 2*(n/4%2)) }), 8); c.Verdict() != Fail {
		t.Errorf("tests that never reject pass: %+v", c)
	}
	if c := calibrated(t, trial(20, 8, func() float64 { return 0.01 * random.NormFloat64() }), 8); c.Verdict() != TooFew {
		t.Errorf("20 comparisons are enough: %+v", c)
	}
	if _, err := Calibrate(nil); err == nil {
		t.Error("no comparison gives a calibration")
	}
}

// TestComparisons: rounds in order, flagged and missing cells make one short.
func TestComparisons(t *testing.T) {
	rec := &recording.Recording{Dir: "results/test", Variants: []string{Base, Twin}, Keys: []recording.Key{{Name: "workloads", Value: "empty fib"}}}
	for proc := range 6 {
		for _, w := range []string{"fib", "empty"} {
			rec.Cells = append(rec.Cells, quad(w, 1, proc, Twin, float64(proc), 30, 10))
		}
	}
	b := rec.Cells[2].Blocks[Base] // fib, proc 1
	b[0].Values = append(b[0].Values, recording.Value{Unit: recording.WrongAnswers, V: 1})
	rec.Cells = rec.Cells[:len(rec.Cells)-1] // empty, proc 5
	cs, short, err := Comparisons(rec, Twin, 2)
	if err != nil || short != 2 {
		t.Fatalf("got %d short, %v, want 2", short, err)
	}
	var got []string
	for _, c := range cs {
		got = append(got, c.Workload)
		if len(c.Logs) != 2 || math.Abs(c.Logs[1]-c.Logs[0]-1) > 1e-9 {
			t.Errorf("%s has cells %v, want two neighbours", c.Workload, c.Logs)
		}
	}
	if want := []string{"empty", "empty", "fib", "fib"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v: round by round, in the order of the plan", got, want)
	}
	// 60 rows slower, 20 faster: 2 * P(X <= 20 of 80), the sum of binomials.
	near(t, "sign test", cs[0].WithinP[0], 8.58056e-06, 1e-10)
	if _, _, err := Comparisons(rec, "nometrics", 2); err == nil || !strings.Contains(err.Error(), "nometrics") {
		t.Errorf("a variant that is not there: got %v", err)
	}
}

// TestPower: found by its sign and its p, and the widths of each way.
func TestPower(t *testing.T) {
	rec := &recording.Recording{Dir: "results/test", Variants: []string{Base, "plus1"}}
	for proc, one := range []struct {
		logx           float64
		slower, faster int
	}{{0.01, 40, 5}, {0.011, 40, 5}, {0.012, 20, 21}, {-0.01, 5, 40}, {0.01, 40, 5}} {
		rec.Cells = append(rec.Cells, quad("fib", 1, proc, "plus1", one.logx, one.slower, one.faster))
	}
	base, other := []float64{100, 101, 102, 103, 104, 105}, []float64{110, 111, 112, 113, 114, 115}
	p, err := PowerOf(1, rec, "plus1", 2, []Sequential{{base, other, 3}, {base, base, 1}, {other, base, 2}})
	if err != nil {
		t.Fatal(err)
	}
	if p.Within.N != 5 || p.Within.Rejections != 3 {
		t.Errorf("in a binary: got %+v, want 3 of 5: neither the unsure nor the faster one", p.Within)
	}
	if p.Over.N != 2 || p.Over.Rejections != 1 { // 1 and 1.1 %: t = 21; 1.2 and -1 %: no
		t.Errorf("over cells: got %+v, want 1 of 2", p.Over)
	}
	if p.Sequential.N != 3 || p.Sequential.Rejections != 1 || p.Wall != 2 {
		t.Errorf("sequential: got %+v, %v s, want 1 of 3, 2 s", p.Sequential, p.Wall)
	}
	near(t, "injected", p.Injected, 0.5, 1e-9)
	near(t, "half width", p.Within.Half, 0.2, 1e-9)
	// Of 6 values the interval is from the least to the largest: 5 of 102.5.
	near(t, "sequential half width", p.Sequential.Half, math.Hypot(250/102.5, 250/102.5), 0.2)
	none, err := PowerOf(0, rec, "plus1", 2, nil)
	if err != nil || none.Within.Rejections != 4 {
		t.Errorf("without an effect: got %+v, %v, want 4 false positives in both directions", none.Within, err)
	}
}

func TestGoals(t *testing.T) {
	good := []Power{
		{Effect: 0.5, Within: Found{100, 95, 0.05}, Over: Found{6, 6, 0.9}, Sequential: Found{100, 20, 5}},
		{Effect: 2, Within: Found{100, 100, 0.1}, Over: Found{6, 6, 0.4}, Sequential: Found{100, 20, 1}},
	}
	for _, c := range []struct {
		name   string
		change func(rows []Power)
		want   []bool
	}{
		{"all", func([]Power) {}, []bool{true, true, true}},
		{"power", func(r []Power) { r[0].Within.Rejections = 89 }, []bool{false, true, true}},
		{"width over cells", func(r []Power) { r[1].Over.Half = 1.1 }, []bool{true, false, true}},
		{"no interval", func(r []Power) { r[1].Over.Half = math.Inf(1) }, []bool{true, false, true}},
		{"ratio", func(r []Power) { r[1].Sequential.Half = 0.9 }, []bool{true, true, false}},
		{"no sequential", func(r []Power) { r[0].Sequential.Half, r[1].Sequential.Half = math.Inf(1), math.Inf(1) }, []bool{true, true, false}},
		{"another effect", func(r []Power) { r[0].Effect = 1 }, []bool{false, true, true}},
	} {
		rows := slices.Clone(good)
		c.change(rows)
		for i, g := range Goals(rows) {
			if g.Reached != c.want[i] {
				t.Errorf("%s: goal %q: got %v (%s), want %v", c.name, g.Text, g.Reached, g.Got, c.want[i])
			}
		}
	}
	for _, g := range Goals(nil) {
		if g.Reached {
			t.Errorf("no rows reach %q", g.Text)
		}
	}
}
