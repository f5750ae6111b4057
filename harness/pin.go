package harness

import (
	"fmt"
	"slices"
	"strings"

	"stealbench/internal/host"
	"stealbench/internal/recording"
)

// pinned is the CPUs that a cell is pinned to: one for each worker, one for the
// goroutine that drives a workload from outside, and one for each reader; none if
// the plan does not pin. host.PinCPUs says which.
func (p *Plan) pinned(h host.Host, c recording.Cell) ([]int, error) {
	if !p.Pin {
		return nil, nil
	}
	w, err := FindWorkload(c.Workload)
	if err != nil {
		return nil, err
	}
	readers := w.readers() + readersOf(p.Variants)
	cpus, err := h.PinCPUs(c.Workers + w.drivers() + readers)
	if err != nil {
		need := fmt.Sprintf("%d workers", c.Workers)
		if w.Outside {
			need += " and the goroutine that drives it"
		}
		if readers > 0 {
			need += fmt.Sprintf(" and %d readers", readers)
		}
		return nil, fmt.Errorf("%s with %s: %w: give fewer workers, or leave --pin out", c.Workload, need, err)
	}
	return cpus, nil
}

// CheckHost says what of the plan this host can't do.
func (p *Plan) CheckHost(h host.Host) error {
	for _, w := range p.Workloads {
		for _, n := range p.Workers {
			if _, err := p.pinned(h, recording.Cell{Workload: w, Workers: n}); err != nil {
				return err
			}
		}
	}
	return nil
}

// pinKey is which numbers of CPUs cells are pinned to, in a recording.
func (p *Plan) pinKey(h host.Host) string {
	if !p.Pin {
		return "none"
	}
	var sets []string
	for _, w := range p.Workloads {
		for _, n := range p.Workers {
			cpus, err := p.pinned(h, recording.Cell{Workload: w, Workers: n})
			if err != nil {
				return "n/a (" + err.Error() + ")" // CheckHost would have said so
			}
			set := fmt.Sprintf("%d: %s", len(cpus), host.FormatCPUs(cpus))
			if !slices.Contains(sets, set) {
				sets = append(sets, set)
			}
		}
	}
	slices.Sort(sets)
	return "a CPU for each worker and reader, and one for what drives a workload from outside: " + strings.Join(sets, "; ")
}

// readers is the most readers of counters that a cell has.
func (p *Plan) readers() (most int) {
	for _, name := range p.Workloads {
		if w, err := FindWorkload(name); err == nil {
			most = max(most, w.readers())
		}
	}
	return most + readersOf(p.Variants)
}

// Oversubscribed is what the plan has more workers than CPUs in, "none" if
// nothing: such workers take turns, and a difference is one of the kernel's
// scheduler too.
func (p *Plan) Oversubscribed(h host.Host) string {
	cpus := h.CPUs
	if allowed, err := h.Affinity(); err == nil {
		cpus = len(allowed)
	}
	var over []int
	readers := p.readers()
	for _, n := range p.Workers {
		if n+readers > cpus {
			over = append(over, n)
		}
	}
	switch {
	case over == nil:
		return "none"
	case readers > 0:
		return fmt.Sprintf("%s workers and %d readers on %d CPUs", fields(over), readers, cpus)
	}
	return fmt.Sprintf("%s workers on %d CPUs", fields(over), cpus)
}

// checkPinned says whether this process runs where it should.
func checkPinned(h host.Host, want []int) error {
	if len(want) == 0 {
		return nil
	}
	got, err := h.Affinity()
	if err != nil {
		return fmt.Errorf("cannot tell whether the cell is pinned: %w", err)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("the cell runs on CPUs %s, not on %s", host.FormatCPUs(got), host.FormatCPUs(want))
	}
	return nil
}
