package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"
)

// hangsAfter is how long a peer has that should not answer. The answers that come
// take some milliseconds.
const hangsAfter = time.Second

// TestHangs shows that a pool hangs where the table says so, each in a process of its
// own: goroutines that wait for ever can't be ended.
func TestHangs(t *testing.T) {
	for name, workloads := range hangs {
		t.Run(name, func(t *testing.T) {
			var asked []*program
			for _, a := range answers {
				for workers := range workloads[a.name] {
					p := startProgram(t, name, workers+1)
					p.what = fmt.Sprintf("%s, %d workers", a.name, workers+1)
					fmt.Fprintf(p.in, "run %s 0 1 %s\n", a.workload, a.params)
					asked = append(asked, p)
				}
			}
			time.Sleep(hangsAfter)
			for _, p := range asked {
				select {
				case line := <-p.line:
					t.Errorf("%s: got %q, want no answer", p.what, line)
				default:
				}
			}
		})
	}
}

// TestProgram shows that a program does answer in the way that TestHangs listens,
// and ends with its input.
func TestProgram(t *testing.T) {
	p := startProgram(t, "goroutines", 1)
	fmt.Fprintln(p.in, "run empty 0 1 0 0 -")
	if line := <-p.line; len(line) < 3 || line[:3] != "ok " {
		t.Errorf("got %q, want ok", line)
	}
	p.in.Close()
	if err := p.cmd.Wait(); err != nil {
		t.Error(err)
	}
}

// program is this test binary as the program.
type program struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	line chan string // its first line, or "ended"
	what string
}

func startProgram(t *testing.T, name string, workers int) *program {
	t.Helper()
	p := &program{cmd: exec.Command(os.Args[0], "serve", name, fmt.Sprint(workers)), line: make(chan string, 1)}
	p.cmd.Env = append(os.Environ(), "PEERS_TEST_AS_PROGRAM=1")
	p.cmd.Stderr = os.Stderr
	in, err := p.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p.in = in
	t.Cleanup(func() {
		p.cmd.Process.Kill()
		p.cmd.Wait()
	})
	go func() {
		s := bufio.NewScanner(out)
		if s.Scan() {
			p.line <- s.Text()
		} else {
			p.line <- "ended"
		}
	}()
	return p
}
