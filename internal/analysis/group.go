package analysis

import (
	"fmt"
	"math"

	"stealbench/internal/recording"
	"stealbench/internal/stat"
)

// The variants with a role of their own. Others are compared with them.
const (
	Base      = "chaselev"  // what xbase is relative to
	Twin      = "twin"      // the base again: the noise
	NoMetrics = "nometrics" // what overhead is relative to
)

const level = 0.95

// Group is the cells of one workload, size and number of workers.
type Group struct {
	Workload, Size string
	Workers        int
	Label          string // the workload, with "/size" if it has several sizes
	Cells, Layouts int
	Regimes        Regimes // of its blocks
	Flagged        int     // cells that are left out: see recording.FlagUnits

	variants []string
	layouts  []int                           // of each cell
	procs    []int                           // of each cell
	rows     map[string]int                  // per variant: of all cells
	ns       map[string][]float64            // per variant: ns/task of each cell
	logs     map[string][]float64            // per variant: log(xbase) of each cell
	totals   map[string][]float64            // per variant: log(xtotal) of each cell, where all blocks have it
	fresh    map[string]map[string][]float64 // per variant and unit of freshness: of each cell that has them
	freshAt  map[string][]int                // per variant: layouts of those cells
	samples  map[string]float64              // per variant: looks of all cells that fresh has
	open     open                            // latencies, of an open loop
	absent   map[string]string               // peers without a time in some cell: recording.AbsentUnits
}

// Groups are the groups of a recording, in order of workload and workers.
func Groups(rec *recording.Recording) ([]*Group, error) {
	var groups []*Group
	units, medians := canaries(rec)
	for _, w := range rec.Workloads() {
		sizes := rec.Sizes(w)
		for _, size := range sizes {
			for _, n := range rec.Workers(w) {
				g := &Group{Workload: w, Size: size, Workers: n, Label: w, variants: rec.Variants,
					ns: map[string][]float64{}, logs: map[string][]float64{}, totals: map[string][]float64{}, rows: map[string]int{}, fresh: map[string]map[string][]float64{}, freshAt: map[string][]int{}, samples: map[string]float64{}, absent: map[string]string{}}
				if len(sizes) > 1 {
					g.Label += "/" + size
				}
				if err := g.fill(rec, units, medians); err != nil {
					return nil, err
				}
				if g.Cells+g.Flagged > 0 { // of a size that this workload has
					groups = append(groups, g)
				}
			}
		}
	}
	return groups, nil
}

func (g *Group) fill(rec *recording.Recording, units []string, medians map[string]float64) error {
	layouts := map[int]bool{}
	for _, c := range rec.Cells {
		if c.Workload != g.Workload || c.Size != g.Size || c.Workers != g.Workers {
			continue
		}
		if len(c.Flags()) > 0 {
			g.Flagged++
			continue
		}
		g.Cells++
		layouts[c.Layout] = true
		g.layouts = append(g.layouts, c.Layout)
		g.procs = append(g.procs, c.Proc)
		g.addOpen(c)
		g.addRegimes(c.Blocks[rec.Variants[0]], units, medians)
		for _, v := range rec.Variants {
			if unit := c.Absent(v); unit != "" {
				if g.absent[v] == "" || g.absent[v] == recording.Untried {
					g.absent[v] = unit
				}
				continue
			}
			ns, logs, err := estimate(c.Blocks[v])
			if err != nil {
				return fmt.Errorf("%s: cell %v: variant %s: %w", rec.Dir, c.Cell, v, err)
			}
			g.ns[v] = append(g.ns[v], ns)
			g.logs[v] = append(g.logs[v], logs)
			if total, ok := total(c.Blocks[v]); ok {
				g.totals[v] = append(g.totals[v], total)
			}
			if err := g.addFreshness(v, c.Layout, c.Blocks[v]); err != nil {
				return fmt.Errorf("%s: cell %v: variant %s: %w", rec.Dir, c.Cell, v, err)
			}
			g.rows[v] += rows(c.Blocks[v], len(rec.Variants))
		}
	}
	g.Layouts = len(layouts)
	return nil
}

