package recording

import (
	"os"
	"path/filepath"
	"testing"
)

var testKeys = []Key{{"commit", "1a2b3c4"}, {"host-cpu", "EPYC: 7B13"}, {"governor", "n/a (ENOENT)"}}

var testUnits = []Unit{{"polls/op", "better=lower"}, {"steals/op", "better=lower"}, {"stealops/op", "better=lower"}, {"parks/op", "better=lower"}}

func testCell(i int) Cell {
	return Cell{Workload: "yield_many", Size: "default", Workers: 1 + i%2, Layout: i / 2, Proc: 0}
}

func testBlocks(variants []string, i int) map[string][]Block {
	blocks := map[string][]Block{}
	for k, v := range variants {
		for b := range 2 {
			ns := 20.125 + float64(i) + float64(k)/8 + float64(b)/16
			blocks[v] = append(blocks[v], Block{Slots: 120, Values: []Value{
				{NsPerTask, ns}, {XBase, 1 + float64(k)/1024}, {TasksPerOp, 3193}, {"steals/op", 0}, {"localscheds/op", 1e-7},
			}})
		}
	}
	return blocks
}

// write makes a finished recording of n cells and returns its folder.
func write(t *testing.T, variants []string, n int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "rec")
	w, err := Create(dir, testKeys, variants, n, testUnits...)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := w.WriteCell(testCell(i), testBlocks(variants, i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Finish(); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func readText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func writeText(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
