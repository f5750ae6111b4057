// Package artifact checks what the repository publishes against itself: every recording
// can be read whole, every number, table and figure of the documents is what its recording
// gives, and every claim rests on a recording, a figure and an experiment that are there.
package artifact

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stealbench/internal/analysis"
	"stealbench/internal/counts"
	"stealbench/internal/paper"
	"stealbench/internal/recording"
	"stealbench/plots"
)

const tableOfClaims = "claims: a document has their table"

// Check looks at everything below root, and reports each check, with a fault or without.
func Check(root string, documents []string, report func(what string, fault error)) error {
	dirs, err := recordings(root)
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		what, fault := recorded(root, dir)
		report(what, fault)
	}
	var shown []paper.Figure
	tabled := fmt.Errorf("no document has <!-- begin:claims -->: their table is in none of %s", strings.Join(documents, ", "))
	for _, name := range documents {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		report(name+": numbers and tables", paper.Check(name, text, root))
		if paper.HasTable(text, "claims") {
			tabled = nil
		}
		for _, f := range paper.Figures(text) {
			if !slices.Contains(shown, f) {
				shown = append(shown, f)
				report(fmt.Sprintf("%s: figure %s/%s of %s", name, f.Dir, f.Name, f.Recording), figure(root, f))
			}
		}
	}
	report("figures: each is shown", orphans(root, shown))
	report(tableOfClaims, tabled)
	judged, err := paper.Judge(root)
	if err != nil {
		report("claims", err)
		return nil
	}
	for _, c := range judged {
		report(fmt.Sprintf("claim %d: %s by %s", c.Number, c.Verdict, c.Recording), claim(c, shown))
	}
	return nil
}

// recordings are the folders below results that hold one: calibrations and profiles have
// texts of other kinds beside theirs.
func recordings(root string) (dirs []string, err error) {
	err = filepath.WalkDir(filepath.Join(root, "results"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		is, err := holdsRecording(path)
		if err != nil || !is {
			return err
		}
		dir, err := filepath.Rel(root, path)
		dirs = append(dirs, dir)
		return err
	})
	return dirs, err
}

// holdsRecording goes by any file: a recording that lost the base's is one still.
func holdsRecording(dir string) (bool, error) {
	names, err := fs.Glob(os.DirFS(dir), "*.txt")
	for _, name := range names {
		if name == analysis.Base+".txt" || name == counts.FileName || recording.IsFile(filepath.Join(dir, name)) {
			return true, nil
		}
	}
	return false, err
}

// recorded checks that a folder's recording can be read whole. One that was cut short
// says so wherever it is shown.
func recorded(root, dir string) (what string, fault error) {
	path := filepath.Join(root, dir)
	if counts.IsFolder(path) {
		_, err := counts.Read(path)
		return dir + ": exact counts", err
	}
	rec, err := recording.Read(path)
	if err != nil {
		return dir, err
	}
	return fmt.Sprintf("%s: %d of %d cells", dir, rec.Done, rec.Planned), nil
}

// figure checks that a figure is what its recording gives, byte for byte.
func figure(root string, f paper.Figure) error {
	rec, err := recording.Read(filepath.Join(root, f.Recording))
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "stealbench-figures-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	drawn, err := plots.One(rec, dir, f.Name)
	if err != nil {
		return err
	}
	for _, path := range drawn {
		name := filepath.Join(root, filepath.FromSlash(f.Dir), filepath.Base(path))
		want, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		got, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			return fmt.Errorf("%s: differs from what %s gives: run make paper", name, f.Recording)
		}
	}
	return nil
}

// orphans names what is in the folder of figures, and is no picture that a document shows.
func orphans(root string, shown []paper.Figure) error {
	top := filepath.Join(root, "plots", "figures")
	var left []string
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, path)
		dir, ending := filepath.ToSlash(filepath.Dir(rel)), filepath.Ext(rel)
		name, drawn := strings.TrimSuffix(filepath.Base(rel), ending), ending == ".svg" || ending == ".png"
		if !drawn || !slices.ContainsFunc(shown, func(f paper.Figure) bool { return f.Dir == dir && f.Name == name }) {
			left = append(left, rel)
		}
		return err
	})
	if err == nil && left != nil {
		err = fmt.Errorf("%s: shown by no document: show it, or delete it", strings.Join(left, ", "))
	}
	return err
}

// claim checks that the claim's figure is shown, of its recording. A recording that
// disagrees, or can't tell, is a result, and the table says so.
func claim(c paper.Judged, shown []paper.Figure) error {
	if !slices.ContainsFunc(shown, func(f paper.Figure) bool { return f.Name == c.Shown && f.Recording == c.Recording }) {
		return fmt.Errorf("claim %d: no document shows figure %s of %s", c.Number, c.Shown, c.Recording)
	}
	return nil
}
