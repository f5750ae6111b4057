package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"stealbench/internal/recording"
)

// quick is a run of cells as short as they can be.
var quick = []string{"run", "--variants", "chaselev,twin,nometrics", "--workers", "1", "--size", "small", "--layouts", "0", "--cell-time", "10ms", "--slot-time", "10us"}

// resumedCells is how many cells the runs have that are interrupted here.
const resumedCells = 20

// interruptedRun is a recording in dir/rec that a signal ended some time after it
// had some cells.
func interruptedRun(t *testing.T, dir string, sig syscall.Signal, cells int, after time.Duration) *recording.Recording {
	t.Helper()
	cmd := command(t, dir, append(quick, "--workloads", "fib,empty", "--processes", "10", "-o", "rec")...)
	var errOut bytes.Buffer
	cmd.Stderr = &errOut
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		if text, _ := os.ReadFile(filepath.Join(dir, "rec", "chaselev.txt")); len(text) > 0 && strings.Count(string(text), "# cell ") >= cells {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	time.Sleep(after)
	if err := cmd.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // the status is looked at below
	want := map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143, syscall.SIGKILL: -1}[sig]
	if got := cmd.ProcessState.ExitCode(); got != want && got != 0 {
		t.Fatalf("%v: exit %d, want %d: %s", sig, got, want, errOut.String())
	}
	rec, err := recording.ReadInterrupted(filepath.Join(dir, "rec"))
	if err != nil {
		t.Fatal(err)
	}
	if sig != syscall.SIGKILL && rec.Cut() != "" {
		t.Errorf("%v left parts of a cell: %s", sig, rec.Cut())
	}
	return rec.Recording
}

// TestResume: interrupted at some moment, by any signal, a run goes on to the
// plan's cells, and no farther.
func TestResume(t *testing.T) {
	for i, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGKILL} {
		dir := t.TempDir()
		before := interruptedRun(t, dir, sig, 5*i, time.Duration(7*i)*time.Millisecond)
		out, errOut, status := stealbench(t, dir, "run", "--resume", "rec/")
		if status != 0 || out != "rec\n" {
			t.Fatalf("exit %d, %s%s", status, out, errOut)
		}
		rec, err := recording.Read(filepath.Join(dir, "rec"))
		if err != nil {
			t.Fatal(err)
		}
		if !rec.Complete || rec.Done != resumedCells || rec.Planned != resumedCells || !before.Complete && rec.Resumed != 1 {
			t.Errorf("complete %v, %d of %d cells, resumed %d, want %d cells, once", rec.Complete, rec.Done, rec.Planned, rec.Resumed, resumedCells)
		}
		for k, c := range before.Cells {
			if got := fmt.Sprint(rec.Cells[k]); got != fmt.Sprint(c) {
				t.Errorf("cell %d is now %s, was %v", k, got, c)
			}
		}
		files := snapshot(t, dir)
		out, errOut, status = stealbench(t, dir, "run", "--resume", "rec")
		if status != 0 || out != "rec\n" || errOut != fmt.Sprintf("rec is complete, %d cells: nothing to do\n", resumedCells) || snapshot(t, dir) != files {
			t.Errorf("again: exit %d, %s%s", status, out, errOut)
		}
		if out, errOut, status := stealbench(t, dir, "compare", "rec"); status != 0 || errOut != "" {
			t.Errorf("compare: exit %d, %s%s", status, out, errOut)
		}
	}
}

