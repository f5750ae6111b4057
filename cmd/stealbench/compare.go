package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"stealbench/internal/analysis"
	"stealbench/internal/recording"
)

// formats of compare's output.
var formats = map[string]func(io.Writer, *recording.Recording, []analysis.Comparison) error{
	"text": writeComparisons,
	"csv": func(w io.Writer, _ *recording.Recording, all []analysis.Comparison) error {
		return analysis.WriteCSV(w, all)
	},
	"json": func(w io.Writer, _ *recording.Recording, all []analysis.Comparison) error {
		return analysis.WriteJSON(w, all)
	},
}

func compareCommand() *cobra.Command {
	var check, spread bool
	var format string
	c := &cobra.Command{
		Use:   "compare [RECORDING]",
		Short: "Compare every variant with the base, in words (default: the newest recording)",
		Long: "Compare every variant of a recording with the base, workload by workload.\n" +
			"An interval is a 95 % t interval over linker layouts. A difference that does not\n" +
			"exceed what the twin shows is not claimed. MDE is the difference that would have\n" +
			"been claimed with 80 % power beyond that. p is of the sign-flip test, adjusted for all\n" +
			"comparisons of the recording (max-|t|). Regimes are blocks in which a canary, a loop\n" +
			"beside the slots, was slow. For benchstat's view: make compare.",
		Args: cobra.MaximumNArgs(1),
		PreRunE: func(*cobra.Command, []string) error {
			if formats[format] == nil {
				return fmt.Errorf("no format %q: choose from text csv json", format)
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			rec, err := recordingArg(args)
			if err != nil {
				return err
			}
			warnIncomplete(c.ErrOrStderr(), rec)
			if check {
				return nil
			}
			groups, err := analysis.Groups(rec)
			if err != nil {
				return err
			}
			if spread {
				all, err := analysis.Spreads(rec, groups)
				if err != nil {
					return err
				}
				return writeSpreads(c.OutOrStdout(), rec, all)
			}
			all, err := analysis.Compare(rec, groups)
			if err != nil {
				return err
			}
			return formats[format](c.OutOrStdout(), rec, all)
		},
	}
	c.Flags().BoolVar(&check, "check", false, "only read the recording; what is damaged must not reach benchstat")
	c.Flags().StringVar(&format, "format", "text", "text, csv or json")
	c.Flags().BoolVar(&spread, "spread", false, "say where the spread comes from, and what to repeat for +-1 %, instead")
	c.MarkFlagsMutuallyExclusive("spread", "format", "check")
	return c
}

func writeComparisons(out io.Writer, rec *recording.Recording, all []analysis.Comparison) error {
	fmt.Fprintf(out, "%s, commit %s, %s\n", rec.Dir, rec.Key("commit"), rec.Rules())
	fmt.Fprintf(out, "percent slower than %s; %d cells\n", analysis.Base, rec.Done)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	var last *analysis.Group
	for _, c := range all {
		if g := c.Group; g != last {
			last = g
			base := g.Descriptive(analysis.Base)
			fmt.Fprintf(w, "\n%s, %d workers: %s %s ns/task, sample SD %s; %d cells x %d layouts x %d rows; canaries: %v\n",
				g.Label, g.Workers, analysis.Base, analysis.Num(base.Median), analysis.Num(base.SD), g.Cells, g.Layouts, c.Rows, g.Regimes)
			fmt.Fprintln(w, "\tns/task\tdelta %\t95 % interval\tMDE %\tadjusted p\tverdict")
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t[%s, %s]\t%s\t%s\t%s\n", c.Variant, analysis.Num(c.Group.Descriptive(c.Variant).Median),
			analysis.Num(c.Est), analysis.Num(c.Lo), analysis.Num(c.Hi), analysis.Num(c.MDE), analysis.PValue(c.Adjusted), c.Verdict())
	}
	return w.Flush()
}

func writeSpreads(out io.Writer, rec *recording.Recording, all []analysis.Spread) error {
	fmt.Fprintf(out, "%s, commit %s, %s\n", rec.Dir, rec.Key("commit"), rec.Rules())
	fmt.Fprintf(out, "standard deviations of the ratio to %s: of blocks in a process, processes of a layout, layouts; what to ask for, with --cell-time %s, for ±%g %%\n",
		analysis.Base, rec.Key("cell-time"), analysis.SpreadHalf)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	var last *analysis.Group
	for _, s := range all {
		if g := s.Group; g != last {
			last = g
			fmt.Fprintf(w, "\n%s, %d workers: %d cells x %d layouts\n", g.Label, g.Workers, g.Cells, g.Layouts)
			fmt.Fprintln(w, "\tblock %\tprocess %\tlayout %\tfor that\t")
		}
		plan := "n/a"
		if s.Layouts > 0 {
			plan = fmt.Sprintf("--layouts %d --processes %d", s.Layouts, s.Layouts*s.Processes)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", s.Variant, analysis.Num(analysis.SD(s.Row)), analysis.Num(analysis.SD(s.Process)),
			analysis.Num(analysis.SD(s.Layout)), plan, s.Note)
	}
	return w.Flush()
}
