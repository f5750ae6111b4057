package analysis

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"stealbench/internal/recording"
	"stealbench/internal/stat"
)

// alpha is the level of all tests here.
const alpha = 0.05

// ShortComparison is one short comparison of a variant with the base: a few cells
// of one workload and number of workers.
type ShortComparison struct {
	Workload, Size string
	Workers        int
	Logs           []float64 // log ratio to the base, one a cell
	Halves         []float64 // log of xhalf, one a cell; of quads only
	WithinP        []float64 // of the sign test over the cell's rows
	WithinHalf     []float64 // half width over the cell's rows, percent; +Inf: too few rows
}

// Comparisons cuts a recording into comparisons of cells processes each, one
// after the other: the first of every workload and number of workers, then the
// second, so that the first few are a fair choice. Those that lack a cell, or
// have a flagged one, are counted in short.
func Comparisons(rec *recording.Recording, variant string, cells int) (cs []ShortComparison, short int, err error) {
	if cells < 1 || !rec.Has(variant) {
		return nil, 0, fmt.Errorf("%s: no comparisons of %d cells with %s", rec.Dir, cells, variant)
	}
	type key struct {
		round   int
		place   int // of the workload, in the order of the plan
		workers int
		size    string
	}
	workloads := rec.Workloads()
	found := map[key]*ShortComparison{}
	var keys []key
	for _, c := range rec.Cells {
		k := key{c.Proc / cells, slices.Index(workloads, c.Workload), c.Workers, c.Size}
		if found[k] == nil {
			found[k] = &ShortComparison{Workload: c.Workload, Size: c.Size, Workers: c.Workers}
			keys = append(keys, k)
		}
		if c.Flags() != nil {
			continue
		}
		if err := found[k].add(c.Blocks[variant]); err != nil {
			return nil, 0, fmt.Errorf("%s: cell %v: variant %s: %w", rec.Dir, c.Cell, variant, err)
		}
	}
	slices.SortFunc(keys, func(a, b key) int {
		switch {
		case a.round != b.round:
			return a.round - b.round
		case a.place != b.place:
			return a.place - b.place
		case a.size != b.size:
			return slices.Index(rec.Sizes(workloads[a.place]), a.size) - slices.Index(rec.Sizes(workloads[a.place]), b.size)
		}
		return a.workers - b.workers
	})
	for _, k := range keys {
		if len(found[k].Logs) < cells {
			short++
			continue
		}
		cs = append(cs, *found[k])
	}
	return cs, short, nil
}

// add adds a cell.
func (c *ShortComparison) add(blocks []recording.Block) error {
	_, logx, err := estimate(blocks)
	if err != nil {
		return err
	}
	c.Logs = append(c.Logs, logx)
	var signs, halves []float64
	half := math.Inf(1)
	for _, b := range blocks {
		slower, _ := b.Get(recording.RowsSlower)
		faster, _ := b.Get(recording.RowsFaster)
		signs = append(signs, slices.Repeat([]float64{1}, int(slower))...)
		signs = append(signs, slices.Repeat([]float64{-1}, int(faster))...)
		if x, ok := b.Get(recording.XHalf); ok && x > 0 {
			halves = append(halves, math.Log(x))
		}
		lo, okLo := b.Get(recording.XBaseLo)
		hi, okHi := b.Get(recording.XBaseHi)
		if okLo && okHi {
			half = 100 * (hi - lo) / 2
		}
	}
	p := 1.0 // no row differs
	if len(signs) > 0 {
		if p, err = stat.SignTest(signs); err != nil {
			return err
		}
	}
	c.WithinP = append(c.WithinP, p)
	c.WithinHalf = append(c.WithinHalf, half)
	if len(halves) > 0 {
		half, err := stat.Median(halves)
		if err != nil {
			return err
		}
		c.Halves = append(c.Halves, half)
	}
	return nil
}

// PValues are the outcomes of one test over many comparisons.
type PValues struct {
	N, Rejections int     // at 5 %
	Lo, Hi        int     // central 95 % of Binomial(N, 0.05): what a valid test gives
	Histogram     [10]int // of the p values, by tenths
}

// Within says whether the number of rejections is that of a valid test.
func (p PValues) Within() bool { return p.N > 0 && p.Lo <= p.Rejections && p.Rejections <= p.Hi }

func pValues(ps []float64) PValues {
	v := PValues{N: len(ps)}
	for _, p := range ps {
		if p <= alpha {
			v.Rejections++
		}
		v.Histogram[min(int(10*p), 9)]++
	}
	v.Lo, v.Hi = centralBinomial(v.N, alpha)
	return v
}

// centralBinomial is the smallest range that leaves at most 2.5 % out at each
// end.
func centralBinomial(n int, p float64) (lo, hi int) {
	if n == 0 {
		return 0, 0
	}
	b := distuv.Binomial{N: float64(n), P: p}
	for lo = 0; b.CDF(float64(lo)) <= alpha/2; lo++ {
	}
	for hi = lo; b.CDF(float64(hi)) < 1-alpha/2; hi++ {
	}
	return lo, hi
}

