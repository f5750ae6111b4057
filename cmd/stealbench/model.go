package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"stealbench/internal/counts"
	"stealbench/internal/paper"
)

func modelCommand() *cobra.Command {
	var from string
	c := &cobra.Command{
		Use:   "model [RECORDING]",
		Short: "Predict what the shared line costs and what batching saves, beside what was measured (default: the newest recording)",
		Long: "Predict what unbatched metrics cost, from what single instructions cost on the host, exact\n" +
			"counts of events and the time of a task without metrics, and show it beside what was\n" +
			"measured: a queueing model of the shared line, also beyond the workers of the recording,\n" +
			"events times their cost, and a fit of the universal scalability law.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			rec, err := recordingArg(args)
			if err != nil {
				return err
			}
			warnIncomplete(c.ErrOrStderr(), rec)
			var of *counts.File
			if from != "" {
				of, err = counts.Read(from)
			} else {
				of, err = counts.Nearest(rec)
			}
			if err != nil {
				return err
			}
			tables, err := paper.ModelTables(rec, of)
			if err != nil {
				return err
			}
			for _, t := range tables {
				fmt.Fprintln(c.OutOrStdout(), t)
			}
			return nil
		},
	}
	c.Flags().StringVar(&from, "counts", "", "folder of exact counts (default: beside the recording, nearest to it in time)")
	return c
}
