package recording

import (
	"fmt"
	"hash/crc32"
	"io"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// parse reads one file of variant a, as Read does a folder that has it.
func parse(in io.Reader) (*Recording, *inFile, error) {
	f := &inFile{variant: "a", path: "rec/a.txt", index: map[Cell]int{}, names: map[string]string{}}
	if err := f.read(in); err != nil {
		return nil, f, err
	}
	r, err := assemble("rec", []string{"a.txt"}, map[string]*inFile{"a": f})
	return r, f, err
}

// rewrite is the text of a recording of one variant as the writer writes it.
func rewrite(t *testing.T, r *Recording) string {
	t.Helper()
	keys := slices.DeleteFunc(slices.Clone(r.Keys), func(k Key) bool { return k.Name == "variants" || k.Name == "cells" })
	units := slices.DeleteFunc(slices.Clone(r.Units), func(u Unit) bool { return slices.Contains(standardUnits, u) })
	text, err := header(keys, r.Variants, r.Planned, units)
	if err != nil {
		t.Fatalf("read a header that the writer refuses: %v", err)
	}
	seen := map[Cell]bool{}
	for _, c := range r.Cells {
		if seen[c.Cell] {
			t.Fatalf("got cell %v twice", c.Cell)
		}
		seen[c.Cell] = true
		s, err := record("a", c.Cell, c.Blocks["a"])
		if err != nil {
			t.Fatalf("read a record that the writer refuses: %v", err)
		}
		text += s
	}
	if r.Complete {
		text += completeLine(len(r.Cells)) + "\n"
	}
	return text
}

var oneLineWithPlace = regexp.MustCompile(`^rec(/a\.txt:\d+)?: [^\n]+$`)

// endless is a line without an end; it counts what is read of it.
type endless struct{ left, read int64 }

func (e *endless) Read(p []byte) (int, error) {
	n := min(int64(len(p)), e.left)
	if n == 0 {
		return 0, io.EOF
	}
	for i := range p[:n] {
		p[i] = 'x'
	}
	e.left -= n
	e.read += n
	return int(n), nil
}

// sealed gives every record of text its right checksum, so that what is behind
// that check is reached.
func sealed(text string) string {
	lines := strings.SplitAfter(text, "\n")
	var sum uint32
	for i, line := range lines {
		switch j := strings.LastIndex(line, "crc32="); {
		case strings.HasPrefix(line, "Benchmark"):
			sum = crc32.Update(sum, crc32.IEEETable, []byte(line))
		case strings.HasPrefix(line, "# cell ") && j > 0:
			lines[i] = line[:j] + fmt.Sprintf("crc32=%08x\n", sum)
			sum = 0
		}
	}
	return strings.Join(lines, "")
}

// FuzzRead reads any text as a recording: the answer is an error that names file
// and line, or records that the writer writes back. After the text comes a line
// of more bytes, up to far more than there is memory; of a line that is too long
// the reader doesn't read on.
func FuzzRead(f *testing.F) {
	lines := "BenchmarkFib/impl=a/size=small/workers=1/layout=0/proc=0 1 2.5 ns/task 1 xbase 3 tasks/op\n"
	cell := Cell{Workload: "fib", Size: "small", Workers: 1}
	head := magic + "\nvariants: a\ncells: 1\nUnit ns/task better=lower\nUnit xbase better=lower\nUnit tasks/op assume=exact\n"
	once := head + lines + endLine(cell, 1, 0) + "\n"
	whole := once + "# complete cells=1\n"
	f.Add(whole, int64(0))
	f.Add(head, int64(0))
	f.Add(head+lines, int64(0))
	f.Add(head+"# ", int64(maxLine-3))
	f.Add(head, int64(maxLine))
	f.Add("", int64(1<<40))
	f.Add(once+once[len(head):], int64(0))
	f.Add(head+"# resumed x\n"+whole[len(head):], int64(0))
	f.Add(once+"# resumed at=2026-11-26T02:00:00Z cut-bytes=17\n# complete cells=1\n", int64(0))
	f.Add(head+lines+"# resumed x\n", int64(0))
	f.Add(strings.Replace(whole, "variants: a\n", "variants: a a\n", 1), int64(0))
	f.Add(strings.Replace(whole, "cells: 1", "cells: 01", 1), int64(0))
	f.Fuzz(func(t *testing.T, text string, more int64) {
		text = sealed(text)
		tail := &endless{left: max(more, 0)}
		r, in, err := parse(io.MultiReader(strings.NewReader(text), tail))
		if tail.read > 2*maxLine {
			t.Fatalf("read %d bytes of a line of %d, want no more than %d", tail.read, more, 2*maxLine)
		}
		if err != nil {
			if !oneLineWithPlace.MatchString(err.Error()) {
				t.Fatalf("got error %q, want one line with file and line", err)
			}
			return
		}
		if more > 0 {
			t.Fatal("read a file without a last newline")
		}
		text2 := rewrite(t, r)
		again, _, err := parse(strings.NewReader(text2))
		if err != nil {
			t.Fatalf("%v in what was read and written again:\n%s", err, text2)
		}
		if len(in.cells) > 0 && !reflect.DeepEqual(again.Cells, r.Cells) {
			t.Fatalf("got %+v, read and written again %+v", r.Cells, again.Cells)
		}
		if again.Complete != r.Complete || again.Planned != r.Planned || !slices.Equal(again.Variants, r.Variants) || len(again.Keys) != len(r.Keys) || len(again.Units) != len(r.Units) {
			t.Fatalf("got %+v, read and written again %+v", r, again)
		}
		if text3 := rewrite(t, again); text3 != text2 {
			t.Fatalf("written once:\n%s\nwritten twice:\n%s", text2, text3)
		}
	})
}

// FuzzInterrupted takes any text as what an interruption left: the answer is an
// error that names the file, or the beginning of the text, which the reader
// accepts, with the same cells. A whole record is not cut.
func FuzzInterrupted(f *testing.F) {
	lines := "BenchmarkFib/impl=a/size=small/workers=1/layout=0/proc=0 1 2.5 ns/task 1 xbase 3 tasks/op\n"
	head := magic + "\nvariants: a\ncells: 2\nUnit ns/task better=lower\nUnit xbase better=lower\nUnit tasks/op assume=exact\n"
	once := head + lines + endLine(Cell{Workload: "fib", Size: "small", Workers: 1}, 1, 0) + "\n"
	for _, text := range []string{"", magic, head, head[:len(head)-3], head + lines, head + lines[:20], once, once + lines, once + "# resum",
		once + "# resumed x\n" + lines, once + "# compl", once + "# complete cells=1\n", once + "# complete cells=1\nx", once + "x\n", once + lines + lines[:9]} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = sealed(text)
		in := &inFile{variant: "a", path: "rec/a.txt", index: map[Cell]int{}, names: map[string]string{}}
		err := in.read(strings.NewReader(text))
		var rest *Interrupted
		if err == nil || in.tail {
			rest, err = interrupted("rec", []string{"a.txt"}, map[string]*inFile{"a": in})
		}
		if err != nil {
			if !oneLineWithPlace.MatchString(err.Error()) {
				t.Fatalf("got error %q, want one line with the file", err)
			}
			return
		}
		kept := text[:rest.cuts[slices.Index(rest.Variants, "a")]] // others are not there
		if len(rest.Variants) == 1 {                               // else the reader misses the files that Resume will make
			r, _, err := parse(strings.NewReader(kept))
			if err != nil {
				t.Fatalf("%v in what is left of\n%s", err, text)
			}
			if !reflect.DeepEqual(r.Cells, rest.Cells) || r.Complete || r.Resumed != rest.Resumed {
				t.Fatalf("got %+v, left %+v", rest.Recording, r)
			}
		}
		for line := range strings.Lines(text[len(kept):]) {
			if strings.HasPrefix(line, "# cell ") && strings.HasSuffix(line, "\n") {
				t.Fatalf("cuts a whole record of\n%s", text)
			}
		}
	})
}

