package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stealbench/harness"
	"stealbench/internal/counts"
	"stealbench/internal/host"
)

// countsDir keeps the program that is counted.
var countsDir = filepath.Join("bin", "counts")

// countsSuffix ends the names of folders of counts.
const countsSuffix = "-counts"

func countsCommand() *cobra.Command {
	p := counts.Plan{Variants: harness.VariantNames(), Workloads: counts.Workloads(), Size: harness.Sizes[0]}
	var record bool
	var dir string
	c := &cobra.Command{
		Use:   "counts [FOLDER]",
		Short: "Show exact counts a task: locked instructions, stores, adds, submits, clock reads (default: the newest)",
		Long: "Show the exact counts of a folder, with one worker: locked instructions a task, how\n" +
			"many of them are the metrics', and of what kind; how often a batch is submitted and\n" +
			"the clock read; and how many events the scheduler counted.\n" +
			"With --record, count: that needs valgrind, takes some minutes, and is the same on\n" +
			"a busy host.",
		Args: cobra.MaximumNArgs(1),
		PreRunE: func(_ *cobra.Command, args []string) error {
			if record && len(args) > 0 {
				return fmt.Errorf("counts: a folder to show and --record: give one; where to write says -o")
			}
			return p.Check()
		},
		RunE: func(c *cobra.Command, args []string) error {
			if record {
				return recordCounts(c, p, dir)
			}
			return showCounts(c, args)
		},
	}
	f := c.Flags()
	f.BoolVar(&record, "record", false, "count, and write the counts into a new folder")
	f.StringSliceVar(&p.Variants, "variants", p.Variants, "with --record: variants and levels to count (see stealbench list)")
	f.StringSliceVar(&p.Workloads, "workloads", p.Workloads, "with --record: workloads, by name (see stealbench list)")
	f.StringVar(&p.Size, "size", p.Size, "with --record: size of a run: "+strings.Join(harness.Sizes, ", "))
	f.StringVarP(&dir, "out", "o", "", "with --record: the new folder (default results/<date>-<host>"+countsSuffix+")")
	return c
}

// countedCommand is what counts runs under valgrind.
func countedCommand() *cobra.Command {
	s := counts.Spec{Size: harness.Sizes[0], Runs: counts.Runs}
	c := &cobra.Command{
		Use:    "counted",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := counts.Measure(s, c.OutOrStdout()); err != nil {
				return failed(err)
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&s.Variant, "variant", "", "variant or level")
	f.StringVar(&s.Workload, "workload", "", "workload")
	f.StringVar(&s.Size, "size", s.Size, "size of a run")
	f.IntVar(&s.Runs, "runs", s.Runs, "runs of the first series")
	return c
}

func recordCounts(c *cobra.Command, p counts.Plan, dir string) error {
	if err := counts.Missing(); err != nil {
		return failed(err)
	}
	now := time.Now()
	if dir == "" {
		var err error
		if dir, err = freshDir(resultsDir, now.Format(time.DateOnly)+"-"+host.Local().Slug()+countsSuffix); err != nil {
			return err
		}
	}
	ctx, errOut := c.Context(), c.ErrOrStderr()
	fmt.Fprintln(errOut, "building the program to be counted: a minute the first time")
	program, err := counts.Build(ctx, countsDir)
	if err == nil {
		command := append([]string{"stealbench"}, os.Args[min(1, len(os.Args)):]...)
		keys := p.Keys(ctx, command, now) // before the long part: the commit may change meanwhile
		var all []*counts.Count
		all, err = p.Record(ctx, program, func(n, of int, c *counts.Count) {
			fmt.Fprintf(errOut, "%d of %d: %s on %s, %.3f locked instructions a task\n", n, of, c.Workload, c.Variant, c.PerTask(c.Locked))
		})
		if err == nil {
			err = counts.Write(dir, keys, all)
		}
	}
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("interrupted: nothing is written: %w", ctx.Err())
	case err != nil:
		return failed(err)
	}
	fmt.Fprintln(c.OutOrStdout(), dir)
	return nil
}

func showCounts(c *cobra.Command, args []string) error {
	dir, err := "", error(nil)
	if len(args) > 0 {
		dir = filepath.Clean(args[0])
	} else if dir, err = newest(counts.IsFolder); err != nil {
		return errors.New(resultsDir + ": no counts here: run make counts, or name a folder")
	}
	f, err := counts.Read(dir)
	if err != nil {
		return err
	}
	return f.Table(c.OutOrStdout())
}
