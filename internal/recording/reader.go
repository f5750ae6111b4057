package recording

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Recording is one folder, read and checked.
type Recording struct {
	Dir      string
	Keys     []Key
	Units    []Unit
	Variants []string // in plan order
	Cells    []CellData
	Planned  int  // cells of the plan; a run that stops on width needs no more than that
	Done     int  // cells that every file has
	Dropped  int  // cells that only some files have
	Complete bool // the run came to its end
	Resumed  int  // how often a run went on with it
}

// CellData is a cell with the blocks of each variant.
type CellData struct {
	Cell
	Blocks map[string][]Block
}

// Read reads the recording in dir. Every error is one line that names the
// file, the line and what to do.
func Read(dir string) (*Recording, error) {
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
		return nil, fmt.Errorf("%s: no *.txt file: not a recording: name a folder of results/", dir)
	}
	files := map[string]*inFile{}
	for _, name := range names {
		variant := strings.TrimSuffix(name, ".txt")
		f, err := readFile(root, name, filepath.Join(dir, name), variant)
		if err != nil {
			return nil, err
		}
		files[variant] = f
	}
	return assemble(dir, names, files)
}

// IsFile says whether a file begins as those of a recording do.
func IsFile(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(magic))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == magic
}

// assemble puts the files together: same header in all, one file per variant.
func assemble(dir string, names []string, files map[string]*inFile) (*Recording, error) {
	first := files[strings.TrimSuffix(names[0], ".txt")]
	r := &Recording{Dir: dir, Keys: first.keys, Units: first.units, Complete: true, Resumed: first.resumed}
	r.Variants = strings.Fields(r.Key("variants"))
	r.Planned, _ = strconv.Atoi(r.Key("cells")) // checked with the header
	for _, name := range names {
		f := files[strings.TrimSuffix(name, ".txt")]
		if i := firstDiff(first.header, f.header); i >= 0 {
			return nil, fmt.Errorf("%s:%d: header differs from %s: the files are of different recordings: keep one recording per folder",
				f.path, i+1, first.path)
		}
		if !slices.Contains(r.Variants, f.variant) {
			return nil, fmt.Errorf("%s:1: key variants does not name %s: move the file away", f.path, f.variant)
		}
	}
	have := map[Cell]int{}
	for _, v := range r.Variants {
		f := files[v]
		if f == nil {
			return nil, fmt.Errorf("%s: key variants names %s, but %s.txt is not there: restore it or record again", dir, v, v)
		}
		r.Complete = r.Complete && f.complete
		for _, c := range f.cells {
			have[c.Cell]++
		}
	}
	for _, c := range files[r.Variants[0]].cells {
		if have[c.Cell] < len(r.Variants) {
			continue
		}
		data := CellData{Cell: c.Cell, Blocks: map[string][]Block{}}
		for _, v := range r.Variants {
			data.Blocks[v] = files[v].blocks(c.Cell)
		}
		r.Cells = append(r.Cells, data)
	}
	r.Done = len(r.Cells)
	r.Dropped = len(have) - r.Done
	r.Complete = r.Complete && r.Dropped == 0
	return r, nil
}

func firstDiff(a, b []string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	if len(a) != len(b) {
		return min(len(a), len(b))
	}
	return -1
}

// reason strips the path that os puts in an error: ours names it already.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// Key is the value of a file key, "" if there is none.
func (r *Recording) Key(name string) string {
	for _, k := range r.Keys {
		if k.Name == name {
			return k.Value
		}
	}
	return ""
}

// RuleLayouts is how many linker layouts a comparison has at least (RUN_RULES.md).
const RuleLayouts = 8

// Rules says which run rules are broken: those that were when it began, and those
// that its cells break.
func (r *Recording) Rules() string {
	rules := r.Key("rules")
	var broken []string
	if !r.Complete {
		broken = append(broken, "incomplete")
	}
	least, wrong := RuleLayouts, false
	type comparison struct {
		workload, size string
		workers        int
	}
	layouts, flagged := map[comparison]map[int]bool{}, map[comparison]bool{}
	for _, c := range r.Cells {
		of := comparison{c.Workload, c.Size, c.Workers}
		if layouts[of] == nil {
			layouts[of] = map[int]bool{}
		}
		flags := c.Flags()
		if flags == nil {
			layouts[of][c.Layout] = true
			continue
		}
		flagged[of] = true
		wrong = wrong || slices.Contains(flags, WrongAnswers)
	}
	for of := range flagged {
		least = min(least, len(layouts[of]))
	}
	if least < RuleLayouts {
		broken = append(broken, fmt.Sprintf("flagged cells leave %d of %d linker layouts", least, RuleLayouts))
	}
	if wrong {
		broken = append(broken, "wrong answers")
	}
	if broken == nil {
		return rules
	}
	found := strings.Join(broken, ", ")
	if before, ok := strings.CutSuffix(rules, ")"); ok && strings.HasPrefix(rules, "estimate (") {
		return before + ", " + found + ")"
	}
	return "estimate (" + found + ")"
}

// Estimate says whether a run rule was relaxed.
func (r *Recording) Estimate() bool { return strings.Contains(r.Rules(), "estimate") }

// Has says whether the recording has a variant.
func (r *Recording) Has(variant string) bool { return slices.Contains(r.Variants, variant) }

// Workloads are the workloads that have cells, in the order of key workloads,
// if there is one, then of first appearance: cells run in shuffled order.
func (r *Recording) Workloads() []string {
	var seen, all []string
	for _, c := range r.Cells {
		if !slices.Contains(seen, c.Workload) {
			seen = append(seen, c.Workload)
		}
	}
	for _, w := range append(strings.Fields(r.Key("workloads")), seen...) {
		if slices.Contains(seen, w) && !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	return all
}

// Sizes are the sizes of a workload in order of first appearance.
func (r *Recording) Sizes(workload string) []string {
	var all []string
	for _, c := range r.Cells {
		if c.Workload == workload && !slices.Contains(all, c.Size) {
			all = append(all, c.Size)
		}
	}
	return all
}

// Workers are the numbers of workers of a workload, ascending.
func (r *Recording) Workers(workload string) []int {
	var all []int
	for _, c := range r.Cells {
		if c.Workload == workload && !slices.Contains(all, c.Workers) {
			all = append(all, c.Workers)
		}
	}
	slices.Sort(all)
	return all
}
