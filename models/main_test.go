package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// tools puts doubles of spin and gcc on the PATH: spin says word, gcc makes a pan
// that prints a file of testdata.
func tools(t *testing.T, word, prints string) {
	t.Helper()
	dir := t.TempDir()
	file, err := filepath.Abs(filepath.Join("testdata", prints+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	for name, script := range map[string]string{
		"spin": "printf '" + word + "'",
		"gcc":  `printf '#!/bin/sh\n: >deque.pml.trail\n/bin/cat "` + file + `"\n' >pan; /bin/chmod +x pan`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	t.Setenv("TMPDIR", t.TempDir())
}

// TestCheckAll: only what was expected gives status 0.
func TestCheckAll(t *testing.T) {
	clean := job{name: "a", file: "deque.pml", least: 27030}
	broken := job{name: "a/B", file: "deque.pml", finds: "==size)"}
	more := clean
	more.least++
	for _, c := range []struct {
		name   string
		job    job
		word   string // of spin
		prints string // pan
		want   string // in the output
		status int
	}{
		{"clean", clean, "", "clean", "1 clean configurations with 27030 states, 0 seeded faults found, 0 surprises", 0},
		{"found", broken, "", "assertion", "0 clean configurations with 0 states, 1 seeded faults found, 0 surprises", 0},
		{"violated", clean, "", "assertion", "replay: cd ", 1},
		{"not found", broken, "", "clean", "the fault was not found", 1},
		{"other error found", broken, "", "stranded", "got invalid end state, want one with", 1},
		{"fault not found in time", broken, "", "memory", "the fault was not found", 1},
		{"too few states", more, "", "clean", "got 27030 states, want at least 27031", 1},
		{"truncated", clean, "", "truncated", "incomplete: max search depth too small", 1},
		{"out of memory", clean, "", "memory", "incomplete: reached -DMEMLIM bound", 1},
		{"killed", clean, "", "killed", "pan printed no result", 1},
		{"spin complains", clean, "label placed incorrectly", "clean", "spin: ", 1},
		{"no such output", clean, "", "none", "pan printed no result", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			tools(t, c.word, c.prints)
			var out bytes.Buffer
			if got := checkAll(context.Background(), []job{c.job}, &out); got != c.status {
				t.Errorf("got status %d, want %d", got, c.status)
			}
			if !strings.Contains(out.String(), c.want) {
				t.Errorf("got %q, want it to contain %q", out.String(), c.want)
			}
			left, err := os.ReadDir(os.Getenv("TMPDIR"))
			if err != nil {
				t.Fatal(err)
			}
			if kept := len(left) > 0; kept != (c.status != 0 && strings.Contains(out.String(), "replay")) {
				t.Errorf("got directories %v, want one only to replay from", left)
			}
		})
	}
}

// TestFailedPan: a status other than 0 is no result, whatever was printed.
func TestFailedPan(t *testing.T) {
	tools(t, "", "clean")
	b := build(context.Background(), job{file: "deque.pml"})
	if b.err != nil {
		t.Fatal(b.err)
	}
	pan := filepath.Join(b.dir, "pan")
	script, err := os.ReadFile(pan)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(pan, append(script, "exit 3\n"...), 0o755); err != nil {
		t.Fatal(err)
	}
	if got, want := search(context.Background(), b).problem, "pan: exit status 3"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestInterrupted(t *testing.T) {
	tools(t, "", "clean")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out bytes.Buffer
	if got := checkAll(ctx, jobs(true), &out); got != exitFailed || out.String() != "models: interrupted\n" {
		t.Errorf("got status %d and %q, want %d and one line", got, out.String(), exitFailed)
	}
}

func TestBadFlags(t *testing.T) {
	for _, args := range [][]string{{"-nope"}, {"-part=maybe"}, {"deque"}, {"-only", "none"}, {"-only"}} {
		var out, errOut bytes.Buffer
		got := run(context.Background(), args, &out, &errOut)
		if got != exitInput || out.Len() > 0 || strings.Count(errOut.String(), "\n") != 1 {
			t.Errorf("%q: got status %d and %q, want %d and one line", args, got, errOut.String(), exitInput)
		}
	}
}

func TestMissingTools(t *testing.T) {
	tools(t, "", "clean")
	dir := os.Getenv("PATH")
	for _, tool := range []string{"gcc", "spin"} {
		if err := os.Remove(filepath.Join(dir, tool)); err != nil {
			t.Fatal(err)
		}
		var out, errOut bytes.Buffer
		got := run(context.Background(), nil, &out, &errOut)
		want := "models: no " + tool + " on the PATH: install it (Debian: " + tool + ")\n"
		if got != exitFailed || errOut.String() != want {
			t.Errorf("got status %d and %q, want %d and %q", got, errOut.String(), exitFailed, want)
		}
	}
}

// TestTable: what the issue asks of the models, and that nothing is written down
// in one place only.
func TestTable(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	states, seeded, names := 0, map[string]bool{}, map[string]bool{}
	for _, c := range configurations {
		states += c.least
		if names[c.name] {
			t.Errorf("two configurations %s", c.name)
		}
		names[c.name] = true
		if len(c.faults) == 0 {
			t.Errorf("%s: no seeded fault", c.name)
		}
		if !strings.Contains(string(readme), "`"+c.name+"`") {
			t.Errorf("README.md: no %s", c.name)
		}
		for _, f := range c.faults {
			seeded[f.name] = true
		}
	}
	if states < 50_000_000 || len(configurations) < 12 {
		t.Errorf("got %d states in %d configurations, want 50 million in 12", states, len(configurations))
	}
	written := map[string]bool{}
	for _, file := range []string{"deque.pml", "split.pml", "idle.pml", "dump.pml"} {
		text, err := models.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`FAULT_(\w+)`).FindAllStringSubmatch(string(text), -1) {
			written[m[1]] = true
		}
	}
	for name := range written {
		if !seeded[name] {
			t.Errorf("FAULT_%s is in the models, not in the table", name)
		}
	}
	for name := range seeded {
		if !written[name] {
			t.Errorf("FAULT_%s is in the table, not in the models", name)
		}
		if !strings.Contains(string(readme), "`"+name+"`") {
			t.Errorf("README.md: no %s", name)
		}
	}
	if len(seeded) < 12 {
		t.Errorf("got %d faults, want 12", len(seeded))
	}
}

// TestPart: the short run has every fault at least once.
func TestPart(t *testing.T) {
	part := jobs(true)
	for _, j := range jobs(false) {
		_, fault, ok := strings.Cut(j.name, "/")
		if ok && !slices.ContainsFunc(part, func(p job) bool { return strings.HasSuffix(p.name, "/"+fault) }) {
			t.Errorf("%s: not in the short run in any configuration", fault)
		}
	}
}
