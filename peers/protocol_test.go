package main

import (
	"bytes"
	"runtime"
	"strings"
	"testing"

	"stealbench/internal/sched"
)

func TestList(t *testing.T) {
	var out bytes.Buffer
	if err := run([]string{"list"}, nil, &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != len(peers) {
		t.Fatalf("got %d lines, want %d", len(lines), len(peers))
	}
	for i, line := range lines {
		name, about, ok := strings.Cut(line, "\t")
		if !ok || name != peers[i].name || !strings.HasSuffix(about, ", "+peers[i].setup) || strings.Contains(about, "unknown") {
			t.Errorf("got %q, want %s, a tab, a version and the set-up", line, peers[i].name)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, args := range []string{"", "lists", "list 1", "serve", "serve ants", "serve ant 1", "serve ants 0", "serve ants x", "serve ants 1 1"} {
		var out bytes.Buffer
		if err := run(strings.Fields(args), strings.NewReader("run empty 0 1 0 0 -\n"), &out); err == nil || out.Len() > 0 {
			t.Errorf("%q: got error %v and output %q, want an error and no output", args, err, out.String())
		}
	}
}

func TestBadLines(t *testing.T) {
	bad := []string{
		"",
		"stop",
		"run",
		"run fib 0 1 10 0",
		"run fib 0 1 10 0 - -",
		"run fibonacci 0 1 10 0 -",
		"run fib x 1 10 0 -",
		"run fib -1 1 10 0 -",
		"run fib 0 0 10 0 -",
		"run fib 0 1 -1 0 -",
		"run fib 0 1 10 1.5 -",
		"run fib 0 1 99999999999999999999 0 -",
		"run fib 0 1 10 0 0,2,3,4,19,0,0",
		"run nqueens 0 1 21 0 -",
		"run uts 0 1 0 0 -",
		"run uts 0 1 0 0 0,2,3,4,19,0",
		"run uts 0 1 0 0 0,2,3,four,19,0,0",
		"run uts 0 1 0 0 3,2,3,4,19,0,0",
		"run uts 0 1 0 0 0,3,3,4,19,0,0",
		"run fib 0 1 10 0 -" + strings.Repeat(" -", 100_000),
	}
	in := strings.Join(bad, "\n") + "\nrun fib 0 1 10 0 -" // the last line without its end
	lines := served(t, "goroutines", in)
	if len(lines) != len(bad)+1 {
		t.Fatalf("got %d answers, want %d", len(lines), len(bad)+1)
	}
	for i, line := range lines[:len(bad)] {
		if !strings.HasPrefix(line, "error ") {
			t.Errorf("line %.60q: got %.60q, want error", bad[i], line)
		}
	}
	if last := lines[len(bad)]; !strings.HasPrefix(last, "ok ") {
		t.Errorf("after bad lines: got %q, want ok", last)
	}
}

func TestNoLines(t *testing.T) {
	if lines := served(t, "goroutines", ""); len(lines) != 0 {
		t.Errorf("got %q, want no answer", lines)
	}
}

// served returns what a peer with one worker answers.
func served(t *testing.T, name, in string) []string {
	t.Helper()
	threads := runtime.GOMAXPROCS(0)
	t.Cleanup(func() { runtime.GOMAXPROCS(threads) })
	var out bytes.Buffer
	if err := run([]string{"serve", name, "1"}, strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	return strings.Split(out.String(), "\n")[:strings.Count(out.String(), "\n")]
}

// TestSeries runs a peer that is none.
func TestSeries(t *testing.T) {
	var runs, threads int
	right := func(sched.Params) sched.Answer {
		runs++
		threads = runtime.GOMAXPROCS(0)
		return sched.Answer{Value: 7, Tasks: 1}
	}
	changes := func(p sched.Params) sched.Answer {
		a := right(p)
		if runs == 3 {
			a.Value++
		}
		return a
	}
	entered := false
	enter := func(series func()) {
		entered = true
		series()
	}
	for _, c := range []struct {
		name, line, want string
		bench            bench
		runs, threads    int
		entered          bool
	}{
		{"inside", "run fib 0 4 1 0 -", "ok 4 7 1 0 0", bench{inside: map[string]work{"fib": right}}, 4, 2, true},
		{"outside", "run ping_pong 0 4 1 0 -", "ok 4 7 1 0 0", bench{outside: map[string]work{"ping_pong": right}}, 4, 3, false},
		{"lead", "run fib 1 2 1 0 -", "ok 3 7 1 0 0", bench{inside: map[string]work{"fib": right}}, 3, 2, true},
		{"lacks", "run fib 0 4 1 0 -", "lacks", bench{}, 0, 0, false},
		{"wrong inside", "run fib 0 4 1 0 -", "wrong", bench{inside: map[string]work{"fib": changes}}, 3, 2, true},
		{"wrong outside", "run empty 1 4 1 0 -", "wrong", bench{outside: map[string]work{"empty": changes}}, 3, 3, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := runtime.GOMAXPROCS(0)
			defer runtime.GOMAXPROCS(before)
			runs, threads, entered = 0, 0, false
			c.bench.enter = enter
			got := c.bench.answer(c.line, 2)
			f := strings.Fields(got)
			switch f[0] {
			case "ok":
				f = append(f[:1], f[2:]...)
			case "wrong":
				f = f[:1]
			}
			if strings.Join(f, " ") != c.want || strings.Contains(got, "\n") {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if runs != c.runs || threads != c.threads || entered != c.entered {
				t.Errorf("got %d runs on %d threads, entered %t; want %d on %d, %t", runs, threads, entered, c.runs, c.threads, c.entered)
			}
		})
	}
}
