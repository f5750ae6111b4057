package recording

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// shard describes a recording of cells from, from+1 ... of a run of 12 in 3 parts.
type shard struct {
	name, index, machine string
	from, cells          int
	change               map[string]string // of keys
	incomplete           bool
	shift                int // of the values
}

var shardVariants = []string{"chaselev", "twin"}

func (s shard) write(t *testing.T, top string) string {
	t.Helper()
	dir := filepath.Join(top, s.name)
	keys := []Key{{"date", "2026-01-0" + s.index}, {"commit", "1a2b3c4"}, {"rules", "kept"}, {KeyMachine, s.machine},
		{"cpu", "EPYC"}, {KeyShard, s.index + "/3"}, {KeyPlanCells, "12"}, {"seed", "1"}}
	for i, k := range keys {
		if v, ok := s.change[k.Name]; ok {
			keys[i].Value = v
		}
	}
	w, err := Create(dir, keys, shardVariants, s.cells, testUnits...)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for i := s.from; i < s.from+s.cells; i++ {
		c := testCell(0)
		c.Workers, c.Proc = 1+i/2, i%2 // comparisons of two cells
		if err := w.WriteCell(c, testBlocks(shardVariants, i+s.shift)); err != nil {
			t.Fatal(err)
		}
	}
	if !s.incomplete {
		if err := w.Finish(); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestMerge(t *testing.T) {
	a := shard{name: "a", index: "1", machine: "m1", from: 0, cells: 4}
	b := shard{name: "b", index: "2", machine: "m1", from: 4, cells: 4}
	c := shard{name: "c", index: "3", machine: "m1", from: 8, cells: 4}
	with := func(s shard, change func(*shard)) shard { change(&s); return s }
	for _, row := range []struct {
		name    string
		shards  []shard
		cells   []int // of each merged recording
		missing []string
		err     string
	}{
		{"all", []shard{a, b, c}, []int{12}, nil, ""},
		{"any order", []shard{c, a, b}, []int{12}, nil, ""},
		{"one twice", []shard{a, b, c, with(b, func(s *shard) { s.name = "copy" })}, []int{12}, nil, ""},
		{"one missing", []shard{a, c}, []int{8}, []string{"2/3"}, ""},
		{"one incomplete", []shard{a, with(b, func(s *shard) { s.incomplete = true; s.cells = 3 }), c}, []int{11}, []string{"2/3"}, ""},
		{"two hosts", []shard{a, with(b, func(s *shard) { s.machine = "m2" }), c}, []int{8, 4}, nil, ""},
		{"one comparison on two hosts", []shard{a, b, c, with(b, func(s *shard) { s.name = "d"; s.machine = "m2" })}, nil, nil, "workers was measured on two hosts"},
		{"one cell twice", []shard{a, b, c, with(b, func(s *shard) { s.name = "d"; s.shift = 1 })}, nil, nil, "d: cell workload=yield_many size=default workers=3 layout=0 proc=0 is in"},
		{"other commit", []shard{a, with(b, func(s *shard) { s.change = map[string]string{"commit": "5e6f"} })}, nil, nil, `b: commit is "5e6f", that of`},
		{"other seed", []shard{a, with(b, func(s *shard) { s.change = map[string]string{"seed": "2"} })}, nil, nil, `b: seed is "2"`},
		{"host not known", []shard{a, with(b, func(s *shard) { s.machine = "n/a (ENOENT)" })}, nil, nil, `b: key machine is "n/a (ENOENT)": hosts can't be told apart`},
		{"nothing", nil, nil, nil, "no recordings to merge"},
	} {
		t.Run(row.name, func(t *testing.T) {
			top := t.TempDir()
			var dirs []string
			for _, s := range row.shards {
				dirs = append(dirs, s.write(t, top))
			}
			out := filepath.Join(top, "out")
			got, err := Merge(dirs, out)
			if row.err != "" {
				if err == nil || !strings.Contains(err.Error(), row.err) || strings.Contains(err.Error(), "\n") {
					t.Fatalf("got %v, want one line with %q", err, row.err)
				}
				if _, err := os.Stat(out); err == nil {
					t.Error("got something written")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var cells []int
			for _, m := range got {
				r, err := Read(m.Dir)
				if err != nil {
					t.Fatal(err)
				}
				cells = append(cells, r.Done)
				if r.Done != m.Cells || !slices.Equal(m.Missing, row.missing) || m.Complete != (row.missing == nil) || m.Planned != 12 || r.Planned != 12 {
					t.Errorf("got %+v, read %d of %d cells, want missing %v", m, r.Done, r.Planned, row.missing)
				}
				if len(got) == 1 && r.Complete != (row.missing == nil) {
					t.Errorf("got complete %v, want %v", r.Complete, row.missing == nil)
				}
			}
			if !slices.Equal(cells, row.cells) {
				t.Errorf("got %v cells, want %v", cells, row.cells)
			}
		})
	}
}

// TestMergeOfWhatKillsLeave: a shard that was killed before its first cell, or in the
// middle of one, does not keep the others from being merged.
func TestMergeOfWhatKillsLeave(t *testing.T) {
	top := t.TempDir()
	a := shard{name: "a", index: "1", machine: "m1", from: 0, cells: 4}.write(t, top)
	b := shard{name: "b", index: "2", machine: "m1", from: 4, cells: 3, incomplete: true}.write(t, top)
	path := filepath.Join(b, "chaselev.txt")
	writeText(t, path, readText(t, path)+"BenchmarkYieldMany/impl=cha")
	empty := filepath.Join(top, "c")
	if err := os.Mkdir(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	got, err := Merge([]string{empty, a, b}, filepath.Join(top, "out"))
	if err != nil || len(got) != 1 || got[0].Cells != 7 || !slices.Equal(got[0].Missing, []string{"2/3", "3/3"}) {
		t.Errorf("got %+v, %v, want 7 cells without shards 2/3 and 3/3", got, err)
	}
	for _, dirs := range [][]string{{empty}, {filepath.Join(top, "none")}} {
		if _, err := Merge(dirs, filepath.Join(top, "out2")); err == nil {
			t.Errorf("%v: got no error", dirs)
		}
	}
}

// TestMergeKeepsText: a merged record is what the shard had, byte by byte, and a
// key that differs has every value.
func TestMergeKeepsText(t *testing.T) {
	top := t.TempDir()
	a := shard{name: "a", index: "1", machine: "m1", from: 0, cells: 6}.write(t, top)
	b := shard{name: "b", index: "2", machine: "m1", from: 6, cells: 6, change: map[string]string{"rules": "estimate (dirty)"}}.write(t, top)
	out := filepath.Join(top, "out")
	if _, err := Merge([]string{a, b}, out); err != nil {
		t.Fatal(err)
	}
	merged := readText(t, filepath.Join(out, "twin.txt"))
	for _, dir := range []string{a, b} {
		for line := range strings.Lines(readText(t, filepath.Join(dir, "twin.txt"))) {
			if (strings.HasPrefix(line, "Benchmark") || strings.HasPrefix(line, "# cell")) && !strings.Contains(merged, "\n"+line) {
				t.Errorf("got no line %s", line)
			}
		}
	}
	for _, want := range []string{"\ndate: 2026-01-01 | 2026-01-02\n", "\nrules: kept | estimate (dirty)\n", "\nshard: 1/3 | 2/3\n", "\ncommit: 1a2b3c4\n", "\ncells: 12\n"} {
		if !strings.Contains(merged, want) {
			t.Errorf("got no %q in\n%s", want, merged[:600])
		}
	}
	if r, err := Read(out); err != nil || !r.Estimate() || r.Complete {
		t.Errorf("got %+v, %v, want an incomplete estimate", r, err)
	}
}