// TestResumeRefuses: another binary, commit or host does not go on, and changes
// nothing; nor does a recording whose files no interruption leaves.
func TestResumeRefuses(t *testing.T) {
	dir := t.TempDir()
	interruptedRun(t, dir, syscall.SIGINT, 3, 0)
	good := map[string]string{}
	paths, err := filepath.Glob(filepath.Join(dir, "rec", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		good[filepath.Base(path)] = string(text)
	}
	key := func(name, value string) func(string, string) string {
		return func(_, text string) string {
			i := strings.Index(text, "\n"+name+": ") + len(name) + 3
			return text[:i] + value + text[i+strings.Index(text[i:], "\n"):]
		}
	}
	one := func(file string, edit func(string) string) func(string, string) string {
		return func(name, text string) string {
			if name == file {
				return edit(text)
			}
			return text
		}
	}
	lastRecord := func(text string) string { // without it
		end := strings.LastIndex(strings.TrimSuffix(text, "\n"), "# cell ")
		start := strings.LastIndex(text[:end], "# cell ")
		return text[:start+strings.Index(text[start:], "\n")+1]
	}
	for _, c := range []struct {
		name string
		edit func(file, text string) string
		want string
	}{
		{"commit", key("commit", "1a2b3c4"), "rec: was recorded with commit 1a2b3c4, this is n/a"},
		{"binary", key("binary", "abc"), "rec: was recorded with binary abc, this is "},
		{"tags", key("tags", "nodump"), "rec: was recorded with tags nodump, this is none"},
		{"host", key("cpu", "Other CPU"), "rec: was recorded with cpu Other CPU, this is "},
		{"kernel", key("kernel", "1.2"), "rec: was recorded with kernel 1.2, this is "},
		{"plan", key("processes", "11"), "key cells is 20, the other keys give 22"},
		{"workload", key("workloads", "fob"), `no workload "fob"`},
		{"seed", key("seed", "x"), `key seed is "x"`},
		{"cells of another plan", key("size", "large"), "is none of the plan's"},
		{"two cells lost", one("twin.txt", func(s string) string { return lastRecord(lastRecord(s)) }), "no interruption leaves that"},
		{"the first file is behind", one("chaselev.txt", lastRecord), "no interruption leaves that"},
		{"damaged", one("twin.txt", func(s string) string { return strings.Replace(s, " tasks/op", "1 tasks/op", 5) }), "rec/twin.txt:"},
		{"damage before the end", one("twin.txt", func(s string) string { return strings.Replace(s, "# cell ", "# sell ", 1) }), "rec/twin.txt:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, text := range good {
				if err := os.WriteFile(filepath.Join(dir, "rec", name), []byte(c.edit(name, text)), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			before := snapshot(t, dir)
			out, errOut, status := stealbench(t, dir, "run", "--resume", "rec")
			if status == 0 || out != "" || strings.Count(errOut, "\n") != 1 || !strings.Contains(errOut, c.want) {
				t.Errorf("exit %d, %q%q, want one line with %q", status, out, errOut, c.want)
			}
			if snapshot(t, dir) != before {
				t.Error("the files changed")
			}
		})
	}
}

// TestWidthAndBudget: a run that stops on width is complete with fewer cells; one
// that its budget ends is incomplete, and goes on.
func TestWidthAndBudget(t *testing.T) {
	dir := t.TempDir()
	args := append(quick, "--workloads", "fib", "-o")
	out, errOut, status := stealbench(t, dir, append(args, "wide", "--processes", "60", "--width", "50", "--least", "2")...)
	rec, err := recording.Read(filepath.Join(dir, "wide"))
	if status != 0 || err != nil {
		t.Fatalf("exit %d, %s%s, %v", status, out, errOut, err)
	}
	if !rec.Complete || rec.Done < 2 || rec.Done >= 60 || rec.Planned != 60 || rec.Key("stop") != "half width 50 %, at least 2 cells" {
		t.Errorf("complete %v, %d of %d cells, stop %q; want a few", rec.Complete, rec.Done, rec.Planned, rec.Key("stop"))
	}
	if _, errOut, status := stealbench(t, dir, "compare", "wide"); status != 0 || errOut != "" {
		t.Errorf("compare: exit %d, %s", status, errOut)
	}

	began := time.Now()
	out, errOut, status = stealbench(t, dir, append(args, "short", "--processes", "1000", "--budget", "2s")...)
	took := time.Since(began)
	rec, err = recording.Read(filepath.Join(dir, "short"))
	if status != 0 || err != nil || !strings.Contains(errOut, "the budget of 2s ended: short is incomplete") {
		t.Fatalf("exit %d, %s%s, %v", status, out, errOut, err)
	}
	if rec.Complete || rec.Done == 0 || rec.Done >= 1000 || rec.Key("budget") != "2s" {
		t.Errorf("complete %v, %d of %d cells, budget %q", rec.Complete, rec.Done, rec.Planned, rec.Key("budget"))
	}
	t.Logf("%d cells in %v", rec.Done, took) // what a host that stalls adds is not asserted
	if _, errOut, _ := stealbench(t, dir, "compare", "short"); !strings.Contains(errOut, "warning: short is incomplete") {
		t.Errorf("compare does not warn: %q", errOut)
	}
	if _, errOut, status := stealbench(t, dir, "run", "--resume", "short", "--budget", "1s"); status != 0 {
		t.Errorf("resume: exit %d, %s", status, errOut)
	}
	again, err := recording.Read(filepath.Join(dir, "short"))
	if err != nil || again.Done < rec.Done || again.Resumed != 1 {
		t.Errorf("%d cells after %d, resumed %d, %v", again.Done, rec.Done, again.Resumed, err)
	}
}
