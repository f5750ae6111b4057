package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"stealbench/internal/paper"
	"stealbench/internal/recording"
	"stealbench/plots"
)

// documents are the files with numbers between markers.
var documents = []string{"paper.md", "README.md", "PERFORMANCE.md"}

func paperCommand() *cobra.Command {
	var check bool
	c := &cobra.Command{
		Use:   "paper",
		Short: "Rewrite every number, table and figure of paper.md, README.md and PERFORMANCE.md from its recording",
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
				if err := drawFigures(name); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&check, "check", false, "only say the first difference of numbers and tables, exit 1 if there is one")
	return c
}

// drawFigures draws what a document shows.
func drawFigures(document string) error {
	text, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	for _, f := range paper.Figures(text) {
		rec, err := recording.Read(f.Recording)
		if err != nil {
			return fmt.Errorf("%s: figure %s: %w", document, f.Name, err)
		}
		if _, err := plots.One(rec, filepath.FromSlash(f.Dir), f.Name); err != nil {
			return fmt.Errorf("%s: %w", document, err)
		}
	}
	return nil
}
