package recording

import (
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// TestResumeAtEveryByte stops a recording after every byte that it writes, goes
// on with what is there, and gets the same cells in the same order. What all
// files had is not touched.
func TestResumeAtEveryByte(t *testing.T) {
	if _, err := os.Stat("/dev/shm"); err == nil { // thousands of fsyncs
		t.Setenv("TMPDIR", "/dev/shm")
	}
	variants := []string{"chaselev", "twin", "nometrics"}
	const cells = 3
	dir := write(t, variants, cells)
	whole := map[string]string{}
	for _, v := range variants {
		whole[v] = readText(t, filepath.Join(dir, v+".txt"))
	}
	// The appends of the writer, in its order, after the headers.
	type piece struct {
		variant string
		from    int
		text    string
	}
	var appends []piece
	at := map[string]int{}
	for range cells + 1 { // and the complete line
		for _, v := range variants {
			rest := whole[v][at[v]:]
			if at[v] == 0 {
				at[v] = strings.Index(rest, "Benchmark")
				rest = whole[v][at[v]:]
			}
			n := strings.Index(rest, "# c")
			n += strings.Index(rest[n:], "\n") + 1
			appends = append(appends, piece{v, at[v], rest[:n]})
			at[v] += n
		}
	}
	tops := 0
	for i, a := range appends {
		step := 23
		if f := flag.Lookup("full"); f != nil && f.Value.String() == "true" {
			step = 1
		}
		for n := 0; n < len(a.text); n += step {
			now := map[string]string{}
			for _, v := range variants {
				now[v] = whole[v][:strings.Index(whole[v], "Benchmark")]
			}
			for _, b := range appends[:i] {
				now[b.variant] += b.text
			}
			now[a.variant] += a.text[:n]
			for v, text := range now {
				writeText(t, filepath.Join(dir, v+".txt"), text)
			}
			finished := i / len(variants) // cells that all files have
			tops++
			in, err := ReadInterrupted(dir)
			if err != nil {
				t.Fatalf("append %d, byte %d: %v", i, n, err)
			}
			if in.Done != min(finished, cells) || in.Complete {
				t.Fatalf("append %d, byte %d: %d cells, complete %v, want %d", i, n, in.Done, in.Complete, finished)
			}
			w, err := in.Resume(time.Unix(0, 0))
			if err != nil {
				t.Fatal(err)
			}
			for k := in.Done; k < cells; k++ {
				if err := w.WriteCell(testCell(k), testBlocks(variants, k)); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Finish(); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			r, err := Read(dir)
			if err != nil || !r.Complete || r.Done != cells || r.Dropped != 0 || r.Resumed != 1 {
				t.Fatalf("append %d, byte %d: %v, %+v", i, n, err, r)
			}
			for k, c := range r.Cells {
				if c.Cell != testCell(k) || !reflect.DeepEqual(c.Blocks, testBlocks(variants, k)) {
					t.Fatalf("append %d, byte %d: cell %d is %v", i, n, k, c)
				}
			}
			for _, v := range variants {
				text := readText(t, filepath.Join(dir, v+".txt"))
				if got := withoutResumed(text); got != whole[v] {
					t.Fatalf("append %d, byte %d: %s.txt differs beyond the resumed line", i, n, v)
				}
			}
		}
	}
	t.Logf("%d moments", tops)
}

// withoutResumed is text without its resumed lines.
func withoutResumed(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, resumedPrefix) {
			b.WriteString(line)
		}
	}
	return b.String()
}

