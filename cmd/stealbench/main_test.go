package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"stealbench/impls"
	"stealbench/internal/recording"
	"stealbench/internal/sched"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// asCommand makes the test binary be the command: run starts itself for cells.
const asCommand = "STEALBENCH_AS_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// stealbench runs one command line in a process of its own.
func stealbench(t *testing.T, dir string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	cmd := command(t, dir, args...)
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), errOut.String(), cmd.ProcessState.ExitCode()
}

func command(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), asCommand+"=1")
	return cmd
}

// tiny is a run of a second or so: its numbers mean nothing.
var tiny = []string{"run", "--workloads", "fib,yield_many,empty", "--workers", "1,2", "--size", "small",
	"--processes", "2", "--layouts", "0", "--cell-time", "10ms", "--slot-time", "10us"}

// TestRunCompareAndPlot goes through a whole recording in a fresh folder.
func TestRunCompareAndPlot(t *testing.T) {
	dir := t.TempDir()
	out, errOut, status := stealbench(t, dir, tiny...)
	if status != 0 {
		t.Fatalf("run: exit %d, %s", status, errOut)
	}
	rec, err := recording.Read(filepath.Join(dir, strings.TrimSpace(out)))
	if err != nil {
		t.Fatal(err)
	}
	variants := len(impls.Variants)
	if !rec.Complete || rec.Done != 12 || len(rec.Variants) != variants {
		t.Errorf("got %d cells, complete %v, variants %v; want 12 complete cells of %d", rec.Done, rec.Complete, rec.Variants, variants)
	}
	if !strings.Contains(errOut, fmt.Sprintf("12 cells of 10ms on %d variants into results/", variants)) || !strings.Contains(errOut, "about ") {
		t.Errorf("run does not say beforehand what it does: %q", errOut)
	}
	out, errOut, status = stealbench(t, dir, "compare")
	if status != 0 || strings.Count(out, "\n") != 2+3*2*(variants+2) {
		t.Errorf("compare: exit %d, %s%s", status, out, errOut)
	}
	out, errOut, status = stealbench(t, dir, "plot", "-o", "figures")
	if status != 0 || strings.Count(out, "\n") != 10 {
		t.Errorf("plot: exit %d, %s%s", status, out, errOut)
	}
	// A second run of the same day goes to a folder of its own.
	if out, errOut, status = stealbench(t, dir, tiny...); status != 0 || !strings.HasSuffix(strings.TrimSpace(out), "cpu-2") {
		t.Errorf("second run: exit %d, into %q, %s", status, out, errOut)
	}
}

func TestCommandLine(t *testing.T) {
	for _, row := range []struct {
		args []string
		want string
	}{
		{[]string{"bin/x", "run", "--workers", "1,2"}, "stealbench run --workers 1,2"},
		{[]string{"x", "-o", "a b ", ""}, `stealbench -o "a b " ""`},
		{[]string{"x", "a\nb"}, `stealbench "a\nb"`},
		{nil, "stealbench"},
	} {
		if got := commandLine(row.args); got != row.want {
			t.Errorf("%q: got %q, want %q", row.args, got, row.want)
		}
	}
}

// TestKilledRunIsWholeOrAbsent kills runs at many moments: what is there can be
// read and has only whole cells.
func TestKilledRunIsWholeOrAbsent(t *testing.T) {
	kills := 12
	if testing.Short() {
		kills = 3
	}
	for i := range kills {
		dir := t.TempDir()
		cmd := command(t, dir, append(tiny, "-o", "rec")...)
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(100+70*i) * time.Millisecond)
		if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
			t.Fatal(err)
		}
		_ = cmd.Wait() // killed
		if _, err := os.Stat(filepath.Join(dir, "rec", "chaselev.txt")); err != nil {
			continue // before the recording began
		}
		rec, err := recording.Read(filepath.Join(dir, "rec"))
		if err != nil && !strings.Contains(err.Error(), "header") { // killed while the files were made
			t.Errorf("kill %d: %v", i, err)
		}
		if err == nil && rec.Complete != (rec.Done == 12) {
			t.Errorf("kill %d: %d cells, complete %v", i, rec.Done, rec.Complete)
		}
	}
}

// TestInterrupt: SIGINT ends a run with 130 and keeps what had ended.
func TestInterrupt(t *testing.T) {
	for sig, want := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143} {
		dir := t.TempDir()
		cmd := command(t, dir, append(tiny, "--processes", "500", "-o", "rec")...)
		var errOut bytes.Buffer
		cmd.Stderr = &errOut
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if err := cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // the status is looked at below
		if got := cmd.ProcessState.ExitCode(); got != want {
			t.Errorf("%v: exit %d, want %d: %s", sig, got, want, errOut.String())
		}
		rec, err := recording.Read(filepath.Join(dir, "rec"))
		if err != nil || rec.Complete {
			t.Errorf("%v: recording complete or unreadable: %v", sig, err)
		}
	}
}

