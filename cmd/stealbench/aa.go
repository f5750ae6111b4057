package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"stealbench/harness"
	"stealbench/impls"
	"stealbench/internal/analysis"
	"stealbench/internal/calibration"
	"stealbench/internal/host"
	"stealbench/internal/recording"
)

// calibrationDir holds the recordings of aa and power, apart from those that
// compare variants.
var calibrationDir = filepath.Join(resultsDir, "calibration")

// aaOptions are the flags of aa.
type aaOptions struct {
	runOptions
	comparisons, cells int
}

// Limits of aa and power.
const (
	maxComparisons = 10_000
	leastTogether  = 6   // cells of one comparison, for 2/2^6 is below 5 %
	maxTogether    = 100 // cells of one comparison
	maxProcesses   = 1000
	maxLayouts     = 100
)

func aaCommand() *cobra.Command {
	o := aaOptions{runOptions: runOptions{plan: harness.DefaultPlan()}, comparisons: 200, cells: 8}
	o.plan.Variants = []string{impls.Base, analysis.Twin}
	o.plan.CellTime = 125 * time.Millisecond
	var layouts int
	c := &cobra.Command{
		Use:   "aa [RECORDING]",
		Short: "Compare the base with its copy many times: how often is a difference found?",
		Long: "Compare the base with its copy in many short comparisons, and count how often a test\n" +
			"at 5 % finds a difference: false positives. Writes a recording and " + calibration.Table + " beside it.\n" +
			"With a RECORDING of aa nothing is measured: only its table is written again.",
		Args: cobra.MaximumNArgs(1),
		PreRunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return nil
			}
			return o.check(layouts, c.Flags().Changed("layouts"))
		},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				o.dir = filepath.Clean(args[0])
				return o.table(c.OutOrStdout())
			}
			var err error
			if o.dir, err = calibrationFolder(o.dir, "aa"); err != nil {
				return err
			}
			if err := record(c, o.runOptions); err != nil {
				return err
			}
			return o.table(c.OutOrStdout())
		},
	}
	f := c.Flags()
	f.IntVar(&o.comparisons, "comparisons", o.comparisons, "comparisons to count, 1 to 10000")
	f.IntVar(&o.cells, "cells", o.cells, "processes of one comparison, 6 to 100")
	f.DurationVar(&o.plan.CellTime, "cell-time", o.plan.CellTime, "measured time of one process, 10ms to 1m")
	commonFlags(c, &o.runOptions, &layouts)
	return c
}

// commonFlags are those of aa and power.
func commonFlags(c *cobra.Command, o *runOptions, layouts *int) {
	f, p := c.Flags(), &o.plan
	f.StringSliceVar(&p.Workloads, "workloads", p.Workloads, "workloads, by name (see stealbench list)")
	f.IntSliceVar(&p.Workers, "workers", p.Workers, "numbers of workers, 1 to 1024 each")
	f.StringVar(&p.Size, "size", p.Size, "size of a run: small, default, large")
	f.IntVar(layouts, "layouts", 0, "linker layouts that the processes go through; 0 is the binary's own (default one for each process, up to 100)")
	f.DurationVar(&p.SlotTime, "slot-time", p.SlotTime, "aim of one timed call, 10us to 100ms")
	f.Uint64Var(&p.Seed, "seed", p.Seed, "seed of all orders")
	f.BoolVar(&p.Pin, "pin", false, "pin each process to as many CPUs as it keeps busy")
	f.StringVarP(&o.dir, "out", "o", "", "folder of the result, new or empty (default "+calibrationDir+"/<date>-<what>-<host>)")
}

// check makes the plan, and is one line about its first fault.
func (o *aaOptions) check(layouts int, given bool) error {
	p := &o.plan
	switch {
	case o.comparisons < 1 || o.comparisons > maxComparisons:
		return fmt.Errorf("comparisons is %d: give 1 to %d", o.comparisons, maxComparisons)
	case o.cells < leastTogether || o.cells > maxTogether:
		return fmt.Errorf("cells is %d: give %d to %d: fewer have no 5 %% by flipping signs", o.cells, leastTogether, maxTogether)
	}
	groups := max(1, len(p.Workloads)*len(p.Workers))
	p.Processes = o.cells * ((o.comparisons + groups - 1) / groups)
	if p.Processes > maxProcesses {
		return fmt.Errorf("%d comparisons of %d cells are %d processes of a workload, at most %d: give fewer, or more workloads or workers",
			o.comparisons, o.cells, p.Processes, maxProcesses)
	}
	o.extra = []recording.Key{calibration.AAKey(o.comparisons, o.cells)}
	return o.checkLayouts(layouts, given)
}

// checkLayouts gives each process a layout of its own, as far as there are
// some, unless a number is given.
func (o *runOptions) checkLayouts(layouts int, given bool) error {
	o.plan.Layouts = min(o.plan.Processes, maxLayouts)
	if given {
		o.plan.Layouts = layouts
	}
	if err := o.plan.Check(); err != nil {
		return err
	}
	return o.plan.CheckHost(host.Local())
}

// calibrationFolder is dir, or a new one for what.
func calibrationFolder(dir, what string) (string, error) {
	if dir != "" {
		return dir, nil
	}
	return freshDir(calibrationDir, time.Now().Format(time.DateOnly)+"-"+what+"-"+host.Local().Slug())
}

// table writes the table of the recording, into its folder and to w.
func (o *aaOptions) table(w io.Writer) error {
	rec, err := recording.Read(o.dir)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	verdict, err := calibration.AA(&text, rec)
	if err != nil {
		return err
	}
	if err := writeTable(o.dir, text.Bytes(), w); err != nil {
		return err
	}
	switch verdict {
	case analysis.Fail:
		return failed(errors.New("the tests do not reject as often as they should"))
	case analysis.TooFew:
		return &statusError{exitInconclusive, errors.New("too few comparisons for a verdict")}
	}
	return nil
}

func writeTable(dir string, text []byte, w io.Writer) error {
	if err := renameio.WriteFile(filepath.Join(dir, calibration.Table), text, 0o644); err != nil {
		return failed(fmt.Errorf("%w: free space or make the folder writable", err))
	}
	_, err := w.Write(text)
	return err
}
