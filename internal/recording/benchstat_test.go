package recording_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"stealbench/internal/recording"
)

var update = flag.Bool("update", false, "rewrite the recording and what benchstat says of it in testdata")

// TestBenchstat: go tool benchstat reads a recording unchanged, one that was
// interrupted and resumed too, and shows one table.
func TestBenchstat(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("no processes on js")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command:", err)
	}
	dir := filepath.Join("testdata", "resumed")
	if *update {
		writeResumed(t, dir)
	}
	rec, err := recording.Read(dir)
	if err != nil || !rec.Complete || rec.Resumed != 1 || rec.Done != 12 {
		t.Fatalf("%+v, %v, want 12 cells, resumed once", rec, err)
	}
	cmd := exec.Command("go", "tool", "benchstat", "-filter", ".unit:ns/task", "-col", "/impl@(chaselev twin)", "-row", ".name,/workers",
		filepath.Join(dir, "chaselev.txt"), filepath.Join(dir, "twin.txt"))
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, errOut.String())
	}
	golden := filepath.Join("testdata", "benchstat.golden")
	if *update {
		if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out.Bytes(), want) {
		t.Errorf("got\n%s%s\nwant\n%s\nif that is right: go test ./internal/recording -run TestBenchstat -update", out.Bytes(), errOut.Bytes(), want)
	}
}

// writeResumed makes a recording that was interrupted after 5 of 12 cells.
func writeResumed(t *testing.T, dir string) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	variants := []string{"chaselev", "twin"}
	w, err := recording.Create(dir, []recording.Key{{Name: "commit", Value: "1a2b3c4"}}, variants, 12)
	for i := range 12 {
		if err != nil {
			t.Fatal(err)
		}
		if i == 5 {
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			in, err := recording.ReadInterrupted(dir)
			if err != nil {
				t.Fatal(err)
			}
			if w, err = in.Resume(time.Date(2026, 11, 26, 2, 0, 0, 0, time.UTC)); err != nil {
				t.Fatal(err)
			}
		}
		blocks := map[string][]recording.Block{}
		for k, v := range variants {
			blocks[v] = []recording.Block{{Slots: 100, Values: []recording.Value{
				{Unit: recording.NsPerTask, V: 20 + float64(i%5)/8 + 4*float64(k)},
				{Unit: recording.XBase, V: 1 + float64(k)/5}, {Unit: recording.TasksPerOp, V: 1000}}}}
		}
		err = w.WriteCell(recording.Cell{Workload: []string{"fib", "yield_many"}[i%2], Size: "small", Workers: 2, Proc: i / 2}, blocks)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Finish(); err != nil {
		t.Fatal(fmt.Errorf("finish: %w", err))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}
