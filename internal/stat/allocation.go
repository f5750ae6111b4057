package stat

import (
	"errors"
	"fmt"
	"math"
	"sort"
)

// Costs are the times of one more repetition of each level, in any one unit: a
// row; what a process costs beyond its rows (start, warm-up, calibration); what a
// layout costs beyond its processes (link; 0 if it is cached).
type Costs struct{ Row, Process, Layout float64 }

// Allocation is how often to repeat inside a layout. More layouts, not more of
// these, make an interval as narrow as wanted.
type Allocation struct{ Rows, Processes int }

// Allocate gives the numbers of rows per process and of processes per layout
// that make the interval narrowest for the time spent: the root of the ratio of
// the costs, outside to inside, times the ratio of the variances, inside to
// outside, rounded up (Kalibera and Jones, ISMM 2013). It is made for means of
// rows; medians of normal rows want a quarter more rows, the root of pi/2.
//
// A process component of 0 makes a second process a waste: the rows are then
// weighed against the layout and its one process. A layout component of 0 gives
// no best number, which is an error.
func (c Components) Allocate(cost Costs) (Allocation, error) {
	if !finite(cost.Row, cost.Process, cost.Layout) || cost.Row <= 0 || cost.Process <= 0 || cost.Layout < 0 {
		return Allocation{}, fmt.Errorf("stat: costs %+v: want finite ones above 0, the layout's at least 0", cost)
	}
	if err := c.check(); err != nil {
		return Allocation{}, err
	}
	if c.Layout.Variance == 0 {
		return Allocation{}, errors.New("stat: the layouts' component is 0, so there is no best number of processes: measure more layouts")
	}
	if c.Process.Variance == 0 {
		return Allocation{repetitions(cost.Layout+cost.Process, cost.Row, c.Row, c.Layout), 1}, nil
	}
	return Allocation{
		Rows:      repetitions(cost.Process, cost.Row, c.Row, c.Process),
		Processes: repetitions(cost.Layout, cost.Process, c.Process, c.Layout),
	}, nil
}

// manyRepetitions is beyond any plan, and an int everywhere.
const manyRepetitions = 1_000_000

func repetitions(outsideCost, insideCost float64, inside, outside Component) int {
	r := math.Sqrt(outsideCost / insideCost * inside.Variance / outside.Variance)
	return int(math.Ceil(math.Min(math.Max(1, r), manyRepetitions)))
}

// Layouts is the least number of layouts, 2 or more, at which the half width of
// the interval is expected to be at most half. A plan: the components are
// estimates themselves.
func (c Components) Layouts(a Allocation, half, level float64) (int, error) {
	if err := errors.Join(c.check(), checkLevel(level)); err != nil {
		return 0, err
	}
	if !(half > 0) {
		return 0, fmt.Errorf("stat: half width %v: want one above 0", half)
	}
	if a.Rows < 1 || a.Processes < 1 {
		return 0, fmt.Errorf("stat: allocation %+v: want at least 1 of each", a)
	}
	processes := float64(a.Processes)
	variance := c.Layout.Variance + c.Process.Variance/processes + c.Row.Variance/(processes*float64(a.Rows))
	n := 2 + sort.Search(manyRepetitions, func(i int) bool {
		n := 2 + i
		return tQuantile(1-(1-level)/2, n-1)*math.Sqrt(variance/float64(n)) <= half
	})
	if n > manyRepetitions {
		return 0, fmt.Errorf("stat: half width %v takes more than %d layouts: want a wider one", half, manyRepetitions)
	}
	return n, nil
}

func (c Components) check() error {
	row, process, layout := c.Row.Variance, c.Process.Variance, c.Layout.Variance
	if !finite(row, process, layout) || min(row, process, layout) < 0 {
		return fmt.Errorf("stat: variances %v, %v and %v: want finite ones of at least 0", row, process, layout)
	}
	return nil
}

func finite(xs ...float64) bool { return check(xs) == nil }
