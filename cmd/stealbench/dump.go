package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stealbench/harness"
	"stealbench/impls"
	"stealbench/internal/sched"
)

func dumpCommand() *cobra.Command {
	l := harness.Live{Variant: impls.Base, Size: "default", Workers: 2, After: 50 * time.Millisecond}
	var asJSON bool
	var most int
	c := &cobra.Command{
		Use:   "dump WORKLOAD",
		Short: "Run a workload and show its live tasks, worker by worker",
		Long: "Run a workload over and over, and list its live tasks at one moment: what they are,\n" +
			"where they wait, how old they are and how often they were polled.",
		Args: cobra.MatchAll(func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("name one workload: choose from %s", strings.Join(harness.WorkloadNames(), " "))
			}
			return nil
		}),
		PreRunE: func(_ *cobra.Command, args []string) error {
			l.Workload = args[0]
			if err := l.Check(); err != nil {
				return err
			}
			if most < 0 {
				return fmt.Errorf("tasks is %d: give 0 for all, or more", most)
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			d, err := l.Dump(c.Context())
			switch {
			case errors.Is(err, sched.ErrNoDump):
				return err
			case err != nil:
				return failed(err)
			}
			switch {
			case asJSON:
				err = d.WriteJSON(c.OutOrStdout())
			case most == 0:
				err = d.WriteText(c.OutOrStdout())
			default:
				err = d.WriteOldest(c.OutOrStdout(), most)
			}
			if err != nil {
				return failed(err)
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&l.Variant, "variant", l.Variant, "variant or level that runs it")
	f.IntVar(&l.Workers, "workers", l.Workers, "number of workers, 1 to 1024")
	f.StringVar(&l.Size, "size", l.Size, "size of a run: "+strings.Join(harness.Sizes, ", "))
	f.DurationVar(&l.After, "after", l.After, "how long to run it first, 0s to 1m")
	f.BoolVar(&l.Sites, "sites", false, "record where each task is spawned, and exactly when: slower")
	f.IntVar(&most, "tasks", 40, "how many tasks to list as text, oldest first; 0 for all")
	f.BoolVar(&asJSON, "json", false, "write JSON, all tasks")
	return c
}
