package analysis

import (
	"math"

	"stealbench/internal/recording"
	"stealbench/internal/stat"
)

// Quantile is a quantile of latency that blocks of an open loop have.
type Quantile struct {
	Name string
	Unit string
	P    float64
}

// Quantiles are all of them.
var Quantiles = []Quantile{
	{"50 %", recording.P50Ns, 0.5}, {"90 %", recording.P90Ns, 0.9}, {"99 %", recording.P99Ns, 0.99}, {"99.9 %", recording.P999Ns, 0.999},
}

// Latency is a quantile of a variant's latencies, and how much longer it is than the
// base's, in percent. The rest is in Delta: its floor is the twin's in this quantile.
type Latency struct {
	Delta
	Ns     stat.Interval // the median over cells, interval by order statistics
	Behind bool          // its queue grew in most slots: what it is depends on how long a slot lasts
}

// open is what the cells of an open loop say: of each variant, by unit.
type open struct {
	ns, logs     map[string]map[string][]float64 // variant, unit: of each cell
	behind, runs map[string]float64              // per variant: slots
	rates, late  []float64                       // of each cell: arrivals a second, of all variants the most lateness in ns
}

// Open says whether the group is an open loop, whose time per task is a latency.
func (g *Group) Open() bool { return len(g.open.rates) > 0 }

// Latency is a quantile of a variant.
func (g *Group) Latency(variant string, q Quantile) Latency {
	l := Latency{Delta: Delta{Variant: variant, Absent: g.missing(variant)}}
	if l.Absent == "" && (len(g.open.ns[variant][q.Unit]) != g.Cells || len(g.open.logs[variant][q.Unit]) != g.Cells) {
		l.Absent = "the recording has no " + q.Unit
	}
	if l.Absent != "" {
		return l
	}
	var err error
	if l.Ns, err = stat.MedianInterval(g.replicates(g.open.ns[variant][q.Unit]), level); err != nil {
		panic(err) // they are finite, as in mean
	}
	percent := func(v string) stat.Interval { return mean(g.replicates(g.open.logs[v][q.Unit])).Map(toPercent) }
	l.Interval = percent(variant)
	if g.missing(Twin) == "" && len(g.open.logs[Twin][q.Unit]) == g.Cells {
		l.HasFloor, l.Floor = true, percent(Twin).MaxAbs()
	}
	behind, of := g.Behind(variant)
	l.Behind = 2*behind > of
	return l
}

// Behind is in how many of its slots a variant did clearly less than came.
func (g *Group) Behind(variant string) (slots, of float64) {
	return g.open.behind[variant], g.open.runs[variant]
}

// Arrivals is how many tasks came a second, the median over cells; 0 if it is no open loop.
func (g *Group) Arrivals() float64 { return medianOrZero(g.open.rates) }

// Late is how late the driver was, the 99th percentile of the variant in which it was
// latest, the median over cells, ns.
func (g *Group) Late() float64 { return medianOrZero(g.open.late) }

func medianOrZero(xs []float64) float64 {
	m, _ := stat.Median(xs) // of none: 0
	return m
}

// addOpen notes what a cell's blocks say of latencies, if it is of an open loop.
func (g *Group) addOpen(c recording.CellData) {
	base := c.Blocks[Base]
	if len(base) == 0 {
		return
	}
	rate, ok := base[0].Get(recording.Arrivals)
	if !ok {
		return
	}
	if g.open.ns == nil {
		g.open = open{ns: map[string]map[string][]float64{}, logs: map[string]map[string][]float64{}, behind: map[string]float64{}, runs: map[string]float64{}}
	}
	most := 0.0
	for v, blocks := range c.Blocks {
		if c.Absent(v) != "" || len(blocks) != len(base) {
			continue
		}
		if g.open.ns[v] == nil {
			g.open.ns[v], g.open.logs[v] = map[string][]float64{}, map[string][]float64{}
		}
		var late []float64
		for _, b := range blocks {
			behind, _ := b.Get(recording.BehindSlots)
			g.open.behind[v] += behind
			g.open.runs[v] += float64(b.Slots)
			x, _ := b.Get(recording.LateNs)
			late = append(late, x)
		}
		most = max(most, medianOrZero(late))
		for _, q := range Quantiles {
			var ns, logs []float64
			for i, b := range blocks {
				x, ok := b.Get(q.Unit)
				y, okBase := base[i].Get(q.Unit)
				if !ok || !okBase || x <= 0 || y <= 0 {
					break
				}
				ns, logs = append(ns, x), append(logs, math.Log(x/y))
			}
			if len(ns) == len(blocks) {
				g.open.ns[v][q.Unit] = append(g.open.ns[v][q.Unit], medianOrZero(ns))
				g.open.logs[v][q.Unit] = append(g.open.logs[v][q.Unit], medianOrZero(logs))
			}
		}
	}
	g.open.rates = append(g.open.rates, rate)
	g.open.late = append(g.open.late, most)
}
