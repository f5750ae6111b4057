package analysis

import (
	"fmt"
	"math"
	"time"

	"stealbench/internal/recording"
	"stealbench/internal/stat"
)

// Spread says where the spread of a variant's log ratios to the base comes from, and
// what to repeat for a narrower interval.
type Spread struct {
	Group   *Group
	Variant string
	stat.Components
	// Layouts, and Processes of each, are the cheapest with which the half width is
	// expected to be SpreadHalf, with cells as long as the recording's; 0: no plan.
	Layouts, Processes int
	Note               string // why a number is missing, or of two levels together
}

// SpreadHalf is the half width that a Spread plans for, percent.
const SpreadHalf = 1.0

// What one more costs, beside the time of a block: a process its start and warm-up, a
// layout its link, both as measured on two virtual CPUs.
const (
	processCost = 100 * time.Millisecond
	layoutCost  = 300 * time.Millisecond
)

// manyProcesses of a layout are not worth a thought: layouts are cheap.
const manyProcesses = 16

// SD is the standard deviation of a component, percent; NaN if it is in the next level.
func SD(c stat.Component) float64 {
	if c.DF == 0 {
		return math.NaN()
	}
	return 100 * math.Sqrt(c.Variance)
}

// Spreads are those of all variants but the base. A block's median ratio is the
// smallest unit: rows are not in a recording.
func Spreads(rec *recording.Recording, groups []*Group) ([]Spread, error) {
	cell, err := time.ParseDuration(rec.Key("cell-time"))
	if err != nil || cell <= 0 {
		return nil, fmt.Errorf("%s: key cell-time is %q, want the time of a cell", rec.Dir, rec.Key("cell-time"))
	}
	var all []Spread
	for _, g := range groups {
		for _, v := range g.variants {
			if v == Base || g.missing(Base, v) != "" {
				continue
			}
			s := Spread{Group: g, Variant: v}
			levels, blocks := g.nested(rec, v)
			if len(levels) < 2 {
				s.Note = "one layout, of which there must be two"
				all = append(all, s)
				continue
			}
			if s.Components, err = levels.Components(); err != nil {
				return nil, err
			}
			if s.Process.DF == 0 {
				s.Note = "one process a layout: the layouts' is of both"
			}
			if err := s.plan(cell, blocks); err != nil {
				return nil, err
			}
			all = append(all, s)
		}
	}
	return all, nil
}

// plan finds the cheapest plan. Kalibera and Jones's numbers (stat.Allocate) leave out
// that few layouts have few degrees of freedom, and that the run rules want some.
func (s *Spread) plan(cell time.Duration, blocks int) error {
	best := math.Inf(1)
	for p := 1; p <= manyProcesses; p++ {
		n, err := s.Components.Layouts(stat.Allocation{Rows: blocks, Processes: p}, math.Log1p(SpreadHalf/100), level)
		if err != nil {
			return err
		}
		n = max(n, recording.RuleLayouts)
		if cost := float64(n) * (layoutCost + time.Duration(p)*(processCost+cell)).Seconds(); cost < best {
			best, s.Layouts, s.Processes = cost, n, p
		}
	}
	return nil
}

// nested are the log ratios of a variant's blocks by layout and process, and the most
// blocks that a cell has.
func (g *Group) nested(rec *recording.Recording, variant string) (levels stat.Nested, most int) {
	place := map[int]int{} // of a layout
	for _, c := range rec.Cells {
		if c.Workload != g.Workload || c.Size != g.Size || c.Workers != g.Workers || len(c.Flags()) > 0 {
			continue
		}
		var logs []float64
		for _, b := range c.Blocks[variant] {
			if x, ok := b.Get(recording.XBase); ok && x > 0 {
				logs = append(logs, math.Log(x))
			}
		}
		if logs == nil {
			continue
		}
		most = max(most, len(logs))
		if _, ok := place[c.Layout]; !ok {
			place[c.Layout] = len(levels)
			levels = append(levels, nil)
		}
		levels[place[c.Layout]] = append(levels[place[c.Layout]], logs)
	}
	return levels, max(most, 1)
}
