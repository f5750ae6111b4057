package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stealbench/harness"
	"stealbench/impls"
	"stealbench/internal/calibration"
	"stealbench/internal/recording"
)

// powerOptions are the flags of power.
type powerOptions struct {
	runOptions
	trials, cells int
}

// benchCount is how often go test -bench repeats a benchmark, as the usual way
// has it.
const benchCount = 10

// benchBinary is the test binary with the sequential benchmark.
var benchBinary = filepath.Join("bin", "bench.test")

func powerCommand() *cobra.Command {
	o := powerOptions{runOptions: runOptions{plan: harness.DefaultPlan()}, trials: 100, cells: 15}
	o.plan.Workloads, o.plan.Workers = []string{"fib"}, []int{2}
	o.plan.CellTime = time.Second
	var layouts int
	c := &cobra.Command{
		Use:   "power [FOLDER]",
		Short: "Inject work of known size: what is found, beside go test -bench and benchstat?",
		Long: "Inject 0, 0.25, 0.5, 1 and 2 % of extra work into the base, and count how often it is found:\n" +
			"in one process of --trial-time, over several, and by the usual way in the same measured time,\n" +
			"go test -bench -count=10 of one and then of the other, and benchstat's test.\n" +
			"Writes a recording of each effect, " + calibration.SequentialFile + " and " + calibration.Table + ". Needs Go and the source tree.\n" +
			"With a FOLDER of power nothing is measured: only its table is written again.",
		Args: cobra.MaximumNArgs(1),
		PreRunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return nil
			}
			return o.check(layouts, c.Flags().Changed("layouts"))
		},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return powerTable(filepath.Clean(args[0]), c.OutOrStdout())
			}
			var err error
			if o.dir, err = calibrationFolder(o.dir, "power"); err != nil {
				return err
			}
			if err := o.measure(c); err != nil {
				return err
			}
			return powerTable(o.dir, c.OutOrStdout())
		},
	}
	f := c.Flags()
	f.IntVar(&o.trials, "trials", o.trials, "trials of each effect, 1 to 1000")
	f.IntVar(&o.cells, "cells", o.cells, "processes that are taken together over cells, 2 to 100")
	f.DurationVar(&o.plan.CellTime, "trial-time", o.plan.CellTime, "measured time of one trial, 10ms to 1m")
	commonFlags(c, &o.runOptions, &layouts)
	return c
}

func (o *powerOptions) check(layouts int, given bool) error {
	o.plan.Variants = []string{impls.Base, harness.Injections[0].Name}
	o.plan.Processes = o.trials
	o.extra = []recording.Key{calibration.PowerKey(o.cells)}
	switch {
	case o.trials < 1 || o.trials > 1000:
		return fmt.Errorf("trials is %d: give 1 to 1000", o.trials)
	case o.cells < 2 || o.cells > maxTogether:
		return fmt.Errorf("cells is %d: give 2 to %d", o.cells, maxTogether)
	}
	return o.checkLayouts(layouts, given)
}

// measure records every effect: quads, then the sequential way.
func (o *powerOptions) measure(c *cobra.Command) error {
	m, err := newMeasurement(c, o.runOptions)
	if err != nil {
		return err
	}
	unlock, err := m.lock()
	if err != nil {
		return err
	}
	m.free = append(m.free, unlock)
	defer m.giveBack()
	ctx := c.Context()
	for _, i := range harness.Injections { // before the first minute is spent
		if err := recording.Preflight(filepath.Join(o.dir, i.Name)); err != nil {
			return err
		}
	}
	if err := buildBench(ctx); err != nil {
		return err
	}
	raw, err := os.OpenFile(filepath.Join(o.dir, calibration.SequentialFile), os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o644)
	if err != nil {
		return fmt.Errorf("%w: choose a new folder", err)
	}
	defer raw.Close()
	s := sequential{plan: o.plan, trials: o.trials, out: raw, errOut: m.errOut, now: time.Now, run: runBench}
	perEffect := m.plan.Estimate() + s.estimate()
	fmt.Fprintf(m.errOut, "%d effects into %s, about %v\n", len(harness.Injections), o.dir,
		(time.Duration(len(harness.Injections)) * perEffect).Round(time.Second))
	for n, i := range harness.Injections {
		fmt.Fprintf(m.errOut, "effect %d of %d: %s, about %v left\n", n+1, len(harness.Injections), i.Name,
			(time.Duration(len(harness.Injections)-n) * perEffect).Round(time.Second))
		m.dir = filepath.Join(o.dir, i.Name)
		m.plan.Variants = []string{impls.Base, i.Name}
		m.now = time.Now()
		if err := m.begin(ctx); err != nil {
			return err
		}
		if err := s.effect(ctx, i); err != nil {
			return err
		}
	}
	return nil
}

