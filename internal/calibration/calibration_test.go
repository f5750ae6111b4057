package calibration

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stealbench/internal/analysis"
	"stealbench/internal/recording"
)

// write makes a recording of base and variant with n cells, of which each is
// slower by the next of percents.
func write(t *testing.T, dir, variant string, n int, percents []float64, keys ...recording.Key) {
	t.Helper()
	keys = append(keys, recording.Key{Name: "commit", Value: "abc"}, recording.Key{Name: "cell-time", Value: "1s"},
		recording.Key{Name: "cpu", Value: "Some CPU"}, recording.Key{Name: "cpus", Value: "2"},
		recording.Key{Name: "date", Value: "2026-01-31T00:00:00Z"}, recording.Key{Name: "rules", Value: "kept"})
	w, err := recording.Create(dir, keys, []string{analysis.Base, variant}, n)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	block := func(x float64, more ...recording.Value) []recording.Block {
		return []recording.Block{{Slots: 4, Values: append([]recording.Value{
			{Unit: recording.NsPerTask, V: 10 * x}, {Unit: recording.XBase, V: x}, {Unit: recording.TasksPerOp, V: 9}}, more...)}}
	}
	for proc := range n {
		x := 1 + percents[proc%len(percents)]/100
		err := w.WriteCell(recording.Cell{Workload: "fib", Size: "default", Workers: 2, Proc: proc}, map[string][]recording.Block{
			analysis.Base: block(1),
			variant: block(x, recording.Value{Unit: recording.RowsSlower, V: 9}, recording.Value{Unit: recording.RowsFaster, V: 1},
				recording.Value{Unit: recording.XBaseLo, V: x - 0.001}, recording.Value{Unit: recording.XBaseHi, V: x + 0.001},
				recording.Value{Unit: recording.InjectedPercent, V: 0.5}),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Finish(); err != nil {
		t.Fatal(err)
	}
}

// has says whether the text has all the lines.
func has(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains("\n"+text, "\n"+line+"\n") {
			t.Errorf("no line %q in\n%s", line, text)
		}
	}
}

func TestAA(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "results", "x")
	write(t, dir, analysis.Twin, 9, []float64{1, 1.02, 1.2, -1, 1, -1.3}, AAKey(3, 2))
	rec, err := recording.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	verdict, err := AA(&text, rec)
	if err != nil || verdict != analysis.TooFew {
		t.Errorf("got %v, %v, want too few comparisons", verdict, err)
	}
	has(t, text.String(),
		"Written by `stealbench aa results/x`, commit abc. Nothing differs but the place of the code, so a",
		"3 comparisons of 2 cells of 1s each, in quads; 1 more are recorded and not counted, 1 lack a cell or have a flagged one.",
		"| t over cells | 1 of 3 | 0 to 1 | pass |",
		"| sign test within a binary, a cell each | 6 of 6 | no limit |  |",
		"- Signs: the copy is slower in 2 of 3, a fair coin gives 0 to 3.",
		"| fib | 2 | 3 | 1 | 2 | 14.0 % | 1.15 % | 0.662 % |", // t(13) = 2.160
		"The last column is what 14 such cells give, as many as fit into 15s a comparison. Goal: at most", "1 %: 1 of 1 reach it.",
		"Verdict on false positives: inconclusive: 3 comparisons are too few, 200 are needed. On width, as extrapolated: every interval is as narrow as wanted.")
	bare := filepath.Join(t.TempDir(), "bare")
	write(t, bare, analysis.Twin, 2, []float64{1})
	if rec, err = recording.Read(bare); err != nil {
		t.Fatal(err)
	}
	if _, err := AA(&text, rec); err == nil || !strings.Contains(err.Error(), "not a recording of stealbench aa") {
		t.Errorf("another recording: got %v", err)
	}
}

// bench is the output of a process of go test -bench.
func bench(ns ...int) string {
	out := "goos: linux\npkg: stealbench/harness\n"
	for _, n := range ns {
		out += fmt.Sprintf("BenchmarkSequential-2 \t 100\t %d ns/op\n", n)
	}
	return out + "PASS\n"
}

func sequentialFile(t *testing.T, dir string, processes ...Process) string {
	t.Helper()
	path := filepath.Join(dir, SequentialFile)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range processes {
		if err := p.Write(f); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

func TestSequential(t *testing.T) {
	one := Process{Workload: "fib", Workers: 2, Effect: "plus1", Lane: "chaselev", Wall: 1.5, Output: bench(100, 102)}
	two := one
	two.Lane, two.Wall, two.Output = "plus1", 1, bench(110, 112)
	torn := one
	torn.Trial = 1 // its second process never ran
	path := sequentialFile(t, t.TempDir(), one, two, torn)
	got, err := ReadSequential(path, "chaselev")
	if err != nil {
		t.Fatal(err)
	}
	trials := got[[3]string{"fib", "2", "plus1"}]
	if len(got) != 1 || len(trials) != 1 || fmt.Sprintf("%.0f %.0f %v", trials[0].Base, trials[0].Other, trials[0].Wall) != "[100 102] [110 112] 2.5" {
		t.Errorf("got %v, want one trial of [100 102] and [110 112] in 2.5 s", got)
	}
	none := one
	none.Output = "PASS\n"
	if err := none.Write(os.Stderr); err == nil || !strings.Contains(err.Error(), "printed no result") {
		t.Errorf("no result: got %v", err)
	}
	if err := os.WriteFile(path, []byte("workers: 2\n"+bench(1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadSequential(path, "chaselev"); err == nil || !strings.Contains(err.Error(), SequentialFile+":4: a result without keys") {
		t.Errorf("no keys: got %v, want the line", err)
	}
}

func TestPower(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "results", "p")
	write(t, filepath.Join(dir, "plus0_5"), "plus0_5", 4, []float64{0.5, 0.51}, PowerKey(2))
	one := Process{Workload: "fib", Workers: 2, Effect: "plus0_5", Lane: "chaselev", Wall: 1, Output: bench(100, 101, 102, 103, 104, 105)}
	two := one
	two.Lane, two.Output = "plus0_5", bench(110, 111, 112, 113, 114, 115)
	sequentialFile(t, dir, one, two)
	var text strings.Builder
	if err := Power(&text, dir, analysis.Base, []Effect{{"plus0_5", 0.5}}); err != nil {
		t.Fatal(err)
	}
	has(t, text.String(),
		"## fib, 2 workers",
		"| 0.5 % | 0.500 % | 4 of 4 | 0.100 % | 2 of 2 | 0.063 % | 1 of 1 | 3.30 % | 2.0 |",
		"- Goal: power of 90 % for +0.5 % in one binary: reached, 100 %.",
		"- Goal: in one binary 10 times narrower than the sequential way at equal time: reached, 33.0 times.")
	if err := Power(&text, dir, analysis.Base, nil); err == nil || !strings.Contains(err.Error(), "not a folder of stealbench power") {
		t.Errorf("no effects: got %v", err)
	}
}

// TestCommitted: every table in results is the one that its recording gives.
func TestCommitted(t *testing.T) {
	dirs, err := filepath.Glob("../../results/calibration/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range dirs {
		want, err := os.ReadFile(filepath.Join(dir, Table))
		if err != nil {
			t.Error(err)
			continue
		}
		var got strings.Builder
		if strings.Contains(filepath.Base(dir), "-power-") {
			err = PowerFolder(&got, dir)
		} else if rec, readErr := recording.Read(dir); readErr != nil {
			err = readErr
		} else {
			_, err = AA(&got, rec)
		}
		if err != nil || got.String() != string(want) {
			t.Errorf("%s: %v, got\n%s\nwant\n%s\nif that is right: stealbench aa or power %s", dir, err, got.String(), want, dir)
		}
	}
}
