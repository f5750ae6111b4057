package analysis

import (
	"slices"

	"stealbench/internal/recording"
	"stealbench/internal/stat"
)

// Freshness is how far a lane's published counters are from the truth, beside what
// they cost: medians over cells. A cell says the median of its blocks, and the most of
// them for a maximum.
type Freshness struct {
	Lane     string
	Absent   string                   // why there is no row
	Sizes    map[string]stat.Interval // by unit: recording.FreshnessUnits
	MaxError float64                  // polls, over all cells
	MaxAge   float64                  // ns
	Sure     bool                     // both are what is sure of a look; else, as its middle, with half of what began in it
	Samples  float64
	Overhead Overhead
	OnFront  bool // no lane of its group costs less and is fresher at once
}

// Freshness are the lanes of a group that have counters of an audited workload, in
// plan order; none for another workload.
func (g *Group) Freshness() []Freshness {
	var all []Freshness
	for _, v := range g.variants {
		if len(g.fresh[v]) == 0 {
			continue
		}
		f := Freshness{Lane: v, Sizes: map[string]stat.Interval{}, Overhead: g.Overhead(v)}
		for _, unit := range recording.FreshnessUnits {
			if xs := g.fresh[v][unit]; len(xs) > 0 {
				f.Sizes[unit] = median(replicates(xs, g.freshAt[v]))
			}
		}
		errors, ages := recording.ErrorMax, recording.AgeMax
		if f.Sure = len(g.fresh[v][recording.ErrorSureMax]) == len(g.fresh[v][errors]); f.Sure {
			errors, ages = recording.ErrorSureMax, recording.AgeSureMax
		}
		f.MaxError, f.MaxAge = most(g.fresh[v][errors]), most(g.fresh[v][ages])
		f.Samples = g.samples[v]
		all = append(all, f)
	}
	for i := range all {
		all[i].OnFront = all[i].Lane != Twin && !all[i].dominated(all)
	}
	return all
}

// maxUnits are maxima, of which those of sureUnits are missing in recordings of before.
var (
	sureUnits = []string{recording.ErrorSureMax, recording.AgeSureMax}
	maxUnits  = append(sureUnits[:2:2], recording.ErrorMax, recording.AgeMax)
)

// LeastAge is what a look takes, in ns, about: nobody can tell ages below it apart.
const LeastAge = 100

// age is what the front is about.
func (f *Freshness) age() float64 { return max(LeastAge, f.Sizes[recording.AgeP99].Est) }

// dominated says whether another lane costs no more and is no older, and is better in
// one of both: by the estimates, whatever their intervals.
func (f *Freshness) dominated(all []Freshness) bool {
	if f.Overhead.Absent != "" {
		return true // its cost is not known
	}
	cost, age := f.Overhead.Est, f.age()
	for _, o := range all {
		if o.Overhead.Absent != "" || o.Lane == Twin { // the twin is the base
			continue
		}
		c, a := o.Overhead.Est, o.age()
		if c <= cost && a <= age && (c < cost || a < age) {
			return true
		}
	}
	return false
}

// addFreshness notes what those of a cell's blocks say that have a look at a lane.
func (g *Group) addFreshness(variant string, layout int, blocks []recording.Block) error {
	cell := map[string]float64{}
	for _, unit := range slices.Concat(recording.FreshnessUnits, sureUnits) {
		var xs []float64
		for _, b := range blocks {
			if x, ok := b.Get(unit); ok {
				xs = append(xs, x)
			}
		}
		var err error
		switch {
		case slices.Contains(sureUnits, unit) && xs == nil: // a recording of before
		case xs == nil:
			return nil // no counters, or no look in any block
		case slices.Contains(maxUnits, unit):
			cell[unit] = most(xs)
		default:
			if cell[unit], err = stat.Median(xs); err != nil {
				return err
			}
		}
	}
	if g.fresh[variant] == nil {
		g.fresh[variant] = map[string][]float64{}
	}
	g.freshAt[variant] = append(g.freshAt[variant], layout)
	for unit, x := range cell {
		g.fresh[variant][unit] = append(g.fresh[variant][unit], x)
	}
	for _, b := range blocks {
		n, _ := b.Get(recording.AuditSamples)
		g.samples[variant] += n
	}
	return nil
}

func most(xs []float64) (most float64) {
	for _, x := range xs {
		most = max(most, x)
	}
	return most
}

// median is the median over replicates with its interval. The values are finite:
// recording.Read refuses others.
func median(xs []float64) stat.Interval {
	i, err := stat.MedianInterval(xs, level)
	if err != nil {
		panic(err)
	}
	return i
}
