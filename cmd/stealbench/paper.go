package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"stealbench/harness"
	"stealbench/internal/paper"
	"stealbench/internal/recording"
	"stealbench/plots"
)

// documents are the files with numbers between markers.
var documents = []string{"paper.md", "README.md", "PERFORMANCE.md"}

// peersCommand prints the paper's tables of competitors.
func peersCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "peers [RECORDING]",
		Short: "Compare the base with its competitors, and with what it aims at (default: the newest recording)",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			rec, err := recordingArg(args)
			if err != nil {
				return err
			}
			names := []string{"peers", "goals", "work", "speedups"}
			if !slices.ContainsFunc(rec.Variants, func(v string) bool { _, ok := harness.FindPeer(v); return ok }) {
				fmt.Fprintf(c.ErrOrStderr(), "%s: has no competitors: make compete records some\n", rec.Dir)
				names = []string{"speedups"}
			}
			warnIncomplete(c.ErrOrStderr(), rec)
			for _, table := range names {
				text, err := paper.Table(rec, table)
				if err != nil {
					return err
				}
				fmt.Fprintln(c.OutOrStdout(), text)
			}
			return nil
		},
	}
}

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