// FuzzNames writes and reads names that the checks accept: they stay one path
// element, one field of a benchmark name and one word of a cell line.
func FuzzNames(f *testing.F) {
	f.Add("chaselev", "yield_many", "small", 2, 1, 3, "host-cpu", "EPYC: 7B13", "polls/op")
	f.Add("9-_", "a__b-", "0", 1<<30, 0, 0, "a", "é", "%")
	for _, bad := range []string{"", "..", "a/b", "a b", "a\nb", "a\n", "A", "é"} {
		f.Add(bad, "fib", "small", 1, 0, 0, "a", "b", "c")
		f.Add("a", bad, "small", 1, 0, 0, "a", "b", "c")
		f.Add("a", "fib", bad, 1, 0, 0, "a", "b", "c")
		f.Add("a", "fib", "small", 1, 0, 0, bad, "b", "c")
		f.Add("a", "fib", "small", 1, 0, 0, "a", bad, "c")
		f.Add("a", "fib", "small", 1, 0, 0, "a", "b", bad)
	}
	f.Add("a", "fib", "small", 0, -1, 0, "variants", "a", "ns/task")
	f.Fuzz(func(t *testing.T, variant, workload, size string, workers, layout, proc int, key, value, unit string) {
		if CheckName(variant) == nil && (!filepath.IsLocal(variant+".txt") || filepath.Base(variant+".txt") != variant+".txt") {
			t.Fatalf("variant %q: accepted, but is no file name", variant)
		}
		k, u := Key{key, value}, Unit{unit, "better=lower"}
		head, err := header([]Key{k}, []string{variant}, 1, []Unit{u})
		wantErr := CheckName(variant) != nil || k.check() != nil || u.check() != nil || key == "variants" || key == "cells" ||
			slices.ContainsFunc(standardUnits, func(s Unit) bool { return s.Name == unit })
		if (err != nil) != wantErr {
			t.Fatalf("variant %q, key %q, unit %q: got error %v, want one: %v", variant, k, unit, err, wantErr)
		}
		c := Cell{workload, size, workers, layout, proc}
		if c.check() != nil || err != nil {
			return
		}
		block := Block{Slots: 1, Values: []Value{{NsPerTask, 1}, {XBase, 1}, {TasksPerOp, 1}, {unit, 0}}}
		lines, err := record(variant, c, []Block{block})
		if err != nil {
			t.Fatal(err)
		}
		in := &inFile{variant: variant, path: "x", index: map[Cell]int{}, names: map[string]string{}}
		if err := in.read(strings.NewReader(head + lines + completeLine(1) + "\n")); err != nil {
			t.Fatalf("%v in what was written:\n%s", err, head+lines)
		}
		r, err := assemble("x", []string{variant + ".txt"}, map[string]*inFile{variant: in})
		if err != nil {
			t.Fatal(err)
		}
		if r.Key(key) != value || r.Variants[0] != variant || !slices.Contains(r.Units, u) || r.Cells[0].Cell != c ||
			!reflect.DeepEqual(r.Cells[0].Blocks[variant], []Block{block}) {
			t.Fatalf("got %+v, want what was written:\n%s", r, head+lines)
		}
		if words.MatchString(workload) && WorkloadName(BenchName(workload)) != workload {
			t.Fatalf("%q: got %q back from %q", workload, WorkloadName(BenchName(workload)), BenchName(workload))
		}
	})
}

// words are the workload names that WorkloadName promises to give back.
var words = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*$`)