// Calibration is what comparisons of the base with its twin say of the method.
type Calibration struct {
	Comparisons    int
	T, Flip        PValues // over cells: t, and sign-flip permutation
	Sign           PValues // within a binary: one a cell
	Slower         int     // comparisons that have the twin slower
	SlowLo, SlowHi int     // central 95 % of Binomial(Comparisons, 0.5)
	// Position is how much longer the first half of a quad takes than the
	// second, percent, over all cells.
	Position   stat.Interval
	Half       float64 // median half width of the t interval over cells, percent
	WithinHalf float64 // and of the interval over the rows of a cell
	Workloads  []WorkloadCalibration
}

// WorkloadCalibration is the share of one workload and number of workers.
type WorkloadCalibration struct {
	Label                  string
	Workers                int
	Comparisons, T, Slower int     // how many; rejected by t; with the twin slower
	Half                   float64 // median half width, percent
	SD                     float64 // of a cell, percent; each has a linker layout of its own
}

// HalfOf is the half width, in percent, that n such cells give.
func (w WorkloadCalibration) HalfOf(n int) float64 {
	if n < 2 {
		return math.Inf(1)
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(n - 1)}
	return t.Quantile(1-alpha/2) * w.SD / math.Sqrt(float64(n))
}

// EnoughComparisons is how many a verdict needs: of fewer, a test that rejects
// twice as often as it should would pass too often.
const EnoughComparisons = 200

// Verdict is what a calibration comes to.
type Verdict int

const (
	Pass   Verdict = iota // both tests over cells reject as often as they should
	TooFew                // comparisons, to tell
	Fail
)

// Verdict judges the tests over cells.
func (c *Calibration) Verdict() Verdict {
	switch {
	case !c.T.Within() || !c.Flip.Within():
		return Fail
	case c.Comparisons < EnoughComparisons:
		return TooFew
	}
	return Pass
}

// Calibrate tests each comparison at 5 % and counts. The twin is the base's
// copy, so that over cells nothing should be found beyond 5 %. Within one
// binary the twin's place in it is a real difference, which the sign test finds.
func Calibrate(cs []ShortComparison) (*Calibration, error) {
	if len(cs) == 0 {
		return nil, fmt.Errorf("no whole comparison")
	}
	c := &Calibration{Comparisons: len(cs)}
	var ts, flips, signs, halves, withins, positions []float64
	parts := map[[2]any]int{}
	partHalves, partLogs := map[int][]float64{}, map[int][]float64{}
	for _, one := range cs {
		o, err := one.outcome()
		if err != nil {
			return nil, err
		}
		ts, flips, signs = append(ts, o.t), append(flips, o.flip), append(signs, one.WithinP...)
		halves, withins = append(halves, o.half), append(withins, one.WithinHalf...)
		positions = append(positions, one.Halves...)
		k := [2]any{one.label(), one.Workers}
		i, ok := parts[k]
		if !ok {
			i = len(c.Workloads)
			parts[k] = i
			c.Workloads = append(c.Workloads, WorkloadCalibration{Label: one.label(), Workers: one.Workers})
		}
		w := &c.Workloads[i]
		w.Comparisons++
		if o.t <= alpha {
			w.T++
		}
		if o.mean > 0 {
			w.Slower++
			c.Slower++
		}
		partHalves[i] = append(partHalves[i], o.half)
		partLogs[i] = append(partLogs[i], one.Logs...)
	}
	c.T, c.Flip, c.Sign = pValues(ts), pValues(flips), pValues(signs)
	c.SlowLo, c.SlowHi = centralBinomial(len(cs), 0.5)
	c.Half, c.WithinHalf = middle(halves), middle(withins)
	for i := range c.Workloads {
		c.Workloads[i].Half = middle(partHalves[i])
		c.Workloads[i].SD = math.NaN()
		if sd, err := stat.SampleSD(partLogs[i]); err == nil {
			c.Workloads[i].SD = 100 * sd
		}
	}
	if len(positions) > 0 {
		c.Position = mean(positions).Map(toPercent)
	}
	return c, nil
}

func (c *ShortComparison) label() string {
	if c.Size == "default" {
		return c.Workload
	}
	return c.Workload + "/" + c.Size
}

// outcome is what one comparison says over its cells.
type outcome struct{ mean, half, t, flip float64 }

func (c *ShortComparison) outcome() (o outcome, err error) {
	i, err := stat.MeanT(c.Logs, level)
	if err != nil {
		return o, err
	}
	o.mean, o.half = i.Est, 100*i.Half()
	if o.flip, err = stat.SignFlip(c.Logs, resamples, bootstrapSeed); err != nil {
		return o, err
	}
	o.t, err = tTest(c.Logs)
	return o, err
}

// tTest is the two-sided p value that the mean of cells is zero; 1 for one cell.
func tTest(xs []float64) (float64, error) {
	if len(xs) < 2 {
		return 1, nil
	}
	m, err := stat.Mean(xs)
	if err != nil {
		return 0, err
	}
	sd, err := stat.SampleSD(xs)
	if err != nil {
		return 0, err
	}
	if m == 0 {
		return 1, nil
	}
	if sd == 0 {
		return 0, nil
	}
	n := float64(len(xs))
	d := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}
	return 2 * d.CDF(-math.Abs(m)/sd*math.Sqrt(n)), nil
}

// middle is the median of half widths, of which some may be infinite; +Inf of
// none.
func middle(xs []float64) float64 {
	if len(xs) == 0 {
		return math.Inf(1)
	}
	sorted := slices.Sorted(slices.Values(xs))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}
