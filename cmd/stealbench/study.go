package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"stealbench/harness"
	"stealbench/internal/counts"
	"stealbench/internal/host"
	"stealbench/internal/recording"
	"stealbench/internal/study"
)

// studyCommand lists the experiments, or records one.
func studyCommand() *cobra.Command {
	var dir string
	var show bool
	c := &cobra.Command{
		Use:   "study [EXPERIMENT [-- FLAGS OF RUN]]",
		Short: "List the experiments of the study, or record one into results/<date>-<host>-<experiment>",
		Example: "  stealbench study E3\n" +
			"  stealbench study E3 -- --workers 1,8 --budget 5m",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listStudy(c)
			}
			e, err := study.Find(args[0])
			if err != nil {
				return err
			}
			command := override(e.Args(runtime.NumCPU()), args[1:])
			if show {
				fmt.Fprintln(c.OutOrStdout(), "stealbench "+strings.Join(command, " "))
				return nil
			}
			if dir == "" {
				if dir, err = freshDir(resultsDir, time.Now().Format(time.DateOnly)+"-"+host.Local().Slug()+"-"+e.ID); err != nil {
					return err
				}
			}
			return run(c.Context(), append(command, "--out", dir), c.InOrStdin(), c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	c.Flags().StringVarP(&dir, "out", "o", "", "folder of the recording, new or empty")
	c.Flags().BoolVar(&show, "print", false, "only print the command that would record it here")
	return c
}

// override is a command, whose flags have a value each, with more flags. Those that it
// has already they replace: a list that is given twice would be both.
func override(command, more []string) []string {
	given := map[string]bool{}
	for _, arg := range more {
		name, _, _ := strings.Cut(arg, "=")
		given[name] = true
	}
	args := command[:1:1]
	for flag := range slices.Chunk(command[1:], 2) {
		if !given[flag[0]] {
			args = append(args, flag...)
		}
	}
	return append(args, more...)
}

func listStudy(c *cobra.Command) error {
	w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "experiment\tquestion\tfigure\tminutes here")
	for _, e := range study.Experiments {
		fmt.Fprintf(w, "%s %s\t%s\t%s\t%.0f\n", e.ID, e.Name, e.Question, e.Figure, max(e.Minutes(runtime.NumCPU()), 1))
	}
	return w.Flush()
}

// reproduceCommand records what the claims need, and judges them anew.
func reproduceCommand() *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:   "reproduce [-- FLAGS OF RUN]",
		Short: "Rerun what the paper's claims rest on, at a reduced size, and say of each whether this machine agrees",
		Long: "Rerun what the paper's claims rest on, at a reduced size, some minutes on two CPUs, and say\n" +
			"of each claim whether this machine agrees, disagrees, or can't tell. An experiment that fails\n" +
			"leaves its claims open. Exits with an error only if nothing could be measured: that a machine\n" +
			"disagrees is a result.",
		RunE: func(c *cobra.Command, args []string) error {
			cpus := runtime.NumCPU()
			if dir == "" {
				var err error
				if dir, err = freshDir(filepath.Join("bin", "reproduce"), time.Now().Format(time.DateOnly)); err != nil {
					return err
				}
			}
			r := reproduction{command: c, dir: dir, cpus: cpus, more: args}
			return r.run()
		},
	}
	c.Flags().StringVarP(&dir, "out", "o", "", "folder of the recordings, new or empty (default bin/reproduce/<date>)")
	return c
}

// reproduction is one run of the command.
type reproduction struct {
	command *cobra.Command
	dir     string
	cpus    int
	more    []string // flags of run, after those of the plan
}

func (r *reproduction) run() error {
	out, errOut := r.command.OutOrStdout(), r.command.ErrOrStderr()
	if err := os.MkdirAll(r.dir, 0o755); err != nil {
		return fmt.Errorf("%s: cannot make the folder: %w", r.dir, err)
	}
	var total time.Duration
	for _, e := range study.Experiments {
		if p, ok := e.Reduced(study.Claims, r.cpus); ok {
			total += p.Estimate()
		}
	}
	fmt.Fprintf(errOut, "%d claims, about %v, recordings into %s\n", len(study.Claims), total.Round(time.Minute), r.dir)
	recorded, failures := map[string]study.Source{}, map[string]error{}
	var first error
	events, err := committedCounts()
	if err != nil {
		return err
	}
	for _, e := range study.Experiments {
		p, ok := e.Reduced(study.Claims, r.cpus)
		if !ok {
			continue
		}
		fmt.Fprintf(errOut, "%s, %s\n", e.ID, e.Question)
		source, err := r.record(e, p, events)
		switch {
		case err != nil && r.command.Context().Err() != nil:
			return fmt.Errorf("%s: %w", e.ID, err)
		case err != nil:
			fmt.Fprintf(errOut, "warning: %s is not measured: %s\n", e.ID, oneLine(err))
			failures[e.ID], first = err, cmp.Or(first, fmt.Errorf("%s: %w", e.ID, err))
		default:
			recorded[e.ID] = source
		}
	}
	if len(recorded) == 0 && first != nil {
		return first
	}
	counts := map[study.Verdict]int{}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "claim\there\tmeasured here\tstatement")
	for _, claim := range study.Claims {
		j := claim.Judge(recorded[claim.Experiment], r.cpus)
		if err := failures[claim.Experiment]; err != nil && claim.CPUs <= r.cpus {
			j = study.Judgement{Verdict: study.CantTell, Measured: "not measured: " + oneLine(err)}
		}
		counts[j.Verdict]++
		fmt.Fprintf(w, "%d\t%v\t%s\t%s\n", claim.Number, j.Verdict, j.Measured, claim.Statement)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "this machine agrees with %d of %d claims, disagrees with %d, can't tell %d\n",
		counts[study.Agrees], len(study.Claims), counts[study.Disagrees], counts[study.CantTell])
	return nil
}

// record measures the part of an experiment. A cell that fails is left out, as one with
// wrong answers is: the others say what they can.
func (r *reproduction) record(e study.Experiment, p harness.Plan, events *counts.File) (study.Source, error) {
	folder := filepath.Join(r.dir, e.ID)
	args := override(append(study.RunArgs(p), "--out", folder), r.more)
	errOut := r.command.ErrOrStderr()
	ctx := r.command.Context()
	err := run(ctx, args, r.command.InOrStdin(), errOut, errOut)
	if err != nil && (ctx.Err() != nil || !errors.As(err, new(harness.CellErrors)) && !errors.Is(err, harness.ErrWrong)) {
		return study.Source{}, err // what is in the folder may be another's
	}
	rec, readErr := recording.Read(folder)
	switch {
	case readErr != nil:
		return study.Source{}, readErr
	case rec.Done == 0 && err != nil:
		return study.Source{}, err
	}
	warnIncomplete(errOut, rec)
	return study.NewSource(rec, events)
}

// committedCounts are the newest exact counts here: events do not depend on the machine.
// nil if there are none.
func committedCounts() (*counts.File, error) {
	dir, err := newest(counts.IsFolder)
	if err != nil {
		return nil, nil
	}
	return counts.Read(dir)
}
