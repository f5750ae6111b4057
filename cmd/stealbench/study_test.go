package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stealbench/internal/study"
)

// small makes a recording of a second or so of any plan: its numbers mean nothing.
var small = []string{"--", "--size", "small", "--processes", "2", "--layouts", "0", "--cell-time", "10ms", "--slot-time", "10us"}

func TestStudy(t *testing.T) {
	dir := t.TempDir()
	out, errOut, status := stealbench(t, dir, "study")
	if status != 0 || strings.Count(out, "\n") != 1+len(study.Experiments) {
		t.Errorf("study: exit %d, %s%s", status, out, errOut)
	}
	out, _, status = stealbench(t, dir, "study", "E3", "--print")
	if status != 0 || !strings.HasPrefix(out, "stealbench run --variants chaselev,twin,nometrics,") {
		t.Errorf("study E3 --print: exit %d, %s", status, out)
	}
	out, errOut, status = stealbench(t, dir, append([]string{"study", "e3"}, small...)...)
	if status != 0 || !strings.HasSuffix(strings.TrimSpace(out), "cpu-E3") && !strings.HasSuffix(strings.TrimSpace(out), "cpus-E3") {
		t.Errorf("study e3: exit %d, into %q, %s", status, out, errOut)
	}
	// Lists were given twice, by the experiment and by the user, and refused.
	out, errOut, status = stealbench(t, dir, "study", "E3", "--print", "--", "--workers", "1,8", "--cell-time=10ms")
	if status != 0 || strings.Count(out, "--workers") != 1 || !strings.HasSuffix(out, "--workers 1,8 --cell-time=10ms\n") {
		t.Errorf("study E3 with other workers: exit %d, %s%s", status, out, errOut)
	}
	_, errOut, status = stealbench(t, dir, "study", "E99")
	if want := "stealbench: no experiment \"E99\": choose from E1"; status != exitInput || !strings.HasPrefix(errOut, want) {
		t.Errorf("study E99: exit %d, %q, want %d and %q", status, errOut, exitInput, want)
	}
}

// TestReproduce reruns all, so small that hardly a claim can be told.
func TestReproduce(t *testing.T) {
	dir := t.TempDir()
	full := func(e study.Experiment) {
		if err := os.MkdirAll(filepath.Join(dir, "again", e.ID), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "again", e.ID, "chaselev.txt"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	taken, err := study.Find("E9")
	if err != nil {
		t.Fatal(err)
	}
	full(taken)
	out, errOut, status := stealbench(t, dir, append([]string{"reproduce", "-o", "again"}, small...)...)
	if status != 0 {
		t.Fatalf("exit %d, %s", status, errOut)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 2+len(study.Claims) {
		t.Fatalf("got %d lines, want one for each of %d claims:\n%s", len(lines), len(study.Claims), out)
	}
	for i, c := range study.Claims {
		if !strings.HasPrefix(lines[1+i], fmt.Sprint(c.Number, " ")) || !strings.HasSuffix(lines[1+i], c.Statement) {
			t.Errorf("claim %d: got %q", c.Number, lines[1+i])
		}
		if why := "not measured: "; strings.Contains(lines[1+i], why) != (c.Experiment == taken.ID) {
			t.Errorf("claim %d: got %q, want %q of %s alone, whose folder was not empty", c.Number, lines[1+i], why, taken.ID)
		}
	}
	if last := lines[len(lines)-1]; !strings.HasPrefix(last, "this machine agrees with ") {
		t.Errorf("got %q at last, want the counts", last)
	}
	if _, err := os.Stat(filepath.Join(dir, "again", "E1", "chaselev.txt")); err != nil {
		t.Error(err)
	}
	// Nothing can be measured.
	for _, e := range study.Experiments {
		full(e)
	}
	if out, errOut, status = stealbench(t, dir, append([]string{"reproduce", "-o", "again"}, small...)...); status == 0 || out != "" {
		t.Errorf("nothing could be measured: got exit %d, %s%s, want an error", status, out, errOut)
	}
}
