package analysis

import (
	"fmt"
	"math"
	"slices"

	"golang.org/x/perf/benchmath"

	"stealbench/internal/recording"
	"stealbench/internal/stat"
)

// Found is how often a method found an effect, and how exactly.
type Found struct {
	N, Rejections int     // trials; with p <= 0.05, and slower unless the effect is 0
	Half          float64 // median half width of the 95 % interval, percent; +Inf: none
}

// Share is the share of trials that found it, percent; NaN without trials.
func (f Found) Share() float64 { return 100 * float64(f.Rejections) / float64(f.N) }

// Sequential is one trial of the usual way: go test -bench -count=n of the base,
// then of the other.
type Sequential struct {
	Base, Other []float64 // ns of a run
	Wall        float64   // s, for both
}

// Power is one row of the power table: the same effect, injected into trials of
// each method.
type Power struct {
	Effect     float64 // percent, asked for
	Injected   float64 // percent, median over the trials' blocks; 0 if none was
	Within     Found   // in one binary: sign test and interval over the rows of a cell
	Over       Found   // over Cells cells: t test and t interval
	Cells      int
	Sequential Found   // benchstat's U test; its intervals of both sides added as errors are
	Wall       float64 // s, median of a sequential trial
}

// PowerOf is the row of an effect: rec has base and variant in quads, a trial a
// cell; over cells, a trial is cells of them, one after the other.
func PowerOf(effect float64, rec *recording.Recording, variant string, cells int, sequential []Sequential) (Power, error) {
	p := Power{Effect: effect, Cells: cells}
	single, _, err := Comparisons(rec, variant, 1)
	if err != nil {
		return p, err
	}
	var halves []float64
	for _, c := range single {
		p.Within.N++
		if p.found(c.WithinP[0], c.Logs[0]) {
			p.Within.Rejections++
		}
		halves = append(halves, c.WithinHalf[0])
	}
	p.Within.Half = middle(halves)
	whole, _, err := Comparisons(rec, variant, cells)
	if err != nil {
		return p, err
	}
	halves = nil
	for _, c := range whole {
		o, err := c.outcome()
		if err != nil {
			return p, err
		}
		p.Over.N++
		if p.found(o.t, o.mean) {
			p.Over.Rejections++
		}
		halves = append(halves, o.half)
	}
	p.Over.Half = middle(halves)
	p.Injected = injected(rec, variant)
	return p, p.sequential(sequential)
}

// found says whether a trial found the effect; what it finds of none is a false
// positive in either direction.
func (p *Power) found(pValue, slower float64) bool {
	return pValue <= alpha && (p.Effect == 0 || slower > 0)
}

// injected is the median over the blocks of how much really was.
func injected(rec *recording.Recording, variant string) float64 {
	var all []float64
	for _, c := range rec.Cells {
		for _, b := range c.Blocks[variant] {
			if x, ok := b.Get(recording.InjectedPercent); ok {
				all = append(all, x)
			}
		}
	}
	if len(all) == 0 {
		return 0
	}
	return middle(all)
}

func (p *Power) sequential(trials []Sequential) error {
	var halves, walls []float64
	for i, s := range trials {
		u, err := stat.UTest(s.Base, s.Other)
		if err != nil {
			return fmt.Errorf("sequential trial %d: %w", i, err)
		}
		p.Sequential.N++
		if p.found(u, middle(s.Other)-middle(s.Base)) {
			p.Sequential.Rejections++
		}
		halves = append(halves, math.Hypot(relativeHalf(s.Base), relativeHalf(s.Other)))
		walls = append(walls, s.Wall)
	}
	p.Sequential.Half = middle(halves)
	if len(walls) > 0 {
		p.Wall = middle(walls)
	}
	return nil
}

// relativeHalf is half the width of benchstat's interval of a median, percent
// of the median.
func relativeHalf(xs []float64) float64 {
	s := benchmath.AssumeNothing.Summary(benchmath.NewSample(slices.Clone(xs), &benchmath.DefaultThresholds), level)
	if s.Center == 0 {
		return math.Inf(1)
	}
	return 100 * (s.Hi - s.Lo) / 2 / s.Center
}

// The goals that method and issue set; see Goals.
const (
	goalEffect = 0.5 // percent, to be found in one binary
	goalPower  = 90  // percent of the trials
	goalHalf   = 1   // percent, of the interval over cells
	goalRatio  = 10  // times narrower than the sequential way at equal time
)

// Goal is one goal and what came out.
type Goal struct {
	Text    string
	Got     string
	Reached bool
}

// Goals judges a table.
func Goals(rows []Power) []Goal {
	goals := []Goal{
		{Text: fmt.Sprintf("power of %d %% for +%v %% in one binary", goalPower, goalEffect), Got: "not tried"},
		{Text: fmt.Sprintf("half width over cells of at most %d %%, of the same code", goalHalf)},
		{Text: fmt.Sprintf("in one binary %d times narrower than the sequential way at equal time", goalRatio)},
	}
	widest, ratio := 0.0, math.Inf(1)
	for _, r := range rows {
		if r.Effect == goalEffect && r.Within.N > 0 {
			goals[0].Got = Num(r.Within.Share()) + " %"
			goals[0].Reached = r.Within.Share() >= goalPower
		}
		widest = math.Max(widest, r.Over.Half)
		ratio = math.Min(ratio, r.Sequential.Half/r.Within.Half)
	}
	goals[1].Got, goals[1].Reached = Num(widest)+" %", len(rows) > 0 && widest <= goalHalf
	goals[2].Got, goals[2].Reached = Num(ratio)+" times", ratio >= goalRatio && !math.IsInf(ratio, 1)
	return goals
}
