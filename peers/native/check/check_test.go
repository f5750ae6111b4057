// Package check runs the native peers over their protocol and compares what they
// answer with the harness's own answers.
package check

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stealbench/harness"
)

// make peers-native-test sets it: a check that is skipped must not pass for one
// that ran.
var required = flag.Bool("required", false, "fail if a program is not built")

var sizes = flag.String("sizes", "small,default", "sizes to run: small, default, large")

// lacks says which workloads each program has no way to do.
var lacks = map[string][]string{
	"tokio": ofTheStudy,
	"rayon": append([]string{"yield_many", "ping_pong", "spawn_many_remote_busy"}, ofTheStudy...),
	"tbb":   append([]string{"yield_many", "ping_pong", "spawn_many_remote_busy"}, ofTheStudy...),
}

// ofTheStudy are the workloads that ask about counters, parks and latencies of our own.
var ofTheStudy = []string{"audited", "audited_parks", "burst", "open"}

func TestAnswers(t *testing.T) {
	eachProgram(t, func(t *testing.T, name, path string) {
		for _, workers := range []int{1, 2, 4} {
			p := serve(t, path, name, workers)
			for _, w := range harness.Workloads {
				for _, size := range strings.Split(*sizes, ",") {
					checkAnswer(t, p, name, workers, &w, size)
				}
			}
			p.end(t)
		}
	})
}

func checkAnswer(t *testing.T, p *program, name string, workers int, w *harness.Workload, size string) {
	t.Helper()
	params, err := w.Params(size)
	if err != nil {
		t.Fatal(err)
	}
	run, tree := w.Name, "-"
	if w.Run != "" {
		run = w.Run
	}
	if run == "uts" {
		u := params.Tree
		tree = fmt.Sprintf("%d,%d,%d,%v,%d,%v,%d", u.Kind, u.Shape, u.Depth, u.B0, u.Seed, u.Q, u.M)
	}
	request := fmt.Sprintf("run %s 1 3 %d %d %s", run, params.N, params.M, tree)
	a := w.Answer(params)
	want := fmt.Sprint(a.Value, a.Tasks, a.Depth, a.Leaf)
	if slices.Contains(lacks[name], run) {
		if got := p.ask(t, request); got != "lacks" {
			t.Errorf("%d workers, %s: got %q, want lacks", workers, request, got)
		}
		return
	}
	// Four runs: one untimed, three timed.
	answer := p.ask(t, request)
	var took int64
	var runs int
	_, err = fmt.Sscanf(answer, "ok %d %d", &took, &runs)
	if err != nil || runs < 4 || took <= 0 || !strings.HasSuffix(answer, " "+want) || len(strings.Fields(answer)) != 7 {
		t.Errorf("%d workers, %s (%s, %s): got %q, want 4 runs or more and %s", workers, request, w.Name, size, answer, want)
	}
}

// TestErrors: a line that can't be read has one line of answer, and the next line
// is answered again.
func TestErrors(t *testing.T) {
	lines := []struct{ name, line string }{
		{"empty line", ""},
		{"no request", "walk fib 0 1 10 0 -"},
		{"no such workload", "run fob 0 1 10 0 -"},
		{"too few fields", "run fib 0 1 10 0"},
		{"too many fields", "run fib 0 1 10 0 - -"},
		{"no number", "run fib 0 1 ten 0 -"},
		{"half a number", "run fib 0 1 10x 0 -"},
		{"negative number", "run fib 0 1 -10 0 -"},
		{"negative lead", "run fib -1 1 10 0 -"},
		{"too large a number", "run fib 0 1 99999999999999999999 0 -"},
		{"no timed run", "run fib 0 0 10 0 -"},
		{"not text", "run fib 0 1 10 0 \xff\x00"},
		{"uts without a tree", "run uts 0 1 0 0 -"},
		{"half a tree", "run uts 0 1 0 0 0,2,3,4"},
		{"no such kind of tree", "run uts 0 1 0 0 3,2,3,4,19,0,0"},
		{"a tree without end", "run uts 0 1 0 0 1,0,0,4,19,0.5,8"},
		{"a tree with no number", "run uts 0 1 0 0 0,2,3,nan,19,0,0"},
		{"blocks that do not fit", "run matmul 0 1 30 8 -"},
		{"no blocks", "run matmul 0 1 32 0 -"},
		{"too many queens", "run nqueens 0 1 64 0 -"},
	}
	eachProgram(t, func(t *testing.T, name, path string) {
		p := serve(t, path, name, 1)
		for _, l := range lines {
			if got := p.ask(t, l.line); !strings.HasPrefix(got, "error ") {
				t.Errorf("%s, %q: got %q, want error", l.name, l.line, got)
			}
			if got := p.ask(t, "run fib 0 1 10 0 -"); !strings.HasSuffix(got, " 1 55 177 0 0") {
				t.Errorf("after %s: got %q, want one run and 55 177 0 0", l.name, got)
			}
		}
		p.end(t)
	})
}

func TestList(t *testing.T) {
	eachProgram(t, func(t *testing.T, name, path string) {
		out, err := exec.Command(path, "list").Output()
		if err != nil {
			t.Fatal(err)
		}
		peer, version, ok := strings.Cut(strings.TrimSuffix(string(out), "\n"), "\t")
		if !ok || peer != name || !strings.ContainsAny(version, "0123456789") || strings.Contains(version, "\n") {
			t.Errorf("got %q, want %s, a tab, a version", out, name)
		}
		t.Log(version)
	})
}

func TestUsage(t *testing.T) {
	eachProgram(t, func(t *testing.T, name, path string) {
		for _, args := range [][]string{{}, {"serve"}, {"serve", name}, {"serve", "go", "1"}, {"serve", name, "0"}, {"serve", name, "two"}} {
			if out, err := exec.Command(path, args...).Output(); err == nil || len(out) > 0 {
				t.Errorf("%s %q: got %v and %q, want a failure and no output", name, args, err, out)
			}
		}
	})
}

func eachProgram(t *testing.T, check func(t *testing.T, name, path string)) {
	for _, name := range []string{"tokio", "rayon", "tbb"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("..", "..", "..", "bin", "peers", name)
			if _, err := os.Stat(path); err != nil {
				if *required {
					t.Fatalf("%s is not built: make peers-native", name)
				}
				t.Skipf("NOT CHECKED: %s is not built: make peers-native", name)
			}
			check(t, name, path)
		})
	}
}

// program is a peer that serves.
type program struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func serve(t *testing.T, path, name string, workers int) *program {
	t.Helper()
	// One that hangs is killed, and what it did not answer fails.
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, path, "serve", name, fmt.Sprint(workers))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &program{cmd, in, bufio.NewScanner(out)}
}

// ask sends a line and returns the answer.
func (p *program) ask(t *testing.T, line string) string {
	t.Helper()
	if _, err := p.in.Write([]byte(line + "\n")); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	if !p.out.Scan() {
		t.Fatalf("%s: no answer: %v", line, p.out.Err())
	}
	return p.out.Text()
}

// end closes the input, which ends the program; there must be no more output.
func (p *program) end(t *testing.T) {
	t.Helper()
	p.in.Close()
	if p.out.Scan() {
		t.Errorf("after the last answer: %q", p.out.Text())
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("at the end of input: %v", err)
	}
}
