package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"stealbench/internal/analysis"
)

func compareCommand() *cobra.Command {
	var check bool
	c := &cobra.Command{
		Use:   "compare [RECORDING]",
		Short: "Compare every variant with the base, in words (default: the newest recording)",
		Long: "Compare every variant of a recording with the base, workload by workload.\n" +
			"An interval is a 95 % t interval over cells. A difference that does not exceed\n" +
			"what the twin shows is not claimed. For benchstat's view: make compare.",
		Args: cobra.MaximumNArgs(1),
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
			w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
			fmt.Fprintf(w, "%s, commit %s, %s\n", rec.Dir, rec.Key("commit"), rec.Key("rules"))
			fmt.Fprintln(w, "workload\tworkers\tvariant\tns/task\tsample SD\tagainst "+analysis.Base)
			for _, g := range groups {
				for _, v := range g.Variants() {
					d := g.Descriptive(v)
					fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\n", g.Label, g.Workers, v,
						analysis.Num(d.Median), analysis.Num(d.SD), g.Delta(v).Verdict())
				}
			}
			return w.Flush()
		},
	}
	c.Flags().BoolVar(&check, "check", false, "only read the recording; what is damaged must not reach benchstat")
	return c
}
