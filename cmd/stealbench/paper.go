package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"stealbench/internal/paper"
)

// documents are the files with numbers between markers.
var documents = []string{"paper.md", "README.md"}

func paperCommand() *cobra.Command {
	var check bool
	c := &cobra.Command{
		Use:   "paper",
		Short: "Rewrite every number and table of paper.md and README.md from its recording",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			for _, name := range documents {
				if _, err := os.Stat(name); errors.Is(err, os.ErrNotExist) {
					return fmt.Errorf("%s: not here: run from the top of the repository", name)
				}
				if check {
					text, err := os.ReadFile(name)
					if err != nil {
						return err
					}
					if err := paper.Check(name, text, "."); err != nil {
						return failed(err)
					}
					continue
				}
				changed, err := paper.Update(name, ".")
				if err != nil {
					return err
				}
				fmt.Fprintf(c.OutOrStdout(), "%s: %s\n", name, map[bool]string{true: "rewritten", false: "up to date"}[changed])
			}
			return nil
		},
	}
	c.Flags().BoolVar(&check, "check", false, "only say the first difference, exit 1 if there is one")
	return c
}
