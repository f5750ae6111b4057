package main

import (
	"errors"

	"github.com/spf13/cobra"

	"stealbench/internal/host"
)

func doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Say what this host can answer, what limits it and what to do",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if host.Local().Doctor(c.OutOrStdout()) == host.Unusable {
				return failed(errors.New("times measured on this host can't be trusted"))
			}
			return nil
		},
	}
}