// TestBadInput: one line, exit 2, nothing written.
func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("notrec/a.txt", "hello\n")
	write("empty/readme.md", "")
	write("file", "")
	good := goodRecording(t)
	write("full/chaselev.txt", "mine")
	half := good[:len(good)*2/3]
	write("half/chaselev.txt", half)
	write("nan/chaselev.txt", strings.Replace(good, " 100 ns/task", " NaN ns/task", 1))
	write("zero/chaselev.txt", strings.Replace(good, " 100 ns/task", " 0 ns/task", 1))
	write("nocell/chaselev.txt", good[:strings.Index(good, "Benchmark")])
	before := snapshot(t, dir)
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"unknown command", []string{"bench"}, `unknown command "bench"`},
		{"unknown flag", []string{"run", "--speed"}, "unknown flag: --speed"},
		{"unknown variant", []string{"run", "--variants", "chaselev,fast"}, `no variant "fast": choose from chaselev`},
		{"no base", []string{"run", "--variants", "twin"}, `lack the base "chaselev"`},
		{"variant twice", []string{"run", "--variants", "chaselev,chaselev"}, "given twice"},
		{"no variant", []string{"run", "--variants", ""}, "no variant"},
		{"unknown workload", []string{"run", "--workloads", "fibb"}, `no workload "fibb": choose from`},
		{"unknown size", []string{"run", "--size", "huge"}, `no size "huge": choose from small default large`},
		{"no workers", []string{"run", "--workers", "0"}, "workers is 0: give 1 to 1024"},
		{"too many workers", []string{"run", "--workers", "1025"}, "workers is 1025: give 1 to 1024"},
		{"workers not a number", []string{"run", "--workers", "two"}, "--workers"},
		{"negative workers", []string{"run", "--workers", "-1"}, "workers is -1"},
		{"workers twice", []string{"run", "--workers", "2,2"}, "workers 2 is given twice"},
		{"no processes", []string{"run", "--processes", "0"}, "processes is 0: give 1 to 1000"},
		{"layouts negative", []string{"run", "--layouts", "-1"}, "layouts is -1: give 0 to 100"},
		{"layouts outside the source tree", []string{"run", "--layouts", "1"}, "cannot build linker layouts"},
		{"cell time too long", []string{"run", "--cell-time", "1h"}, "cell time is 1h0m0s: give 10ms to 1m0s"},
		{"cell time negative", []string{"run", "--cell-time", "-1s"}, "cell time is -1s"},
		{"cell time no unit", []string{"run", "--cell-time", "5"}, "--cell-time"},
		{"slot time too short", []string{"run", "--slot-time", "1ns"}, "slot time is 1ns: give 10µs to 100ms"},
		{"aa of no comparison", []string{"aa", "--comparisons", "0"}, "comparisons is 0: give 1 to 10000"},
		{"aa of one cell", []string{"aa", "--cells", "1"}, "cells is 1: give 6 to 100"},
		{"aa of too many processes", []string{"aa", "--comparisons", "10000", "--workloads", "fib", "--workers", "1"}, "10000 comparisons of 8 cells are 80000 processes of a workload, at most 1000"},
		{"aa of another recording", []string{"aa", "nowhere"}, "nowhere: "},
		{"power of no trial", []string{"power", "--trials", "0"}, "trials is 0: give 1 to 1000"},
		{"power of one cell", []string{"power", "--cells", "1"}, "cells is 1: give 2 to 100"},
		{"power of another folder", []string{"power", "empty"}, "not a folder of stealbench power"},
		{"too few CPUs to pin to", []string{"run", "--pin", "--workers", "1,1024", "--workloads", "fib"}, "fib with 1024 workers: cannot pin to 1024 CPUs: this process may use "},
		{"seed not a number", []string{"run", "--seed", "x"}, "--seed"},
		{"width too wide", []string{"run", "--width", "51"}, "width is 51 %: give 0.01 to 50"},
		{"width no number", []string{"run", "--width", "NaN"}, "width is NaN %: give 0.01 to 50"},
		{"width of the base alone", []string{"run", "--width", "1", "--variants", "chaselev"}, "width needs a variant beside chaselev"},
		{"least of 1", []string{"run", "--width", "1", "--least", "1"}, "least is 1: give 2 to the number of processes, 16"},
		{"least beyond processes", []string{"run", "--width", "1", "--least", "17"}, "least is 17"},
		{"least without width", []string{"run", "--least", "9"}, "give --width too"},
		{"budget too short", []string{"run", "--budget", "1ms"}, "budget is 1ms: give 1s to 720h"},
		{"resume nothing", []string{"run", "--resume", ""}, "--resume names no folder"},
		{"resume a missing folder", []string{"run", "--resume", "nowhere"}, "nowhere: cannot open"},
		{"resume no recording", []string{"run", "--resume", "empty"}, "empty: no *.txt file"},
		{"resume another file", []string{"run", "--resume", "notrec"}, "notrec/a.txt:1: "},
		{"resume NaN", []string{"run", "--resume", "nan"}, "nan/chaselev.txt:"},
		{"resume without a plan", []string{"run", "--resume", "nocell"}, "nocell: key processes is \"\""},
		{"resume with a plan", []string{"run", "--resume", "half", "--seed", "1"}, "leave --seed away"},
		{"resume elsewhere", []string{"run", "--resume", "half", "-o", "x"}, "leave --out away"},
		{"stray argument", []string{"run", "fib"}, "unknown command"},
		{"folder is a file", []string{"run", "-o", "file"}, "file: "},
		{"folder in a file", []string{"run", "-o", "file/x"}, "file: cannot make the folder"},
		{"folder holds a recording", []string{"run", "-o", "full"}, "never overwritten"},
		{"unwritable folder", []string{"run", "-o", "/proc/x"}, "/proc/" + machineLock() + ": cannot lock"},
		{"compare nothing", []string{"compare"}, "results: no recordings here"},
		{"compare a missing folder", []string{"compare", "nowhere"}, "nowhere: "},
		{"compare no recording", []string{"compare", "empty"}, "empty: no *.txt"},
		{"compare another file", []string{"compare", "notrec"}, "notrec/a.txt:1: "},
		{"compare a half", []string{"compare", "half"}, "half/chaselev.txt:"},
		{"compare NaN", []string{"compare", "nan"}, "nan/chaselev.txt:"},
		{"check NaN before benchstat", []string{"compare", "--check", "nan"}, "nan/chaselev.txt:"},
		{"check a half before benchstat", []string{"compare", "--check", "half"}, "half/chaselev.txt:"},
		{"no cell yet", []string{"compare", "nocell"}, "nocell: no finished cell of 2"},
		{"plot no cell", []string{"plot", "nocell"}, "nocell: no finished cell of 2"},
		{"plot zero", []string{"plot", "zero"}, "zero/chaselev.txt:"},
		{"plot into a file", []string{"plot", "-o", "file", "notrec"}, "notrec/a.txt:1"},
		{"paper elsewhere", []string{"paper"}, "paper.md: not here"},
		{"counts of nothing", []string{"counts"}, "results: no counts here: run make counts"},
		{"counts of a recording", []string{"counts", "full"}, "full/counts.txt: not there"},
		{"counts to show and to make", []string{"counts", "full", "--record"}, "give one"},
		{"counts of an unknown variant", []string{"counts", "--record", "--variants", "fast"}, `no variant "fast"`},
		{"counts of no workload", []string{"counts", "--record", "--workloads", ""}, "no workload given"},
		{"counts of what polls by time", []string{"counts", "--record", "--workloads", "spawn_many_remote_busy"}, "has no exact counts"},
		{"two recordings", []string{"compare", "a", "b"}, "accepts at most 1 arg"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, errOut, status := stealbench(t, dir, c.args...)
			if status != 2 {
				t.Errorf("exit %d, want 2", status)
			}
			if out != "" || strings.Count(errOut, "\n") != 1 || !strings.HasPrefix(errOut, "stealbench: ") || !strings.Contains(errOut, c.want) {
				t.Errorf("got %q and %q, want one line with %q", out, errOut, c.want)
			}
		})
	}
	if after := snapshot(t, dir); after != before {
		t.Errorf("files changed:\n%s\nwant\n%s", after, before)
	}
}

