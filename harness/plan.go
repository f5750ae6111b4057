package harness

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"stealbench/impls"
	"stealbench/internal/recording"
	"stealbench/internal/sched"
)

// Plan says what a run measures.
type Plan struct {
	Variants  []string
	Workloads []string
	Workers   []int
	Size      string
	Processes int           // cells per workload and number of workers
	Layouts   int           // linker layouts that the processes go through; 0: the binary's own
	CellTime  time.Duration // of rows in one cell
	SlotTime  time.Duration // aimed at by repeating short runs
	Seed      uint64        // of all orders
	Pin       bool          // each cell to as many CPUs as it keeps busy
	Shard     Shard         // the part of the plan that this run measures

	// Width stops a comparison before it has all its Processes: once it has Least
	// cells and no variant's interval is wider than plus or minus Width percent.
	// 0: never.
	Width float64
	Least int
}

// DefaultPlan is what make bench runs.
func DefaultPlan() Plan {
	return Plan{
		Variants:  VariantNames(),
		Workloads: DefaultWorkloads(),
		Workers:   []int{1, 2},
		Size:      "default",
		Processes: 16,
		Layouts:   16,
		CellTime:  400 * time.Millisecond,
		SlotTime:  100 * time.Microsecond,
		Seed:      1,
		Least:     ruleCells,
	}
}

// Limits of a plan.
const (
	maxProcesses = 1000
	maxLayouts   = 100
	minCellTime  = 10 * time.Millisecond
	maxCellTime  = time.Minute
	minSlotTime  = 10 * time.Microsecond
	maxSlotTime  = 100 * time.Millisecond
	minWidth     = 0.01 // percent
	maxWidth     = 50
)

// Check returns one line that names the first fault and the remedy.
func (p *Plan) Check() error {
	if err := checkNames("variant", p.Variants, append(LaneNames(), PeerNames()...)); err != nil {
		return err
	}
	if !slices.Contains(p.Variants, impls.Base) {
		return fmt.Errorf("variants lack the base %q, which all are compared with: add it", impls.Base)
	}
	if err := checkNames("workload", p.Workloads, WorkloadNames()); err != nil {
		return err
	}
	if err := p.checkOpen(); err != nil {
		return err
	}
	if !slices.Contains(Sizes, p.Size) {
		return unknown("size", p.Size, Sizes)
	}
	if n := len(p.comparisons()); p.Shard.Of > n {
		return fmt.Errorf("%d shards of %d comparisons: give at most as many shards", p.Shard.Of, n)
	}
	if len(p.Workers) == 0 {
		return fmt.Errorf("no number of workers given: give 1 to %d", sched.MaxWorkers)
	}
	for i, n := range p.Workers {
		if n < 1 || n > sched.MaxWorkers {
			return fmt.Errorf("workers is %d: give 1 to %d", n, sched.MaxWorkers)
		}
		if slices.Contains(p.Workers[:i], n) {
			return fmt.Errorf("workers %d is given twice: name each once", n)
		}
	}
	if p.Processes < 1 || p.Processes > maxProcesses {
		return fmt.Errorf("processes is %d: give 1 to %d", p.Processes, maxProcesses)
	}
	if p.Layouts < 0 || p.Layouts > maxLayouts {
		return fmt.Errorf("layouts is %d: give 0 to %d", p.Layouts, maxLayouts)
	}
	if p.CellTime < minCellTime || p.CellTime > maxCellTime {
		return fmt.Errorf("cell time is %v: give %v to %v", p.CellTime, minCellTime, maxCellTime)
	}
	if p.SlotTime < minSlotTime || p.SlotTime > maxSlotTime {
		return fmt.Errorf("slot time is %v: give %v to %v", p.SlotTime, minSlotTime, maxSlotTime)
	}
	if p.Width != 0 && !(p.Width >= minWidth && p.Width <= maxWidth) {
		return fmt.Errorf("width is %v %%: give %v to %v, or 0 to stop at no width", p.Width, minWidth, maxWidth)
	}
	if p.Width != 0 && (p.Least < 2 || p.Least > p.Processes) {
		return fmt.Errorf("least is %d: give 2 to the number of processes, %d", p.Least, p.Processes)
	}
	if p.Width != 0 && len(p.Variants) < 2 {
		return fmt.Errorf("width needs a variant beside %s: add one", impls.Base)
	}
	return nil
}

// checkOpen refuses work that is injected after a slot: no latency feels it.
func (p *Plan) checkOpen() error {
	for _, name := range p.Workloads {
		w, err := FindWorkload(name)
		if err != nil {
			return err
		}
		for _, v := range p.Variants {
			if i, ok := FindInjection(v); ok && i.Percent > 0 && w.Load > 0 {
				return fmt.Errorf("%s adds work after a slot, which the latencies of %s do not feel: leave one of them away", v, name)
			}
		}
	}
	return nil
}

// Cells returns the plan's cells, or those of its shard, one repetition of everything after the other
// and each repetition in an order of its own, so that a slow hour of the host
// falls on all alike.
func (p *Plan) Cells() []recording.Cell {
	mine := p.Shard.of(p.comparisons())
	return slices.DeleteFunc(p.allCells(), func(c recording.Cell) bool { return !mine[of(c)] })
}

func (p *Plan) comparisons() []comparison {
	var all []comparison
	for _, workload := range p.Workloads {
		for _, workers := range p.Workers {
			all = append(all, comparison{workload, workers})
		}
	}
	return all
}

// allCells are those of all shards.
func (p *Plan) allCells() []recording.Cell {
	random := rand.New(rand.NewPCG(p.Seed, 1))
	var cells []recording.Cell
	for proc := range p.Processes {
		var round []recording.Cell
		for _, workload := range p.Workloads {
			for _, workers := range p.Workers {
				round = append(round, recording.Cell{
					Workload: workload, Size: p.Size, Workers: workers, Layout: p.layout(proc), Proc: proc,
				})
			}
		}
		random.Shuffle(len(round), func(i, j int) { round[i], round[j] = round[j], round[i] })
		cells = append(cells, round...)
	}
	return cells
}

// layout is the linker layout of a repetition: each of the plan's in turn.
func (p *Plan) layout(proc int) int {
	if p.Layouts == 0 {
		return 0
	}
	return 1 + proc%p.Layouts
}

// CellOverhead is a process's start, its warm-up and its end, measured on two
// virtual CPUs; for the estimate only.
const CellOverhead = 50 * time.Millisecond

// Estimate is about how long the plan takes.
func (p *Plan) Estimate() time.Duration {
	return time.Duration(len(p.Cells())) * (p.CellTime + CellOverhead)
}
