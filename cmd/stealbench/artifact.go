package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"stealbench/internal/artifact"
)

// artifactCommand checks what is committed against itself.
func artifactCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "artifact-check",
		Short: "Verify recordings, figures, tables and claims against each other",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			faults := 0
			err := artifact.Check(".", documents, func(what string, fault error) {
				if fault != nil {
					faults++
					fmt.Fprintf(c.OutOrStdout(), "FAULT  %v\n", fault)
					return
				}
				fmt.Fprintf(c.OutOrStdout(), "ok     %s\n", what)
			})
			switch {
			case err != nil:
				return err
			case faults > 0:
				return failed(fmt.Errorf("%d faults: mend the line that is named, or run make paper", faults))
			}
			return nil
		},
	}
}
