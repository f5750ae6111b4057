package harness

import (
	"fmt"
	"math"
	"time"

	"stealbench/impls"
	"stealbench/internal/analysis"
	"stealbench/internal/recording"
)

// schedule deals out the cells of a plan that are yet to be measured: all but
// the finished ones and those of comparisons that need no more.
type schedule struct {
	plan  Plan
	cells []recording.Cell // of the plan, in its order
	at    int              // the next one to look at
	done  map[recording.Cell]bool
	ends  int // cells that ended, in this run and before
	all   map[comparison]*progress
	took  costs // of all comparisons together
}

// comparison is what a result is about: its cells are those of one Group of the
// analysis.
type comparison struct {
	workload string
	workers  int
}

func of(c recording.Cell) comparison { return comparison{c.Workload, c.Workers} }

// progress is that of one comparison.
type progress struct {
	cells   []recording.CellData // finished
	leftOut map[string]string    // peers that later cells need not try, and why: a timeout is long
	left    int                  // cells of the plan that did not end
	half    float64              // half width in percent of the widest variant's interval; +Inf: none yet
	took    costs
}

func newSchedule(p Plan, finished []recording.CellData) (*schedule, error) {
	s := &schedule{plan: p, cells: p.Cells(), done: map[recording.Cell]bool{}, all: map[comparison]*progress{}}
	planned := map[recording.Cell]bool{}
	for _, c := range s.cells {
		planned[c] = true
		if s.all[of(c)] == nil {
			s.all[of(c)] = &progress{half: math.Inf(1), leftOut: map[string]string{}}
		}
		s.all[of(c)].left++
	}
	for _, c := range finished {
		if !planned[c.Cell] {
			return nil, fmt.Errorf("cell %v is none of the plan's: it is of another run", c.Cell)
		}
		if err := s.finished(c); err != nil {
			return nil, err
		}
		s.ends++
		s.all[of(c.Cell)].left--
	}
	return s, nil
}

// next is the next cell to measure.
func (s *schedule) next() (recording.Cell, bool) {
	for ; s.at < len(s.cells); s.at++ {
		if c := s.cells[s.at]; !s.done[c] && !s.enough(s.all[of(c)]) {
			s.at++
			return c, true
		}
	}
	return recording.Cell{}, false
}

// finished notes a cell that is in the recording.
func (s *schedule) finished(c recording.CellData) error {
	s.done[c.Cell] = true
	p := s.all[of(c.Cell)]
	for _, v := range peersOf(s.plan.Variants) {
		switch unit := c.Absent(v); unit {
		case "":
		case recording.Lacks:
			p.leftOut[v] = unit
		default:
			p.leftOut[v] = recording.Untried
		}
	}
	if c.Flags() != nil {
		return nil // no part of a comparison
	}
	p.cells = append(p.cells, c)
	if s.plan.Width == 0 {
		return nil
	}
	var err error
	p.half, err = halfWidth(p.cells, s.plan.Variants)
	return err
}

// halfWidth is the half width in percent of the widest interval of all variants
// that compare will print for these cells; +Inf if there is none.
func halfWidth(cells []recording.CellData, variants []string) (float64, error) {
	groups, err := analysis.Groups(&recording.Recording{Variants: variants, Cells: cells})
	if err != nil || len(groups) == 0 {
		return math.Inf(1), err
	}
	widest := 0.0
	for _, v := range variants {
		if v == impls.Base {
			continue
		}
		d := groups[0].Delta(v)
		if _, peer := FindPeer(v); peer && d.Absent != "" {
			continue // it will have none
		}
		if d.Absent != "" || !d.Bounded() {
			return math.Inf(1), nil
		}
		widest = max(widest, d.Half())
	}
	return widest, nil
}

// enough says whether a comparison needs no more cells. It looks at the width
// only: one that stopped at a small p would find differences where none are.
func (s *schedule) enough(p *progress) bool {
	return s.plan.Width > 0 && len(p.cells) >= s.plan.Least && p.half <= s.plan.Width
}

// ended notes what a cell took, with a sample or without.
func (s *schedule) ended(c recording.Cell, took time.Duration) {
	s.ends++
	p := s.all[of(c)]
	p.left--
	p.took.add(took)
	s.took.add(took)
}

// costs are the times of cells that ended.
type costs struct {
	n            int
	sum, longest time.Duration
}

func (c *costs) add(took time.Duration) {
	c.n++
	c.sum += took
	c.longest = max(c.longest, took)
}

// expected is what a cell of a comparison takes: the mean of its own, else of
// all, else what the plan says.
func (s *schedule) expected(p *progress) time.Duration {
	for _, c := range []costs{p.took, s.took} {
		if c.n > 0 {
			return c.sum / time.Duration(c.n)
		}
	}
	return s.plan.CellTime + CellOverhead
}

// longest is what c takes at most, by the same cells.
func (s *schedule) longest(c recording.Cell) time.Duration {
	for _, c := range []costs{s.all[of(c)].took, s.took} {
		if c.n > 0 {
			return c.longest
		}
	}
	return s.plan.CellTime + CellOverhead
}

// more is how many cells a comparison is yet to get. Half widths shrink with the
// root of the number of cells.
func (s *schedule) more(p *progress) int {
	n := len(p.cells)
	switch {
	case s.enough(p):
		return 0
	case s.plan.Width == 0 || n < s.plan.Least || math.IsInf(p.half, 1):
		return p.left
	}
	need := math.Ceil(float64(n) * math.Pow(p.half/s.plan.Width, 2))
	return min(p.left, max(1, int(min(need, maxProcesses))-n))
}

func (s *schedule) status() Status {
	now := Status{Ended: s.ends, Cells: s.ends}
	for _, p := range s.all {
		n := s.more(p)
		now.Cells += n
		now.Left += time.Duration(n) * s.expected(p)
	}
	return now
}
