package main

import (
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"stealbench/internal/analysis"
	"stealbench/internal/stat"
)

func gateCommand() *cobra.Command {
	var margin float64
	c := &cobra.Command{
		Use:   "gate BASE NEW [RECORDING]",
		Short: "Exit 0 if NEW is not slower than BASE, 1 if it is, 3 if the recording can't say",
		Long: "Compare two lanes of one recording (default: the newest), workload by workload.\n" +
			"A regression is slower by more than the margin with its whole interval, widened\n" +
			"for the number of comparisons. A pass has its one-sided 95 % bound within the\n" +
			"margin. Anything else is inconclusive, and so are fewer than 8 linker layouts.\n" +
			"Times of two recordings are not compared: to gate a commit, which needs both\n" +
			"versions in the same rows, use make gate BASE=commit.",
		Example: "  stealbench gate chaselev twin --margin 0.5",
		Args:    cobra.RangeArgs(2, 3),
		PreRunE: func(_ *cobra.Command, args []string) error {
			switch {
			case !(margin > 0 && margin <= 100):
				return fmt.Errorf("margin is %v: give a percentage above 0, at most 100", margin)
			case args[0] == args[1]:
				return fmt.Errorf("%s is given twice: name two lanes", args[0])
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			rec, err := recordingArg(args[2:])
			if err != nil {
				return err
			}
			warnIncomplete(c.ErrOrStderr(), rec)
			groups, err := analysis.Groups(rec)
			if err != nil {
				return err
			}
			rows, worst, err := analysis.Gate(groups, args[0], args[1], margin)
			if err != nil {
				return fmt.Errorf("%s: %w", rec.Dir, err)
			}
			w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
			fmt.Fprintf(w, "%s, %s against %s, margin %v %%\n", rec.Dir, args[1], args[0], margin)
			fmt.Fprintln(w, "workload\tworkers\tlayouts\tslower by %\t95 % interval\tfor all at once\tverdict")
			for _, r := range rows {
				verdict := r.Verdict.String()
				if r.Why != "" {
					verdict += ": " + r.Why
				}
				fmt.Fprintf(w, "%s\t%d\t%d\t%s\t%s\t%s\t%s\n", r.Label, r.Workers, r.Layouts, analysis.Num(r.Est),
					bounds(r.Interval), bounds(r.Family), verdict)
			}
			if !rec.Complete && worst == analysis.GatePass {
				worst = analysis.GateInconclusive
				fmt.Fprintf(w, "inconclusive: %d of %d cells\n", rec.Done, rec.Planned)
			}
			fmt.Fprintf(w, "gate: %v\n", worst)
			if err := w.Flush(); err != nil {
				return err
			}
			switch worst {
			case analysis.GateRegression:
				return failed(errors.New("gate: regression"))
			case analysis.GateInconclusive:
				return &statusError{exitInconclusive, errors.New("gate: inconclusive: neither a pass nor a regression")}
			}
			return nil
		},
	}
	c.Flags().Float64Var(&margin, "margin", 1, "percent by which NEW may be slower")
	return c
}

// bounds prints an interval, n/a for one that has no end.
func bounds(i stat.Interval) string {
	if !i.Bounded() {
		return "n/a"
	}
	return fmt.Sprintf("[%s, %s]", analysis.Num(i.Lo), analysis.Num(i.Hi))
}
