package study

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"stealbench/harness"
)

// Experiment is one plan of the study.
type Experiment struct {
	ID       string // E1 ...
	Name     string
	Question string
	Figure   string // of plots, that shows it

	Variants  []string
	Workloads []string
	Processes int           // 0: the plan's default
	CellTime  time.Duration // 0: the plan's default
	SlotTime  time.Duration // 0: the plan's default
	Workers   func(cpus int) []int
}

// Plan is what the experiment measures on a host with so many CPUs.
func (e Experiment) Plan(cpus int) harness.Plan {
	p := harness.DefaultPlan()
	p.Variants, p.Workloads, p.Workers = e.Variants, e.Workloads, e.Workers(cpus)
	if e.Processes > 0 {
		p.Processes = e.Processes
		p.Layouts = min(p.Layouts, e.Processes)
	}
	if e.CellTime > 0 {
		p.CellTime = e.CellTime
	}
	if e.SlotTime > 0 {
		p.SlotTime = e.SlotTime
	}
	return p
}

// Args is the plan as arguments of stealbench.
func (e Experiment) Args(cpus int) []string { return RunArgs(e.Plan(cpus)) }

// RunArgs is a plan as arguments of stealbench, what is usual left away.
func RunArgs(p harness.Plan) []string {
	usual := harness.DefaultPlan()
	var workers []string
	for _, n := range p.Workers {
		workers = append(workers, fmt.Sprint(n))
	}
	args := []string{"run", "--variants", strings.Join(p.Variants, ","), "--workloads", strings.Join(p.Workloads, ","),
		"--workers", strings.Join(workers, ",")}
	add := func(flag string, value, usual any) {
		if value != usual {
			args = append(args, flag, fmt.Sprint(value))
		}
	}
	add("--processes", p.Processes, usual.Processes)
	add("--layouts", p.Layouts, usual.Layouts)
	add("--cell-time", p.CellTime, usual.CellTime)
	add("--slot-time", p.SlotTime, usual.SlotTime)
	return args
}

// Minutes is about how long it takes on a host with so many CPUs.
func (e Experiment) Minutes(cpus int) float64 {
	p := e.Plan(cpus)
	return p.Estimate().Minutes()
}

// doubling is 1, 2, 4, ... workers, and as many as there are CPUs.
func doubling(cpus int) []int {
	var all []int
	for n := 1; n < cpus; n *= 2 {
		all = append(all, n)
	}
	return append(all, cpus)
}

// oversubscribed is doubling, and twice as many as there are CPUs.
func oversubscribed(cpus int) []int { return append(doubling(cpus), 2*cpus) }

// few is one worker, and as many as there are CPUs.
func few(cpus int) []int { return slices.Compact([]int{1, cpus}) }

// leaveOne is one worker, and as many as leave a CPU for somebody else.
func leaveOne(cpus int) []int { return slices.Compact([]int{1, max(cpus-1, 1)}) }

// Find is the experiment with an ID, in either case.
func Find(id string) (Experiment, error) {
	var ids []string
	for _, e := range Experiments {
		if strings.EqualFold(e.ID, id) {
			return e, nil
		}
		ids = append(ids, e.ID)
	}
	return Experiment{}, fmt.Errorf("no experiment %q: choose from %s", id, strings.Join(ids, " "))
}
