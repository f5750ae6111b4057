package recording

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/perf/benchfmt"
)

func TestRoundTrip(t *testing.T) {
	variants := []string{"twin", "chaselev", "nometrics"}
	r, err := Read(write(t, variants, 4))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(r.Variants, variants) || r.Planned != 4 || r.Done != 4 || r.Dropped != 0 || !r.Complete {
		t.Errorf("got %v planned %d done %d dropped %d complete %v", r.Variants, r.Planned, r.Done, r.Dropped, r.Complete)
	}
	if got := r.Keys[:len(testKeys)]; !slices.Equal(got, testKeys) {
		t.Errorf("keys: got %v, want %v", got, testKeys)
	}
	for i, c := range r.Cells {
		if c.Cell != testCell(i) {
			t.Errorf("cell %d: got %v, want %v", i, c.Cell, testCell(i))
		}
		if want := testBlocks(variants, i); !reflect.DeepEqual(c.Blocks, want) {
			t.Errorf("cell %d: got %v, want %v", i, c.Blocks, want)
		}
	}
	if got, want := r.Workloads(), []string{"yield_many"}; !slices.Equal(got, want) {
		t.Errorf("workloads: got %v, want %v", got, want)
	}
	if got, want := r.Workers("yield_many"), []int{1, 2}; !slices.Equal(got, want) {
		t.Errorf("workers: got %v, want %v", got, want)
	}
}

// benchstat must read the files unchanged, all in one table.
func TestBenchfmtReads(t *testing.T) {
	dir := write(t, []string{"chaselev", "twin"}, 4)
	files := &benchfmt.Files{Paths: []string{filepath.Join(dir, "chaselev.txt"), filepath.Join(dir, "twin.txt")}}
	configs := map[string]bool{}
	lines := 0
	for files.Scan() {
		switch rec := files.Result().(type) {
		case *benchfmt.SyntaxError:
			t.Error(rec)
		case *benchfmt.Result:
			lines++
			var config strings.Builder
			for _, c := range rec.Config {
				if c.File {
					config.WriteString(c.Key + "=" + string(c.Value) + "\n")
				}
			}
			configs[config.String()] = true
			if v, ok := rec.Value("sec/task"); !ok || v <= 0 {
				t.Errorf("%s: %v sec/task", rec.Name, v)
			}
		}
	}
	if err := files.Err(); err != nil {
		t.Fatal(err)
	}
	if lines != 16 || len(configs) != 1 {
		t.Errorf("got %d lines in %d tables, want 16 in 1", lines, len(configs))
	}
	if len(files.Units()) == 0 {
		t.Error("no unit metadata")
	}
}

func TestWriteCellRefuses(t *testing.T) {
	set := func(v Value) func(Cell, map[string][]Block) (Cell, map[string][]Block) {
		return func(c Cell, b map[string][]Block) (Cell, map[string][]Block) {
			for i := range b["twin"][1].Values {
				if b["twin"][1].Values[i].Unit == v.Unit {
					b["twin"][1].Values[i] = v
				}
			}
			return c, b
		}
	}
	for _, tt := range []struct {
		name, want string
		edit       func(Cell, map[string][]Block) (Cell, map[string][]Block)
	}{
		{"nan", "not finite", set(Value{NsPerTask, math.NaN()})},
		{"inf", "not finite", set(Value{"steals/op", math.Inf(1)})},
		{"zero time", "ns/task is zero", set(Value{NsPerTask, 0})},
		{"zero ratio", "xbase is zero", set(Value{XBase, 0})},
		{"negative", "negative", set(Value{"steals/op", -1})},
		{"no blocks", "no blocks", func(c Cell, b map[string][]Block) (Cell, map[string][]Block) {
			b["twin"] = nil
			return c, b
		}},
		{"variant missing", "blocks of 1 variants", func(c Cell, b map[string][]Block) (Cell, map[string][]Block) {
			delete(b, "twin")
			return c, b
		}},
		{"unit missing", "no value of ns/task, xbase, tasks/op", func(c Cell, b map[string][]Block) (Cell, map[string][]Block) {
			b["twin"][0].Values = nil
			return c, b
		}},
		{"unit twice", "two values", func(c Cell, b map[string][]Block) (Cell, map[string][]Block) {
			b["twin"][0].Values = append(b["twin"][0].Values, Value{NsPerTask, 1})
			return c, b
		}},
		{"no slots", "0 slots", func(c Cell, b map[string][]Block) (Cell, map[string][]Block) {
			b["twin"][0].Slots = 0
			return c, b
		}},
		{"workload", "name", func(c Cell, b map[string][]Block) (Cell, map[string][]Block) {
			c.Workload = "a b"
			return c, b
		}},
		{"workers", "workers >= 1", func(c Cell, b map[string][]Block) (Cell, map[string][]Block) {
			c.Workers = 0
			return c, b
		}},
		{"twice", "already", func(c Cell, b map[string][]Block) (Cell, map[string][]Block) { return testCell(0), b }},
		{"name clash", "benchmark name", func(c Cell, b map[string][]Block) (Cell, map[string][]Block) {
			c.Workload = "yield-many"
			return c, b
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "rec")
			variants := []string{"chaselev", "twin"}
			w, err := Create(dir, testKeys, variants, 9)
			if err != nil {
				t.Fatal(err)
			}
			defer w.Close()
			if err := w.WriteCell(testCell(0), testBlocks(variants, 0)); err != nil {
				t.Fatal(err)
			}
			before := readText(t, filepath.Join(dir, "chaselev.txt")) + readText(t, filepath.Join(dir, "twin.txt"))
			err = w.WriteCell(tt.edit(testCell(1), testBlocks(variants, 1)))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			after := readText(t, filepath.Join(dir, "chaselev.txt")) + readText(t, filepath.Join(dir, "twin.txt"))
			if before != after {
				t.Errorf("something was written:\n%s", after)
			}
			if err := w.WriteCell(testCell(1), testBlocks(variants, 1)); err != nil {
				t.Errorf("a good cell after it: %v", err)
			}
		})
	}
}