// TestResumedLine: what was cut is noted where the run went on.
func TestResumedLine(t *testing.T) {
	dir := write(t, []string{"chaselev", "twin"}, 2)
	path := filepath.Join(dir, "twin.txt")
	text := readText(t, path)
	end := strings.LastIndex(text, "# cell ")
	writeText(t, path, text[:end+3])
	first := filepath.Join(dir, "chaselev.txt")
	base := readText(t, first)
	base = base[:strings.Index(base, "# complete")]
	writeText(t, first, base)
	in, err := ReadInterrupted(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := in.Cut(); !strings.Contains(got, " bytes of chaselev.txt, ") || !strings.HasSuffix(got, " bytes of twin.txt") {
		t.Errorf("got %q, want the bytes of two files", got)
	}
	if got := readText(t, path); got != text[:end+3] {
		t.Error("reading changed a file")
	}
	w, err := in.Resume(time.Date(2026, 11, 26, 2, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{first, path} {
		text := readText(t, path)
		i := strings.Index(text, "\n# resumed at=2026-11-26T02:00:00Z cut-bytes=")
		if i < 0 || strings.HasSuffix(text, "=0\n") || strings.Count(text[i+1:], "\n") != 1 {
			t.Errorf("%s does not end with a note of what was cut", path)
		}
	}
	if r, err := Read(dir); err != nil || r.Done != 1 || r.Dropped != 0 || r.Complete {
		t.Errorf("got %+v, %v, want one cell", r, err)
	}
}

// TestInterruptedRefuses: what no interruption leaves is damage, and not cut.
func TestInterruptedRefuses(t *testing.T) {
	cut := func(text string, cells int) string { // the first cells of it
		i := 0
		for range cells {
			n := strings.Index(text[i:], "# cell ")
			i += n + strings.Index(text[i+n:], "\n") + 1
		}
		return text[:i]
	}
	for _, tt := range []struct {
		name, want string
		edit       func(chaselev, twin string) (string, string)
	}{
		{"two cells behind", "no interruption leaves that", func(a, b string) (string, string) { return cut(a, 3), cut(b, 1) }},
		{"first file behind", "no interruption leaves that", func(a, b string) (string, string) { return cut(a, 2), cut(b, 3) }},
		{"complete and behind", "no interruption leaves that", func(a, b string) (string, string) { return a, cut(b, 2) }},
		{"torn after the complete line", "torn", func(a, b string) (string, string) { return a, b + "x" }},
		{"torn with a cell more", "no interruption leaves that", func(a, b string) (string, string) { return cut(a, 3) + "Bench", cut(b, 2) }},
		{"header torn", "header", func(a, b string) (string, string) { return cut(a, 1), b[:40] }},
		{"header cut", "header is cut", func(a, b string) (string, string) { return cut(a, 1), b[:strings.Index(b, "Unit xbase")] }},
		{"no header", "empty file", func(a, b string) (string, string) { return cut(a, 1), "" }},
		{"file gone", "is not there", func(a, b string) (string, string) { return cut(a, 1), "gone" }},
		{"other order", "that of", func(a, b string) (string, string) {
			one, two := cut(b, 1), cut(b, 2)
			head := b[:strings.Index(b, "Benchmark")]
			return cut(a, 2), head + two[len(one):] + one[len(head):]
		}},
		{"damage in the middle", "crc32", func(a, b string) (string, string) { return cut(a, 3), strings.Replace(cut(b, 3), "20.25", "20.26", 1) }},
		{"damage at the end", "crc32", func(a, b string) (string, string) {
			return cut(a, 3), cut(b, 2) + strings.Replace(cut(b, 3)[len(cut(b, 2)):], "22.25", "22.26", 1)
		}},
		{"line lost in the middle", "no cell line", func(a, b string) (string, string) {
			i := strings.Index(b, "# cell ")
			return cut(a, 3), b[:i] + b[i+strings.Index(b[i:], "\n")+1:]
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := write(t, []string{"chaselev", "twin"}, 3)
			first, second := filepath.Join(dir, "chaselev.txt"), filepath.Join(dir, "twin.txt")
			a, b := tt.edit(readText(t, first), readText(t, second))
			writeText(t, first, a)
			writeText(t, second, b)
			if b == "gone" {
				if err := os.Remove(second); err != nil {
					t.Fatal(err)
				}
			}
			_, err := ReadInterrupted(dir)
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), ".txt") {
				t.Errorf("got %v, want one line with a file and %q", err, tt.want)
			}
		})
	}
}
