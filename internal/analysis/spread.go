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
	Plan    stat.Allocation // Rows are blocks
	Layouts int             // with which the half width is expected to be SpreadHalf; 0: none
	Note    string          // why a number is missing, or of two levels together
}

// SpreadHalf is the half width that a Spread plans for, percent.
const SpreadHalf = 1.0

// What one more costs, beside the time of a block: a process its start and warm-up, a
// layout its link, both as measured on two virtual CPUs.
const (
	processCost = 100 * time.Millisecond
	layoutCost  = 300 * time.Millisecond
)

// SD is the standard deviation of a component, percent.
func SD(c stat.Component) float64 { return 100 * math.Sqrt(c.Variance) }

// Spreads are those of all variants but the base. A block's median ratio is the
// smallest unit: rows are not in a recording.
func Spreads(rec *recording.Recording, groups []*Group) ([]Spread, error) {
	block, err := time.ParseDuration(rec.Key("cell-time"))
	if err != nil || block <= 0 {
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
			cost := stat.Costs{Row: block.Seconds() / float64(blocks), Process: processCost.Seconds(), Layout: layoutCost.Seconds()}
			if s.Plan, err = s.Allocate(cost); err != nil {
				s.Plan = stat.Allocation{Rows: blocks, Processes: 1} // layouts add nothing: a process of each will do
			}
			if s.Layouts, err = s.Components.Layouts(s.Plan, math.Log1p(SpreadHalf/100), level); err != nil {
				return nil, err
			}
			all = append(all, s)
		}
	}
	return all, nil
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