func buildBench(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-o", benchBinary, "stealbench/harness")
	if out, err := cmd.CombinedOutput(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		first, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
		return fmt.Errorf("cannot build the benchmark: %v: %s: run inside the source tree with Go installed", err, first)
	}
	return nil
}

// sequential measures the usual way.
type sequential struct {
	plan   harness.Plan
	trials int
	out    interface {
		io.Writer
		Sync() error
	}
	errOut io.Writer
	now    func() time.Time
	run    func(ctx context.Context, spec harness.BenchSpec, benchTime time.Duration) (output string, err error)
}

// benchTime is of one repetition, so that both processes of a trial measure as
// long as a cell.
func (s *sequential) benchTime() time.Duration { return s.plan.CellTime / (2 * benchCount) }

// estimate is for an effect. A benchmark takes about half again to find out how
// often to run.
func (s *sequential) estimate() time.Duration {
	n := s.trials * len(s.plan.Workloads) * len(s.plan.Workers)
	return time.Duration(n) * (s.plan.CellTime*3/2 + 2*50*time.Millisecond)
}

// effect measures all trials of an effect: the base, then the other.
func (s *sequential) effect(ctx context.Context, i harness.Injection) error {
	began := s.now()
	last, done, all := began, 0, s.trials*len(s.plan.Workloads)*len(s.plan.Workers)
	for trial := range s.trials {
		for _, workload := range s.plan.Workloads {
			for _, workers := range s.plan.Workers {
				for _, lane := range []string{impls.Base, i.Name} {
					spec := harness.BenchSpec{Workload: workload, Size: s.plan.Size, Workers: workers}
					if lane == i.Name {
						spec.Percent = i.Percent
					}
					start := s.now()
					output, err := s.run(ctx, spec, s.benchTime())
					if ctx.Err() != nil {
						return fmt.Errorf("interrupted: %w", ctx.Err())
					}
					if err != nil {
						return failed(err)
					}
					p := calibration.Process{Workload: workload, Workers: workers, Effect: i.Name, Trial: trial,
						Lane: lane, Wall: s.now().Sub(start).Seconds(), Output: output}
					if err := errors.Join(p.Write(s.out), s.out.Sync()); err != nil {
						return failed(err)
					}
				}
				done++
				if now := s.now(); now.Sub(last) >= linePeriod || done == all {
					last = now
					left := now.Sub(began) / time.Duration(done) * time.Duration(all-done)
					fmt.Fprintf(s.errOut, "%s: %d of %d sequential trials, about %v left\n", i.Name, done, all, left.Round(time.Second))
				}
			}
		}
	}
	return nil
}

// runBench is one process of go test -bench.
func runBench(ctx context.Context, spec harness.BenchSpec, benchTime time.Duration) (string, error) {
	text, err := json.Marshal(spec)
	if err != nil {
		return "", err
	}
	self, err := filepath.Abs(benchBinary)
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, self, "-test.run=^$", "-test.bench=^BenchmarkSequential$",
		fmt.Sprintf("-test.count=%d", benchCount), "-test.benchtime="+benchTime.String())
	cmd.Env = append(os.Environ(), harness.BenchEnv+"="+string(text))
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go test -bench of %s with %d workers: %w: %.200s", spec.Workload, spec.Workers, err, out)
	}
	return string(out), nil
}

// powerTable writes the table of a folder, into it and to w.
func powerTable(dir string, w io.Writer) error {
	var text bytes.Buffer
	if err := calibration.PowerFolder(&text, dir); err != nil {
		return err
	}
	return writeTable(dir, text.Bytes(), w)
}
