package recording

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const resumedPrefix = "# resumed "

// Interrupted is a recording whose run did not come to its end, or did: then it
// is Complete. Its Cells are the finished ones. Nothing of it is changed yet.
type Interrupted struct {
	*Recording
	header string
	files  []*inFile // in plan order; nil where a kill left no file
	cuts   []int64   // where each file ends once what never was a cell is gone
	sizes  []int64
}

// ReadInterrupted reads the recording in dir as Read does, but takes what a kill
// or a full disk leaves. Damage that neither can do is an error, as in Read: one
// line that names the file, the line and what to do.
//
// A record is appended to one file after the other, so that a run that ends
// anywhere leaves files with the same cells in the same order, of which the
// first ones may have one more, and one a torn tail. The cell that some lack was
// never reported as finished.
func ReadInterrupted(dir string) (*Interrupted, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("%s: cannot open: %w: name a folder of results/", dir, reason(err))
	}
	defer root.Close()
	names, err := fs.Glob(root.FS(), "*.txt")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s: no *.txt file: nothing was recorded yet: record anew with -o %s", dir, dir)
	}
	files := map[string]*inFile{}
	for _, name := range names {
		variant := strings.TrimSuffix(name, ".txt")
		f, err := readFile(root, name, filepath.Join(dir, name), variant)
		if err != nil && (f == nil || !f.tail) {
			return nil, err
		}
		files[variant] = f
	}
	return interrupted(dir, names, files)
}

func interrupted(dir string, names []string, files map[string]*inFile) (*Interrupted, error) {
	first := files[strings.TrimSuffix(names[0], ".txt")]
	i := &Interrupted{header: strings.Join(first.header, "\n") + "\n"}
	most, least, complete := 0, len(first.cells), 0
	for _, v := range strings.Fields(first.value("variants")) {
		f := files[v]
		if f == nil { // killed while the files got their names
			f = &inFile{variant: v, path: filepath.Join(dir, v+".txt"), header: first.header, keys: first.keys,
				units: first.units, index: map[Cell]int{}}
			files[v], names = f, append(names, v+".txt")
			i.files, i.sizes = append(i.files, nil), append(i.sizes, 0)
		} else {
			i.files, i.sizes = append(i.files, f), append(i.sizes, f.off)
		}
		most, least = max(most, len(f.cells)), min(least, len(f.cells))
		if f.complete {
			complete++
		}
	}
	rec, err := assemble(dir, names, files)
	if err != nil {
		return nil, err
	}
	i.Recording = rec
	lead := files[rec.Variants[0]] // no file has more cells
	for k, v := range rec.Variants {
		f := files[v]
		before := len(lead.cells)
		if k > 0 {
			before = len(files[rec.Variants[k-1]].cells)
		}
		switch {
		case i.files[k] == nil && most > 0:
			return nil, fmt.Errorf("%s: is not there, but %s has cells: restore it or record again", f.path, lead.path)
		case len(f.cells) > before, most > least+1, complete > 0 && most != least, f.tail && len(f.cells) != least:
			return nil, fmt.Errorf("%s: has %d cells, others %d to %d: no interruption leaves that: restore the file or record again",
				f.path, len(f.cells), least, most)
		}
		for c := range f.cells {
			if f.cells[c].Cell != lead.cells[c].Cell {
				return nil, fmt.Errorf("%s: cell %d is %v, that of %s is %v: restore the file or record again",
					f.path, c+1, f.cells[c].Cell, lead.path, lead.cells[c].Cell)
			}
		}
		cut := f.whole
		if len(f.cells) > least {
			cut = f.last
		}
		i.cuts = append(i.cuts, cut)
	}
	return i, nil
}

// value is that of a key, "" if there is none.
func (f *inFile) value(name string) string {
	for _, k := range f.keys {
		if k.Name == name {
			return k.Value
		}
	}
	return ""
}

// Cut says what Resume will cut from the files, "" if nothing: the parts of a
// cell that was being written.
func (i *Interrupted) Cut() string {
	var parts []string
	for k, v := range i.Variants {
		if n := i.sizes[k] - i.cuts[k]; i.files[k] != nil && n > 0 {
			parts = append(parts, fmt.Sprintf("%d bytes of %s.txt", n, v))
		}
	}
	return strings.Join(parts, ", ")
}

// Resume cuts what never was a whole cell, notes that at the end of each file,
// and returns a writer that goes on there. It must not be called if the
// recording is complete, nor while another writer has it.
func (i *Interrupted) Resume(now time.Time) (*Writer, error) {
	root, err := os.OpenRoot(i.Dir)
	if err != nil {
		return nil, fmt.Errorf("%s: cannot open: %w", i.Dir, reason(err))
	}
	w := &Writer{dir: i.Dir, disk: onDisk(root), cells: map[Cell]bool{}, names: map[string]string{}}
	for _, c := range i.Cells {
		w.cells[c.Cell] = true
		w.names[BenchName(c.Workload)] = c.Workload
	}
	if err := i.reopen(w, now); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

func (i *Interrupted) reopen(w *Writer, now time.Time) error {
	for k, v := range i.Variants {
		if i.files[k] == nil {
			f, err := w.newFile(v, i.header)
			if err != nil {
				return err
			}
			w.files = append(w.files, f)
			if err := w.disk.Rename(v+".txt"+unnamed, v+".txt"); err != nil {
				return fmt.Errorf("%s: %w", f.path, reason(err))
			}
			i.cuts[k], i.sizes[k] = f.size, f.size
			continue
		}
		f := &outFile{variant: v, path: i.files[k].path, size: i.cuts[k]}
		var err error
		if f.f, err = w.disk.OpenFile(v+".txt", 0); err != nil {
			return fmt.Errorf("%s: cannot open: %w: make it writable", f.path, reason(err))
		}
		w.files = append(w.files, f)
	}
	if err := w.disk.Sync(); err != nil {
		return fmt.Errorf("%s: %w", i.Dir, reason(err))
	}
	// Last file first, as no kill then leaves more cells in a file than in the
	// one before it.
	for k, f := range slices.Backward(w.files) {
		if i.sizes[k] == i.cuts[k] {
			continue
		}
		if err := f.f.Truncate(i.cuts[k]); err != nil {
			return fmt.Errorf("%s: cannot cut: %w", f.path, reason(err))
		}
		if err := f.f.Sync(); err != nil {
			return fmt.Errorf("%s: cannot cut: %w", f.path, reason(err))
		}
	}
	for k, f := range w.files {
		note := fmt.Sprintf("%sat=%s cut-bytes=%d\n", resumedPrefix, now.UTC().Format(time.RFC3339), i.sizes[k]-i.cuts[k])
		if err := f.append(note); err != nil {
			return err
		}
	}
	return nil
}
