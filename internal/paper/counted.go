package paper

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"stealbench/internal/analysis"
	"stealbench/internal/counts"
)

// exact are the tables of exact counts, which are no recordings of times: of a folder of
// counts, or of one that has some.
var exact = map[string]func(root, name string) (string, error){"counted": counted, "steps": steps}

// counted is the locked instructions of metrics: a row for each workload, a column for
// each variant.
func counted(root, name string) (string, error) {
	f, err := counts.Read(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		return "", err
	}
	var variants, workloads []string
	for _, l := range f.Lines {
		if !slices.Contains(variants, l.Variant) {
			variants = append(variants, l.Variant)
		}
		if !slices.Contains(workloads, l.Workload) {
			workloads = append(workloads, l.Workload)
		}
	}
	t := table{head: append([]string{"workload"}, variants...), left: 1}
	for _, w := range workloads {
		row := []string{w}
		for _, v := range variants {
			cell := "n/a"
			if l := f.Find(w, v); l != nil {
				cell = analysis.Num(l.Values[counts.InGroup(counts.Metrics)])
			}
			row = append(row, cell)
		}
		t.add(row...)
	}
	return t.String() + fmt.Sprintf("\nFrom `%s`, commit %s: locked instructions of metrics a task, counted exactly, one worker.\n", name, f.Keys["commit"]), nil
}

// steps is the instructions a task that a base took, one folder of counts for each step,
// in the order of when they were counted: that of the steps.
func steps(root, name string) (string, error) {
	dir := filepath.Join(root, filepath.FromSlash(name))
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", fmt.Errorf("%s: cannot read: name a folder of folders of counts", name)
	}
	type step struct {
		name string
		file *counts.File
	}
	var all []step
	for _, e := range entries {
		if !counts.IsFolder(filepath.Join(dir, e.Name())) {
			return "", fmt.Errorf("%s: %s is no folder of counts: name a folder of folders of counts", name, e.Name())
		}
		f, err := counts.Read(filepath.Join(dir, e.Name()))
		if err != nil {
			return "", err
		}
		all = append(all, step{e.Name(), f})
	}
	slices.SortStableFunc(all, func(a, b step) int { return slices.Compare([]byte(a.file.Keys["date"]), []byte(b.file.Keys["date"])) })
	t := table{left: 1}
	for i, s := range all {
		row := []string{s.name}
		if i == 0 {
			t.head = []string{"base"}
		}
		for _, l := range s.file.Lines {
			if i == 0 {
				t.head = append(t.head, l.Workload, "locked")
			}
			row = append(row, analysis.Num(l.Values[counts.InstructionsTask]), analysis.Num(l.Values[counts.LockedPerTask]))
		}
		t.add(row...)
	}
	return t.String() + fmt.Sprintf("\nFrom `%s`: instructions a task, by callgrind, all of the program's; those of them that are locked, exactly. One worker.\n", name), nil
}
