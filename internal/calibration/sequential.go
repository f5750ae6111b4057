package calibration

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/perf/benchfmt"

	"stealbench/internal/analysis"
)

// SequentialFile is the name of the raw results of go test -bench in the folder
// of a power run: the lines of each process, after keys that say which it is.
const SequentialFile = "sequential.txt"

// Process is what one process of go test -bench printed.
type Process struct {
	Workload string
	Workers  int
	Effect   string // of which it is a trial
	Trial    int
	Lane     string // what it ran: the base or an injection
	Wall     float64
	Output   string
}

// Write appends the process to a file: keys, then its benchmark lines.
func (p Process) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "workload: %s\nworkers: %d\neffect: %s\ntrial: %d\nlane: %s\nwall: %.3f s\n", p.Workload, p.Workers, p.Effect, p.Trial, p.Lane, p.Wall)
	lines := 0
	for line := range strings.Lines(p.Output) {
		if strings.HasPrefix(line, "Benchmark") {
			b.WriteString(line)
			lines++
		}
	}
	if lines == 0 {
		return fmt.Errorf("go test -bench printed no result: %.200q", p.Output)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// comparisonOf is a trial: the processes of base and effect belong together.
type comparisonOf struct {
	workload string
	workers  int
	effect   string
	trial    int
}

// ReadSequential reads the file: per workload, workers and effect its trials in
// order. A trial without one of its two processes is left out: the run was
// stopped there.
func ReadSequential(path, base string) (map[[3]string][]analysis.Sequential, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	trials := map[comparisonOf]*analysis.Sequential{}
	walls := map[comparisonOf]map[string]bool{}
	var order []comparisonOf
	r := benchfmt.NewReader(f, path)
	for r.Scan() {
		res, ok := r.Result().(*benchfmt.Result)
		if !ok {
			if bad, ok := r.Result().(*benchfmt.SyntaxError); ok {
				return nil, fmt.Errorf("%w: restore the file or record again", bad)
			}
			continue
		}
		workers, err1 := strconv.Atoi(res.GetConfig("workers"))
		trial, err2 := strconv.Atoi(res.GetConfig("trial"))
		wall, err3 := strconv.ParseFloat(strings.TrimSuffix(res.GetConfig("wall"), " s"), 64)
		ns, okNs := res.Value("sec/op")
		if err1 != nil || err2 != nil || err3 != nil || !okNs || res.GetConfig("lane") == "" {
			_, line := res.Pos()
			return nil, fmt.Errorf("%s:%d: a result without keys workers, trial, lane, wall, or without ns/op: restore the file or record again", path, line)
		}
		k := comparisonOf{res.GetConfig("workload"), workers, res.GetConfig("effect"), trial}
		s := trials[k]
		if s == nil {
			s = &analysis.Sequential{}
			trials[k], walls[k] = s, map[string]bool{}
			order = append(order, k)
		}
		lane := res.GetConfig("lane")
		if lane == base {
			s.Base = append(s.Base, 1e9*ns)
		} else {
			s.Other = append(s.Other, 1e9*ns)
		}
		if !walls[k][lane] {
			walls[k][lane] = true
			s.Wall += wall
		}
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	all := map[[3]string][]analysis.Sequential{}
	for _, k := range order {
		if s := trials[k]; len(s.Base) > 0 && len(s.Other) > 0 {
			name := [3]string{k.workload, strconv.Itoa(k.workers), k.effect}
			all[name] = append(all[name], *s)
		}
	}
	return all, nil
}
