package recording

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	magic   = "# stealbench recording, format 1"
	maxLine = 64 << 10 // benchfmt's scanner gives up on a longer line
)

// Writer writes a new recording. Called from one goroutine.
type Writer struct {
	dir   string
	disk  disk
	files []*outFile // in plan order
	cells map[Cell]bool
	names map[string]string // benchmark name -> workload
	err   error             // the first failed write; nothing is written after it
}

type outFile struct {
	variant, path string
	f             outHandle
	size          int64 // end of the last whole record
}

// Create starts a recording of planned cells in dir. The keys "variants" and
// "cells" are the writer's own. extra are units beside the three standard
// ones; a unit that is neither better high nor low needs no entry.
func Create(dir string, keys []Key, variants []string, planned int, extra ...Unit) (*Writer, error) {
	header, err := header(keys, variants, planned, extra)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	root, err := openNew(dir)
	if err != nil {
		return nil, err
	}
	w := &Writer{dir: dir, disk: onDisk(root), cells: map[Cell]bool{}, names: map[string]string{}}
	if err := w.start(header, variants); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

// Preflight says whether Create could start a recording in dir, without
// starting one. It leaves an empty folder.
func Preflight(dir string) error {
	root, err := openNew(dir)
	if err != nil {
		return err
	}
	return root.Close()
}

// openNew makes the folder, unless it is there, and tries it.
func openNew(dir string) (*os.Root, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("%s: cannot make the folder: %w: choose a folder you may write", dir, err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	old, err := fs.Glob(root.FS(), "*.txt")
	switch {
	case err != nil:
		err = fmt.Errorf("%s: %w", dir, err)
	case len(old) > 0:
		err = fmt.Errorf("%s: holds %s: a recording is never overwritten: choose a new folder", dir, old[0])
	default:
		if err = preflight(root); err != nil {
			err = fmt.Errorf("%s: cannot write: %w: free space or choose another folder", dir, err)
		}
	}
	if err != nil {
		root.Close()
		return nil, err
	}
	return root, nil
}

// start makes the files that begin a recording: each gets its name with its
// header whole, so that where there is a file there is all that a resumption
// needs, and where there is none a run begins anew.
func (w *Writer) start(header string, variants []string) error {
	for _, v := range variants {
		f, err := w.newFile(v, header)
		if err != nil {
			return err
		}
		w.files = append(w.files, f)
	}
	for _, f := range w.files {
		if err := w.disk.Rename(f.variant+".txt"+unnamed, f.variant+".txt"); err != nil {
			return fmt.Errorf("%s: %w", f.path, reason(err))
		}
	}
	return w.disk.Sync() // the file names themselves must survive a crash
}

// unnamed ends the name of a file that may lack a part of its header.
const unnamed = ".new"

func (w *Writer) newFile(variant, header string) (*outFile, error) {
	name := variant + ".txt"
	f := &outFile{variant: variant, path: filepath.Join(w.dir, name)}
	var err error
	if f.f, err = w.disk.OpenFile(name+unnamed, os.O_CREATE|os.O_TRUNC); err != nil {
		return nil, fmt.Errorf("%s: cannot make the file: %w: choose a folder you may write", f.path, reason(err))
	}
	if err := f.append(header); err != nil {
		_ = f.f.Close()
		return nil, err
	}
	return f, nil
}

func header(keys []Key, variants []string, planned int, extra []Unit) (string, error) {
	if len(variants) == 0 || planned < 1 {
		return "", errors.New("want at least one variant and one planned cell")
	}
	if err := checkVariants(variants); err != nil {
		return "", err
	}
	all := append(slices.Clone(keys),
		Key{"variants", strings.Join(variants, " ")}, Key{"cells", strconv.Itoa(planned)})
	lines := []string{magic}
	seen := map[string]bool{}
	for _, k := range all {
		if err := k.check(); err != nil {
			return "", err
		}
		if seen[k.Name] {
			return "", fmt.Errorf("key %s is there twice", k.Name)
		}
		seen[k.Name] = true
		lines = append(lines, k.Name+": "+k.Value)
	}
	units := map[string]bool{}
	for _, u := range append(slices.Clone(extra), standardUnits...) {
		if err := u.check(); err != nil {
			return "", err
		}
		if units[u.Name] {
			return "", fmt.Errorf("unit %s is there twice", u.Name)
		}
		units[u.Name] = true
		lines = append(lines, u.line())
	}
	return strings.Join(lines, "\n") + "\n", nil
}

func (k Key) check() error {
	switch {
	case !keyRE.MatchString(k.Name):
		return fmt.Errorf("key %q: use a-z 0-9 _ . / -, starting with a letter", k.Name)
	case k.Value == "" || strings.TrimSpace(k.Value) != k.Value || strings.ContainsAny(k.Value, "\n\r"):
		return fmt.Errorf("key %s: value %q: want one line, not empty, no space around it", k.Name, k.Value)
	case len(k.Name)+len(k.Value)+2 >= maxLine:
		return fmt.Errorf("key %s: value of %d bytes is too long", k.Name, len(k.Value))
	}
	return nil
}

// WriteCell appends the record of c to every variant's file, or, when a value
// is bad, to none. Every variant must have blocks.
func (w *Writer) WriteCell(c Cell, blocks map[string][]Block) error {
	if w.err != nil {
		return w.err
	}
	records, err := w.records(c, blocks)
	if err != nil {
		return fmt.Errorf("%s: cell %v: %w", w.dir, c, err)
	}
	for i, f := range w.files {
		if w.err = f.append(records[i]); w.err != nil {
			return w.err
		}
	}
	w.cells[c] = true
	w.names[BenchName(c.Workload)] = c.Workload
	return nil
}

func (w *Writer) records(c Cell, blocks map[string][]Block) ([]string, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if w.cells[c] {
		return nil, errors.New("is written already")
	}
	if other, ok := w.names[BenchName(c.Workload)]; ok && other != c.Workload {
		return nil, fmt.Errorf("has the benchmark name of workload %s: rename one", other)
	}
	if len(blocks) != len(w.files) {
		return nil, fmt.Errorf("blocks of %d variants, want %d", len(blocks), len(w.files))
	}
	var records []string
	for _, f := range w.files {
		r, err := record(f.variant, c, blocks[f.variant])
		if err != nil {
			return nil, fmt.Errorf("variant %s: %w", f.variant, err)
		}
		records = append(records, r)
	}
	return records, nil
}

func record(variant string, c Cell, blocks []Block) (string, error) {
	if len(blocks) == 0 {
		return "", errors.New("no blocks")
	}
	var b strings.Builder
	for _, block := range blocks {
		if err := block.check(); err != nil {
			return "", err
		}
		start := b.Len()
		fmt.Fprintf(&b, "%s %d", FullName(variant, c), block.Slots)
		for _, v := range block.Values {
			b.WriteString(" " + strconv.FormatFloat(v.V, 'g', -1, 64) + " " + v.Unit)
		}
		b.WriteByte('\n')
		if b.Len()-start >= maxLine {
			return "", fmt.Errorf("line of %d bytes is too long", b.Len()-start)
		}
	}
	lines := b.String()
	return lines + endLine(c, len(blocks), crc32.ChecksumIEEE([]byte(lines))) + "\n", nil
}

func endLine(c Cell, lines int, sum uint32) string {
	return fmt.Sprintf("# cell %v lines=%d crc32=%08x", c, lines, sum)
}

func completeLine(cells int) string { return fmt.Sprintf("# complete cells=%d", cells) }

// append is one write and one fsync. After a failed one it takes a torn tail
// back, as well as it can, so that the cells before it stay readable.
func (f *outFile) append(s string) error {
	n, err := f.f.Write([]byte(s))
	if err == nil {
		err = f.f.Sync()
	}
	if err != nil {
		if back := f.f.Truncate(f.size); back != nil {
			err = fmt.Errorf("%w (and the torn tail stays: %v)", err, back)
		}
		return fmt.Errorf("%s: wrote %d of %d bytes: %w: free space and record again", f.path, n, len(s), err)
	}
	f.size += int64(n)
	return nil
}

// Finish marks the recording complete: all is measured that the run was to
// measure. A recording stopped by a signal or by its budget is closed without it.
func (w *Writer) Finish() error {
	if w.err != nil {
		return w.err
	}
	for _, f := range w.files {
		if w.err = f.append(completeLine(len(w.cells)) + "\n"); w.err != nil {
			return w.err
		}
	}
	w.err = fmt.Errorf("%s: is finished", w.dir)
	return nil
}

// Close closes the files.
func (w *Writer) Close() error {
	var errs []error
	for _, f := range w.files {
		errs = append(errs, f.f.Close())
	}
	w.files = nil
	return errors.Join(append(errs, w.disk.Close())...)
}