// goodRecording is the text of a small recording's one file.
func goodRecording(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "rec")
	w, err := recording.Create(dir, []recording.Key{{Name: "commit", Value: "x"}}, []string{"chaselev"}, 2)
	if err != nil {
		t.Fatal(err)
	}
	for proc := range 2 {
		err := w.WriteCell(recording.Cell{Workload: "fib", Size: "small", Workers: 1, Proc: proc},
			map[string][]recording.Block{"chaselev": {{Slots: 3, Values: []recording.Value{
				{Unit: recording.NsPerTask, V: 100}, {Unit: recording.XBase, V: 1}, {Unit: recording.TasksPerOp, V: 1000}}}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Finish(), w.Close()); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "chaselev.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// snapshot is every file below dir with its content.
func snapshot(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		b.WriteString(path + ": " + string(text) + "\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestMakeCompareChecksFirst: the Makefile lets our reader look before benchstat,
// and gives benchstat a limit of memory.
func TestMakeCompareChecksFirst(t *testing.T) {
	cmd := exec.Command("make", "-n", "compare", "RECORDING=results/x")
	cmd.Dir = top
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	check := bytes.Index(out, []byte(`compare --check "results/x"`))
	limit := bytes.Index(out, []byte("ulimit -v"))
	stat := bytes.Index(out, []byte("go tool benchstat"))
	if check < 0 || limit < check || stat < limit {
		t.Errorf("got %s, want the check, then a limit, then benchstat", out)
	}
}

// TestCellEndsWithItsParent: a cell whose parent was killed does not go on.
func TestCellEndsWithItsParent(t *testing.T) {
	cell := command(t, t.TempDir(), "cell")
	in, err := cell.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cell.Start(); err != nil {
		t.Fatal(err)
	}
	spec := `{"Cell":{"Workload":"fib","Size":"small","Workers":1},"Variants":["chaselev"],"CellTime":60000000000,"SlotTime":100000}`
	if _, err := in.Write([]byte(spec)); err != nil {
		t.Fatal(err)
	}
	if err := in.Close(); err != nil { // as when the parent is gone
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cell.Wait() }()
	select {
	case <-ended:
		if got := cell.ProcessState.ExitCode(); got != exitFailed {
			t.Errorf("exit %d, want %d", got, exitFailed)
		}
	case <-time.After(20 * time.Second):
		_ = cell.Process.Kill()
		t.Error("the cell goes on without its parent")
	}
}

// TestGolden compares outputs that do not depend on the host.
func TestGolden(t *testing.T) {
	for name, args := range map[string][]string{
		"help": {}, "list": {"list"}, "run-help": {"run", "--help"},
	} {
		var out bytes.Buffer
		if err := run(context.Background(), args, strings.NewReader(""), &out, &out); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(out.Bytes(), want) {
			t.Errorf("%s: got\n%s\nwant\n%s\nif that is right: go test ./cmd/stealbench -update", path, out.Bytes(), want)
		}
	}
}

// TestDump shows live tasks, as text and as JSON, and refuses what it can't.
func TestDump(t *testing.T) {
	dir := t.TempDir()
	// A look may fall between two runs: then there is nothing to see.
	look := func(tasks func(out string) int, least int, args ...string) string {
		t.Helper()
		for try := 1; ; try++ {
			out, errOut, status := stealbench(t, dir, append([]string{"dump"}, args...)...)
			if status == exitFailed && strings.Contains(errOut, "no answer within") && try < 20 {
				continue // the host stalled
			}
			if status != 0 {
				t.Fatalf("%v: exit %d, %s%s", args, status, out, errOut)
			}
			if n := tasks(out); n >= least {
				return out
			} else if try == 20 {
				t.Fatalf("%v: got %d tasks in the last of %d looks, want %d: %s", args, n, try, least, out)
			}
		}
	}
	named := func(out string) int { return strings.Count(out, ".yieldTask") }
	out := look(named, 3, "yield_many", "--workers", "1", "--size", "large", "--tasks", "3")
	if named(out) != 3 || !strings.Contains(out, " tasks on 1 workers: ") {
		t.Errorf("got %s, want the oldest 3 tasks on 1 worker", out)
	}
	var d sched.Dump
	look(func(out string) int {
		if err := json.Unmarshal([]byte(out), &d); err != nil {
			t.Fatalf("%v in %s", err, out)
		}
		return len(d.Tasks)
	}, 1, "fib", "--json", "--size", "large", "--sites", "--variant", "mutexqueue")
	if len(d.Workers) != 2 || d.Tasks[0].Site == "" {
		t.Errorf("got %+v, want tasks of 2 workers, with the sites of their spawns", d)
	}
	for _, row := range []struct {
		args []string
		want string
	}{
		{nil, "name one workload: choose from empty fib"},
		{[]string{"fib", "skynet"}, "name one workload"},
		{[]string{"fob"}, `no workload "fob": choose from`},
		{[]string{"fib", "--variant", "none"}, `no variant "none": choose from`},
		{[]string{"fib", "--size", "vast"}, `no size "vast": choose from`},
		{[]string{"fib", "--workers", "0"}, "workers is 0: give 1 to 1024"},
		{[]string{"fib", "--after", "2m"}, "after is 2m0s: give 0s to 1m0s"},
		{[]string{"fib", "--tasks", "-1"}, "tasks is -1: give 0"},
	} {
		out, errOut, status := stealbench(t, dir, append([]string{"dump"}, row.args...)...)
		if status != exitInput || out != "" || !strings.Contains(errOut, row.want) || strings.Count(errOut, "\n") != 1 {
			t.Errorf("%v: exit %d, got %q%q, want one line with %q", row.args, status, out, errOut, row.want)
		}
	}
}
