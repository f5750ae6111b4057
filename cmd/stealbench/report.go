package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"stealbench/internal/paper"
	"stealbench/internal/recording"
	"stealbench/internal/report"
)

func reportCommand() *cobra.Command {
	var file string
	c := &cobra.Command{
		Use:   "report [RECORDING...]",
		Short: "Write the study as one HTML page: claims, figures, and a picker over recordings (default: those of paper.md)",
		RunE: func(c *cobra.Command, args []string) error {
			text, err := os.ReadFile(documents[0])
			if errors.Is(err, os.ErrNotExist) {
				return fmt.Errorf("%s: not here: run from the top of the repository", documents[0])
			}
			if err != nil {
				return err
			}
			if len(args) == 0 {
				args = report.Cited(text)
			}
			judged, err := paper.Judge(".")
			if err != nil {
				return err
			}
			in := report.Input{Claims: report.Claims(judged, paper.Figures(text))}
			if in.Figures, err = report.Figures(".", documents); err != nil {
				return err
			}
			if in.Recordings, err = readAll(args); err != nil {
				return err
			}
			for _, rec := range in.Recordings {
				warnIncomplete(c.ErrOrStderr(), rec)
			}
			var page bytes.Buffer
			if err := report.Write(&page, in); err != nil {
				return err
			}
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				return fmt.Errorf("%s: cannot make the folder: %w", file, err)
			}
			if err := renameio.WriteFile(file, page.Bytes(), 0o644); err != nil {
				return fmt.Errorf("%s: cannot write: %w", file, err)
			}
			fmt.Fprintf(c.OutOrStdout(), "%s: %d claims, %d figures, %d recordings, %.1f MB\n",
				file, len(in.Claims), len(in.Figures), len(in.Recordings), float64(page.Len())/1e6)
			return nil
		},
	}
	c.Flags().StringVarP(&file, "out", "o", filepath.Join("bin", "report.html"), "the page; a file of this name is replaced")
	return c
}

// readAll reads recordings, each once.
func readAll(dirs []string) ([]*recording.Recording, error) {
	var all []*recording.Recording
	var seen []string
	for _, dir := range dirs {
		dir = filepath.ToSlash(filepath.Clean(dir))
		if slices.Contains(seen, dir) {
			continue
		}
		seen = append(seen, dir)
		rec, err := recording.Read(dir)
		if err != nil {
			return nil, err
		}
		all = append(all, rec)
	}
	return all, nil
}
