package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stealbench/harness"
	"stealbench/internal/counts"
	"stealbench/internal/host"
	"stealbench/internal/recording"
)

const resultsDir = "results"

// layoutsDir keeps the binaries of the linker layouts between runs.
var layoutsDir = filepath.Join("bin", "layouts")

func runCommand() *cobra.Command {
	p := harness.DefaultPlan()
	var dir string
	c := &cobra.Command{
		Use:     "run",
		Short:   "Measure the variants side by side and write a recording",
		Args:    cobra.NoArgs,
		PreRunE: func(*cobra.Command, []string) error { return p.Check() },
		RunE:    func(c *cobra.Command, _ []string) error { return record(c, p, dir) },
	}
	f := c.Flags()
	f.StringSliceVar(&p.Variants, "variants", p.Variants, "variants and levels to run side by side (see stealbench list); the base chaselev must be one")
	f.StringSliceVar(&p.Workloads, "workloads", p.Workloads, "workloads, by name (see stealbench list)")
	f.IntSliceVar(&p.Workers, "workers", p.Workers, "numbers of workers, 1 to 1024 each; more than CPUs is allowed")
	f.StringVar(&p.Size, "size", p.Size, "size of a run: "+strings.Join(harness.Sizes, ", "))
	f.IntVar(&p.Processes, "processes", p.Processes, "processes per workload and number of workers, 1 to 1000")
	f.IntVar(&p.Layouts, "layouts", p.Layouts, "linker layouts that the processes go through, 0 to 100; 0 is the binary's own and needs no Go")
	f.DurationVar(&p.CellTime, "cell-time", p.CellTime, "measured time of one process, 10ms to 1m")
	f.DurationVar(&p.SlotTime, "slot-time", p.SlotTime, "aim of one timed call, 10us to 100ms")
	f.Uint64Var(&p.Seed, "seed", p.Seed, "seed of all orders")
	f.StringVarP(&dir, "out", "o", "", "folder of the recording, new or empty (default results/<date>-<host>)")
	return c
}

// cellCommand is what run starts for each cell.
func cellCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "cell",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := harness.ServeCell(c.InOrStdin(), c.OutOrStdout(), func() { os.Exit(exitFailed) }); err != nil {
				return failed(err)
			}
			return nil
		},
	}
}

func record(c *cobra.Command, p harness.Plan, dir string) error {
	self, err := os.Executable()
	if err != nil {
		return failed(err)
	}
	now := time.Now()
	if dir == "" {
		if dir, err = freshDir(resultsDir, now.Format(time.DateOnly)+"-"+host.Local().Slug()); err != nil {
			return err
		}
	}
	cells := len(p.Cells())
	if err := recording.Preflight(dir); err != nil {
		return err
	}
	errOut := c.ErrOrStderr()
	layouts, err := harness.Layouts(c.Context(), self, layoutsDir, p.Layouts, func(seed int) {
		fmt.Fprintf(errOut, "linker layout %d of %d built\n", seed, p.Layouts)
	})
	if err != nil {
		_ = os.Remove(dir) // the empty folder; a full one stays
		return err
	}
	command := append([]string{"stealbench"}, os.Args[min(1, len(os.Args)):]...)
	w, err := recording.Create(dir, harness.Facts(p, command, now), p.Variants, cells, harness.Units...)
	if err != nil {
		return err
	}
	defer w.Close()
	about := "about"
	if p.Size == harness.Sizes[len(harness.Sizes)-1] {
		about = "at least"
	}
	fmt.Fprintf(errOut, "%d cells of %v on %d variants into %s, %s %v\n",
		cells, p.CellTime, len(p.Variants), dir, about, p.Estimate().Round(time.Second))
	r := harness.Runner{Plan: p, Command: func(layout int) []string { return []string{layouts[layout], "cell"} }, Out: w, Progress: newProgress(errOut)}
	err = r.Run(c.Context())
	switch {
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("interrupted: %s keeps the cells that had ended: %w", dir, err)
	case err != nil:
		return failed(err)
	}
	fmt.Fprintln(c.OutOrStdout(), dir)
	return nil
}

// freshDir is results/<name>, or <name>-2, -3, ... if that is taken.
func freshDir(parent, name string) (string, error) {
	for i := 1; i < 1000; i++ {
		dir := filepath.Join(parent, name)
		if i > 1 {
			dir += fmt.Sprintf("-%d", i)
		}
		if _, err := os.Lstat(dir); errors.Is(err, os.ErrNotExist) {
			return dir, nil
		}
	}
	return "", fmt.Errorf("%s: 999 recordings of %s are there: name a folder with -o", parent, name)
}

// latest is the newest recording.
func latest() (string, error) {
	dir, err := newest(func(dir string) bool { return !counts.IsFolder(dir) })
	if err != nil {
		return "", fmt.Errorf("%s: no recordings here: run make bench, or name a folder", resultsDir)
	}
	return dir, nil
}

// newest is the newest folder of results that is of a kind: their names begin with
// their date.
func newest(ofKind func(dir string) bool) (string, error) {
	entries, err := os.ReadDir(resultsDir)
	if err != nil {
		return "", err
	}
	var newest string
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() && compareNames(name, newest) > 0 && ofKind(filepath.Join(resultsDir, name)) {
			newest = name
		}
	}
	if newest == "" {
		return "", os.ErrNotExist
	}
	return filepath.Join(resultsDir, newest), nil
}

// compareNames orders 2026-01-31-host, -host-2, ..., -host-10.
func compareNames(a, b string) int {
	if a[:min(10, len(a))] == b[:min(10, len(b))] && len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// recordingArg reads the recording that args name, or the newest. One without
// a finished cell is an error.
func recordingArg(args []string) (*recording.Recording, error) {
	var dir string
	var err error
	if len(args) > 0 {
		dir = filepath.Clean(args[0])
	} else if dir, err = latest(); err != nil {
		return nil, err
	}
	rec, err := recording.Read(dir)
	if err == nil && rec.Done == 0 {
		return nil, fmt.Errorf("%s: no finished cell of %d: let the run finish one", dir, rec.Planned)
	}
	return rec, err
}

// warnIncomplete says next to a result what it lacks.
func warnIncomplete(w io.Writer, r *recording.Recording) {
	if !r.Complete {
		fmt.Fprintf(w, "warning: %s is incomplete: %d of %d cells\n", r.Dir, r.Done, r.Planned)
	}
	if !slices.Contains(r.Variants, "twin") {
		fmt.Fprintf(w, "warning: %s has no twin: there is no noise floor\n", r.Dir)
	}
}