// total is the mean over a cell's blocks of the log ratio of totals.
func total(blocks []recording.Block) (float64, bool) {
	var logs []float64
	for _, b := range blocks {
		x, ok := b.Get(recording.XTotal)
		if !ok || x <= 0 {
			return 0, false
		}
		logs = append(logs, math.Log(x))
	}
	m, err := stat.Mean(logs)
	return m, err == nil
}

// rows is how many rows the slots of one variant's blocks are of: two variants run
// in quads, with two slots each.
func rows(blocks []recording.Block, variants int) int {
	slots := 0
	for _, b := range blocks {
		slots += b.Slots
	}
	if variants == 2 {
		return slots / 2
	}
	return slots
}

// estimate is what a cell says about one variant: medians over its blocks.
func estimate(blocks []recording.Block) (ns, logx float64, err error) {
	var times, logs []float64
	for _, b := range blocks {
		t, _ := b.Get(recording.NsPerTask)
		x, _ := b.Get(recording.XBase)
		times = append(times, t)
		logs = append(logs, math.Log(x)) // x = 0 gives -Inf, which Median refuses
	}
	if ns, err = stat.Median(times); err != nil {
		return 0, 0, err
	}
	logx, err = stat.Median(logs)
	return ns, logx, err
}

// missing says which of the variants the recording lacks, or that it has no cell to
// go by; "" if neither.
func (g *Group) missing(variants ...string) string {
	if g.Cells == 0 {
		return fmt.Sprintf("all %d cells are flagged", g.Flagged)
	}
	for _, v := range variants {
		if unit := g.absent[v]; unit != "" { // what it did in other cells is no comparison
			return absentWords[unit]
		}
		if len(g.ns[v]) == 0 {
			return "the recording has no " + v
		}
	}
	return ""
}

// absentWords say why a peer has no time in a group.
var absentWords = map[string]string{
	recording.Hung:    "hung",
	recording.Wrong:   "wrong answer",
	recording.Failed:  "failed",
	recording.Lacks:   "no such work",
	recording.Untried: "not tried",
}

// diff is the difference of two variants' ns/task, replicate by replicate.
func (g *Group) diff(a, b string) []float64 {
	d := make([]float64, g.Cells)
	for i := range d {
		d[i] = g.ns[a][i] - g.ns[b][i]
	}
	return g.replicates(d)
}

// logRatios are the logs of what one variant takes over what another does, row by row,
// replicate by replicate.
func (g *Group) logRatios(a, b string) []float64 {
	d := make([]float64, g.Cells)
	for i := range d {
		d[i] = g.logs[a][i] - g.logs[b][i]
	}
	return g.replicates(d)
}

// replicates are what an interval is over: the layouts' means, since processes of
// one layout have its luck in common (stat.Nested). With the binary's own layout
// alone they are the cells, and the interval is of this binary only.
func (g *Group) replicates(cells []float64) []float64 { return replicates(cells, g.layouts) }

// replicates are those of some cells, whose layouts are given.
func replicates(cells []float64, layouts []int) []float64 {
	var order []int
	byLayout := map[int][]float64{}
	for i, x := range cells {
		l := layouts[i]
		if byLayout[l] == nil {
			order = append(order, l)
		}
		byLayout[l] = append(byLayout[l], x)
	}
	if len(order) < 2 || len(order) == len(cells) {
		return cells
	}
	means := make([]float64, len(order))
	for i, l := range order {
		means[i], _ = stat.Mean(byLayout[l]) // finite, not empty
	}
	return means
}

// mean is the mean over replicates with its t interval. The values are finite:
// recording.Read and estimate refuse others.
func mean(xs []float64) stat.Interval {
	i, err := stat.MeanT(xs, level)
	if err != nil {
		panic(err)
	}
	return i
}

// Find is the group with a label and number of workers, nil if there is none.
func Find(groups []*Group, label string, workers int) *Group {
	for _, g := range groups {
		if g.Label == label && g.Workers == workers {
			return g
		}
	}
	return nil
}

// Variants are the variants of the recording, in plan order.
func (g *Group) Variants() []string { return g.variants }
