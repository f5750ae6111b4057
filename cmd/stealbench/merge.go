package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"stealbench/internal/recording"
)

func mergeCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "merge -o DIR SHARD...",
		Short: "Put the shards of a run on several machines together, one recording per host",
		Long: "Put the recordings of run --shard together. Cells of different hosts are never\n" +
			"pooled: with shards of several hosts each gets a recording of its own, DIR/1,\n" +
			"DIR/2 and so on. A shard that is there twice is taken once. If shards are missing\n" +
			"the merged recording is incomplete, and the exit status is 1.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("no recordings to merge: name their folders")
			}
			return nil
		},
		PreRunE: func(*cobra.Command, []string) error {
			if out == "" {
				return errors.New("no folder for the merged recording: give -o DIR, new or empty")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			for i, a := range args {
				args[i] = filepath.Clean(a)
			}
			merged, err := recording.Merge(args, out)
			if err != nil {
				return err
			}
			cells, planned := 0, 0
			for _, m := range merged {
				fmt.Fprintln(c.OutOrStdout(), m.Dir)
				cells += m.Cells
				planned = m.Planned
			}
			if missing := merged[0].Missing; len(missing) > 0 {
				return failed(fmt.Errorf("merge: %d of %d cells: no complete shard %s: run it again and merge into a new folder",
					cells, planned, strings.Join(missing, ", ")))
			}
			return nil
		},
	}
	c.Flags().StringVarP(&out, "out", "o", "", "folder of the merged recording, new or empty")
	return c
}
