package stat

import (
	"errors"
	"fmt"
)

// Components says how much of the variance each level of replication adds.
type Components struct{ Row, Process, Layout Component }

// Component is the variance of one level, in squared units of the values.
type Component struct {
	Variance float64 // never negative
	Raw      float64 // as estimated; a negative one is taken as 0
	DF       int     // 0: no replication, so the next level outside holds it too
}

// Components estimates the variance components by the ANOVA method: each mean
// square is set equal to its expectation (Henderson's method 1; Searle, Casella
// and McCulloch, Variance Components, 1992; for equal groups T_i^2 of Kalibera
// and Jones, Rigorous Benchmarking in Reasonable Time, ISMM 2013). The estimates are
// unbiased, unequal groups allowed, and so can be negative when a component is
// small beside the levels inside it; Variance is 0 then, and Notes says so.
//
// A level without replication (one process per layout, one row per process)
// can't be told apart from the level outside, whose component is then of both.
// There must be two layouts.
func (ls Nested) Components() (Components, error) {
	if err := ls.check(); err != nil {
		return Components{}, err
	}
	if len(ls) < 2 {
		return Components{}, errors.New("stat: variance components of 1 layout: want at least 2")
	}
	// Means of processes and layouts, weighted by rows, and numbers of rows.
	var processes, all group
	layouts := make([]group, len(ls))
	for l, ps := range ls {
		for _, rows := range ps {
			layouts[l].add(sum(rows), len(rows))
			processes.n++
		}
		all.add(layouts[l].sum, layouts[l].n)
	}
	// Sums of squares, and the numbers that their expectations need:
	//	E ssRow     = row (N - processes)
	//	E ssProcess = row (processes - layouts) + process (N - inLayout)
	//	E ssLayout  = row (layouts - 1) + process (inLayout - inAll) + layout (N - layoutsInAll)
	var ssRow, ssProcess, ssLayout, inLayout, inAll, layoutsInAll float64
	for l, ps := range ls {
		layout := layouts[l]
		for _, rows := range ps {
			process := group{sum(rows), len(rows)}
			for _, x := range rows {
				ssRow += square(x - process.mean())
			}
			ssProcess += process.size() * square(process.mean()-layout.mean())
			inLayout += square(process.size()) / layout.size()
			inAll += square(process.size()) / all.size()
		}
		ssLayout += layout.size() * square(layout.mean()-all.mean())
		layoutsInAll += square(layout.size()) / all.size()
	}
	c := Components{
		Row:     Component{DF: all.n - processes.n},
		Process: Component{DF: processes.n - len(ls)},
		Layout:  Component{DF: len(ls) - 1},
	}
	if c.Row.DF > 0 {
		c.Row.set(ssRow / float64(c.Row.DF))
	}
	if c.Process.DF > 0 {
		c.Process.set((ssProcess - c.Row.Raw*float64(c.Process.DF)) / (all.size() - inLayout))
	}
	c.Layout.set((ssLayout - c.Row.Raw*float64(c.Layout.DF) - c.Process.Raw*(inLayout-inAll)) / (all.size() - layoutsInAll))
	return c, nil
}

// set takes an estimate, and keeps what is negative out of Variance.
func (c *Component) set(raw float64) {
	c.Raw, c.Variance = raw, max(0, raw)
}

// Notes are remarks to print with the components.
func (c Components) Notes() []string {
	var notes []string
	note := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	if c.Row.DF == 0 {
		note("one row per process: the component of the processes is of both")
	}
	if c.Process.DF == 0 {
		note("one process per layout: the component of the layouts is of both")
	}
	if c.Process.Raw < 0 {
		note("the component of the processes, %.3g, is taken as 0", c.Process.Raw)
	}
	if c.Layout.Raw < 0 {
		note("the component of the layouts, %.3g, is taken as 0", c.Layout.Raw)
	}
	return notes
}

type group struct {
	sum float64
	n   int
}

func (g *group) add(sum float64, n int) {
	g.sum += sum
	g.n += n
}

func (g group) size() float64 { return float64(g.n) }
func (g group) mean() float64 { return g.sum / g.size() }

func square(x float64) float64 { return x * x }
