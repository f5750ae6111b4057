package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"stealbench/plots"
)

func plotCommand() *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:   "plot [RECORDING]",
		Short: "Draw the figures of a recording (default: the newest)",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			rec, err := recordingArg(args)
			if err != nil {
				return err
			}
			warnIncomplete(c.ErrOrStderr(), rec)
			if dir == "" {
				dir = filepath.Join("bin", "figures", filepath.Base(rec.Dir))
			}
			paths, err := plots.All(rec, dir)
			if err != nil {
				return err
			}
			for _, p := range paths {
				fmt.Fprintln(c.OutOrStdout(), p)
			}
			return nil
		},
	}
	c.Flags().StringVarP(&dir, "out", "o", "", "folder of the figures, whose files of the same name are replaced (default bin/figures/<name of the recording>)")
	return c
}
