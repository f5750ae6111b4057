package recording

import (
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

var placeRE = regexp.MustCompile(`\.txt:\d+: `)

// A kill at any byte leaves either an error or fewer cells, never other data.
func TestTornAtEveryByte(t *testing.T) {
	for _, variants := range [][]string{{"chaselev"}, {"chaselev", "twin"}} {
		dir := write(t, variants, 3)
		path := filepath.Join(dir, variants[len(variants)-1]+".txt")
		whole := readText(t, path)
		for cut := range len(whole) {
			writeText(t, path, whole[:cut])
			r, err := Read(dir)
			if err != nil {
				if !placeRE.MatchString(err.Error()) || strings.Contains(err.Error(), "\n") {
					t.Fatalf("cut at %d: error names no file:line, or is long: %v", cut, err)
				}
				continue
			}
			if r.Complete {
				t.Errorf("cut at %d: complete", cut)
			}
			if len(variants) == 2 && r.Done+r.Dropped != 3 {
				t.Errorf("cut at %d: done %d dropped %d, want 3 together", cut, r.Done, r.Dropped)
			}
			for i, c := range r.Cells {
				if c.Cell != testCell(i) || !reflect.DeepEqual(c.Blocks, testBlocks(variants, i)) {
					t.Fatalf("cut at %d: wrong data in %v", cut, c)
				}
			}
		}
	}
}

// A flipped byte in a record is found by the checksum or the parser.
func TestFlippedByte(t *testing.T) {
	variants := []string{"chaselev"}
	dir := write(t, variants, 1)
	path := filepath.Join(dir, "chaselev.txt")
	whole := readText(t, path)
	start := strings.Index(whole, "Benchmark")
	for i := start; i < len(whole); i++ {
		b := []byte(whole)
		b[i] ^= 1
		writeText(t, path, string(b))
		if r, err := Read(dir); err == nil && !reflect.DeepEqual(r.Cells[0].Blocks, testBlocks(variants, 0)) {
			t.Errorf("byte %d, line %q: accepted", i, strings.Split(string(b), "\n")[strings.Count(whole[:i], "\n")])
		}
	}
}

func TestReadIncomplete(t *testing.T) {
	variants := []string{"chaselev", "twin"}
	dir := filepath.Join(t.TempDir(), "rec")
	w, err := Create(dir, testKeys, variants, 8)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if err := w.WriteCell(testCell(i), testBlocks(variants, i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if r.Complete || r.Done != 3 || r.Planned != 8 {
		t.Errorf("got complete %v, %d of %d, want false, 3 of 8", r.Complete, r.Done, r.Planned)
	}
}

// seal gives the one record of text a right checksum again, so that a test
// reaches the check behind it.
func seal(text string) string {
	start, end := strings.Index(text, "Benchmark"), strings.Index(text, "# cell")
	sum := fmt.Sprintf("crc32=%08x", crc32.ChecksumIEEE([]byte(text[start:end])))
	return regexp.MustCompile(`crc32=[0-9a-f]+`).ReplaceAllString(text, sum)
}

func TestReadRefuses(t *testing.T) {
	replace := func(old, new string) func(string) string {
		return func(s string) string { return seal(strings.Replace(s, old, new, 1)) }
	}
	for _, tt := range []struct {
		name, want string
		edit       func(string) string
	}{
		{"nan", "plain number", replace("20.125 ns", "NaN ns")},
		{"inf", "plain number", replace("20.125 ns", "+Inf ns")},
		{"infinity", "plain number", replace("20.125 ns", "infinity ns")},
		{"overflow", "out of range", replace("20.125 ns", "1e999 ns")},
		{"negative", "plain number", replace("20.125 ns", "-20.125 ns")},
		{"zero", "ns/task is zero", replace("20.125 ns", "0 ns")},
		{"underflow", "ns/task is zero", replace("20.125 ns", "1e-999 ns")},
		{"zero xbase", "xbase is zero", replace("1 xbase", "0 xbase")},
		{"hex", "plain number", replace("20.125 ns", "0x1p3 ns")},
		{"underscore", "plain number", replace("20.125 ns", "2_0 ns")},
		{"slots", "slots", replace(" 120 ", " 0x78 ")},
		{"no slots", "0 slots", replace(" 120 ", " 0 ")},
		{"unit twice", "two values", replace("0 steals/op", "0 xbase")},
		{"unit missing", "no value of xbase", replace("1 xbase ", "")},
		{"odd fields", "fields", replace(" xbase ", " ")},
		{"tab", "fields", replace("20.125 ns", "20.125\tns")},
		{"checksum", "crc32", func(s string) string { return strings.Replace(s, "20.125", "20.126", 1) }},
		{"line gone", "says 2 lines, found 1", func(s string) string {
			i := strings.Index(s, "Benchmark")
			j := i + strings.Index(s[i:], "\n") + 1
			return seal(s[:i] + s[j:])
		}},
		{"end line gone", "no cell line", func(s string) string {
			i := strings.Index(s, "# cell")
			return s[:i] + s[i+strings.Index(s[i:], "\n")+1:]
		}},
		{"cell line", "cell line", replace("size=default workers=1 layout=0 proc", "workers=1 layout=0 proc")},
		{"other cell", "cell line says", replace("workers=1 layout=0 proc=0 lines", "workers=2 layout=0 proc=0 lines")},
		{"other variant", "cell line says", func(s string) string { return seal(strings.ReplaceAll(s, "impl=chaselev", "impl=twin")) }},
		{"cell twice", "there twice", func(s string) string {
			i, j := strings.Index(s, "Benchmark"), strings.Index(s, "# complete")
			return s[:j] + s[i:j] + s[j:]
		}},
		{"complete count", "holds 1 cells", replace("complete cells=1", "complete cells=2")},
		{"after complete", "after the complete", func(s string) string { return s + "# more\n" }},
		{"between", "unknown line", replace("# complete", "note: x\n# complete")},
		{"not ours", "not a stealbench recording", func(s string) string { return s[strings.Index(s, "\n")+1:] }},
		{"format 2", "not a stealbench recording", func(s string) string { return strings.Replace(s, "format 1", "format 2", 1) }},
		{"empty", "empty file", func(string) string { return "" }},
		{"crlf", "not a stealbench recording", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }},
		{"long line", "longer than", func(s string) string { return s + strings.Repeat("x", 1<<20) }},
		{"torn", "delete from line 17 on", func(s string) string { return s[:strings.Index(s, "# cell")+20] }},
		{"key twice", "twice", replace("commit: ", "commit: x\ncommit: ")},
		{"key empty", "key \"commit:\"", replace("commit: 1a2b3c4", "commit:")},
		{"no variants", "no key variants", replace("variants: chaselev\n", "")},
		{"variant twice", "variant chaselev is there twice", replace("variants: chaselev\n", "variants: chaselev chaselev\n")},
		{"no variant's name", "key variants: name \"../x\"", replace("variants: chaselev\n", "variants: chaselev ../x\n")},
		{"no cells", "no number in key cells", replace("cells: 1\n", "cells: many\n")},
		{"no units", "header is cut", replace("Unit tasks/op assume=exact\n", "")},
		{"unit line twice", "unit xbase is there twice", replace("Unit xbase better=lower\n", "Unit xbase better=lower\nUnit xbase better=lower\n")},
		{"resumed inside a record", "unknown line", func(s string) string { return strings.Replace(s, "# cell", "# resumed x\n# cell", 1) }},
		{"resumed in the header", "header is cut", func(s string) string { return strings.Replace(s, "Unit", "# resumed x\nUnit", 1) }},
		{"header after resumed", "unknown line", func(s string) string { return strings.Replace(s, "Benchmark", "# resumed x\nkey: x\nBenchmark", 1) }},
		{"unit meta", "better=lower", replace("Unit xbase better=lower", "Unit xbase better")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := write(t, []string{"chaselev"}, 1)
			path := filepath.Join(dir, "chaselev.txt")
			// two cells for the torn case, so that there is something to keep
			if tt.name == "torn" {
				dir = write(t, []string{"chaselev"}, 2)
				path = filepath.Join(dir, "chaselev.txt")
				text := readText(t, path)
				first := strings.Index(text, "# cell")
				keep := first + strings.Index(text[first:], "\n") + 1
				writeText(t, path, text[:keep]+tt.edit(text[keep:]))
			} else {
				writeText(t, path, tt.edit(readText(t, path)))
			}
			_, err := Read(dir)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !placeRE.MatchString(err.Error()) {
				t.Errorf("got %v, want file:line and %q", err, tt.want)
			}
		})
	}
}

func TestReadFolderRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		edit       func(t *testing.T, dir string)
	}{
		{"missing", syscall.ENOENT.Error(), func(t *testing.T, dir string) { os.RemoveAll(dir) }},
		{"empty", "not a recording", func(t *testing.T, dir string) {
			os.Remove(filepath.Join(dir, "chaselev.txt"))
			os.Remove(filepath.Join(dir, "twin.txt"))
		}},
		{"variant missing", "names twin", func(t *testing.T, dir string) { os.Remove(filepath.Join(dir, "twin.txt")) }},
		{"variant extra", "does not name other", func(t *testing.T, dir string) {
			text := readText(t, filepath.Join(dir, "twin.txt"))
			writeText(t, filepath.Join(dir, "other.txt"), seal(strings.ReplaceAll(text, "impl=twin", "impl=other")))
		}},
		{"keys differ", "twin.txt:2: header differs", func(t *testing.T, dir string) {
			path := filepath.Join(dir, "twin.txt")
			writeText(t, path, strings.Replace(readText(t, path), "1a2b3c4", "1a2b3c5", 1))
		}},
		{"link out", "cannot open", func(t *testing.T, dir string) {
			out := filepath.Join(t.TempDir(), "twin.txt")
			writeText(t, out, readText(t, filepath.Join(dir, "twin.txt")))
			os.Remove(filepath.Join(dir, "twin.txt"))
			if err := os.Symlink(out, filepath.Join(dir, "twin.txt")); err != nil {
				t.Skip(err)
			}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := write(t, []string{"chaselev", "twin"}, 1)
			tt.edit(t, dir)
			_, err := Read(dir)
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want one line with %q", err, tt.want)
			}
		})
	}
}

func TestWorkloadsOrder(t *testing.T) {
	r := &Recording{Keys: []Key{{"workloads", "fib skynet empty"}}}
	for _, w := range []string{"other", "empty", "fib", "empty"} {
		r.Cells = append(r.Cells, CellData{Cell: Cell{Workload: w}})
	}
	if got, want := strings.Join(r.Workloads(), " "), "fib empty other"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
