package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"stealbench/harness"
	"stealbench/impls"
)

func listCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the variants, workloads and sizes",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "variant\twhat it is")
			for _, v := range impls.Variants {
				fmt.Fprintf(w, "%s\t%s\n", v.Name, v.Changes)
			}
			fmt.Fprintln(w, "\nlevel\twhat it is")
			for _, l := range harness.Levels {
				fmt.Fprintf(w, "%s\t%s\n", l.Name, l.Changes)
			}
			fmt.Fprintln(w, "\ninjection\twhat it is")
			for _, i := range harness.Injections {
				fmt.Fprintf(w, "%s\t%s\n", i.Name, i.Changes())
			}
			fmt.Fprintln(w, "\npeer\twhat it is")
			for _, p := range harness.Peers {
				fmt.Fprintf(w, "%s\t%s\n", p.Name, p.What)
			}
			fmt.Fprintf(w, "\nworkload\twhat it stresses\tper\ttasks per run: %s, %s\n", harness.Sizes[0], harness.Sizes[1])
			for i := range harness.Workloads {
				l := &harness.Workloads[i]
				unit := "task"
				if l.Unit != "" {
					unit = l.Unit
				}
				fmt.Fprintf(w, "%s\t%s\t%s\t%d, %d\n", l.Name, l.Stresses, unit,
					l.Answer(l.Sizes[0]).Tasks, l.Answer(l.Sizes[1]).Tasks)
			}
			return w.Flush()
		},
	}
}