func TestCreateRefuses(t *testing.T) {
	dir := write(t, []string{"chaselev"}, 1)
	file := filepath.Join(dir, "chaselev.txt")
	for _, tt := range []struct {
		name, want, dir string
		keys            []Key
		variants        []string
		planned         int
		units           []Unit
	}{
		{name: "holds a recording", dir: dir, want: "never overwritten"},
		{name: "is a file", dir: file, want: "choose a folder"},
		{name: "no variants", variants: []string{}, want: "at least one variant"},
		{name: "variant name", variants: []string{"../x"}, want: "name"},
		{name: "variant twice", variants: []string{"a", "a"}, want: "twice"},
		{name: "no cells", planned: -1, want: "planned"},
		{name: "key name", keys: []Key{{"Host", "x"}}, want: "key"},
		{name: "key twice", keys: []Key{{"a", "x"}, {"a", "x"}}, want: "twice"},
		{name: "own key", keys: []Key{{"cells", "9"}}, want: "twice"},
		{name: "empty value", keys: []Key{{"a", ""}}, want: "not empty"},
		{name: "two lines", keys: []Key{{"a", "x\nBenchmarkY 1 1 ns/op"}}, want: "one line"},
		{name: "long value", keys: []Key{{"a", strings.Repeat("x", maxLine)}}, want: "too long"},
		{name: "unit twice", units: []Unit{{NsPerTask, "better=lower"}}, want: "twice"},
		{name: "unit meta", units: []Unit{{"x/op", "better"}}, want: "better=lower"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.dir == "" {
				tt.dir = filepath.Join(t.TempDir(), "rec")
			}
			if tt.variants == nil {
				tt.variants = []string{"chaselev"}
			}
			if tt.planned == 0 {
				tt.planned = 1
			}
			_, err := Create(tt.dir, tt.keys, tt.variants, tt.planned, tt.units...)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %v", err)
			}
		})
	}
}

func TestCreateLeavesNoProbe(t *testing.T) {
	entries, err := os.ReadDir(write(t, []string{"chaselev"}, 1))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 {
		t.Errorf("got %v, want chaselev.txt only", entries)
	}
}

// fullDisk writes half of what it is given.
type fullDisk struct{ *os.File }

func (f fullDisk) Write(p []byte) (int, error) {
	n, _ := f.File.Write(p[:len(p)/2])
	return n, syscall.ENOSPC
}

func TestFailedWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "rec")
	variants := []string{"chaselev", "twin"}
	w, err := Create(dir, testKeys, variants, 3)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.WriteCell(testCell(0), testBlocks(variants, 0)); err != nil {
		t.Fatal(err)
	}
	w.files[1].f = fullDisk{w.files[1].f.(*os.File)}
	err = w.WriteCell(testCell(1), testBlocks(variants, 1))
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "twin.txt") {
		t.Errorf("got %v, want ENOSPC and twin.txt", err)
	}
	if err := w.WriteCell(testCell(2), testBlocks(variants, 2)); err == nil {
		t.Error("wrote on after a failed write")
	}
	if err := w.Finish(); err == nil {
		t.Error("finished after a failed write")
	}
	r, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if r.Complete || r.Done != 1 || r.Dropped != 1 {
		t.Errorf("got complete %v done %d dropped %d, want false 1 1", r.Complete, r.Done, r.Dropped)
	}
}
