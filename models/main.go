package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"
)

// Exit statuses beside 0.
const (
	exitFailed = 1 // a surprise, or a tool is missing
	exitInput  = 2 // bad flag
)

const usage = "flags: -part (the short run), -only NAME (one configuration, or one with a fault: a/B)"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run checks the models and returns the exit status.
func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	flags := flag.NewFlagSet("models", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	part := flags.Bool("part", false, "")
	only := flags.String("only", "", "")
	err := flags.Parse(args)
	if err == nil && flags.NArg() > 0 {
		err = fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	list := jobs(*part)
	if err == nil && *only != "" {
		if list = named(*only); list == nil {
			err = fmt.Errorf("no configuration %q", *only)
		}
	}
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(out, usage)
		return 0
	}
	if err != nil {
		fmt.Fprintf(errOut, "models: %v: %s\n", err, usage)
		return exitInput
	}
	for _, tool := range []string{"spin", "gcc"} {
		if _, err := exec.LookPath(tool); err != nil {
			fmt.Fprintf(errOut, "models: no %s on the PATH: install it (Debian: %s)\n", tool, tool)
			return exitFailed
		}
	}
	return checkAll(ctx, list, out)
}

// named returns the one job of that name.
func named(name string) []job {
	for _, j := range jobs(false) {
		if j.name == name {
			return []job{j}
		}
	}
	return nil
}

// checkAll searches one job after the other; the next is built meanwhile.
func checkAll(ctx context.Context, list []job, out io.Writer) int {
	began := time.Now()
	ready := make(chan built)
	go func() {
		defer close(ready)
		for _, j := range list {
			if ctx.Err() != nil {
				return
			}
			ready <- build(ctx, j)
		}
	}()
	var clean, found, states, surprises int
	for b := range ready {
		r := search(ctx, b)
		if ctx.Err() != nil { // what it printed is no result
			os.RemoveAll(b.dir)
			continue
		}
		verdict := "clean"
		switch {
		case r.problem != "":
			verdict = "SURPRISE: " + r.problem
			surprises++
		case b.finds != "":
			verdict = "found: " + r.violation
			found++
		default:
			clean++
			states += r.states
		}
		fmt.Fprintf(out, "%-38s %9d states %6.1f s  %s\n", b.name, r.states, r.took.Seconds(), verdict)
		if r.problem != "" && trail(b) {
			fmt.Fprintf(out, "  replay: %s\n", replay(b))
			continue // its directory stays
		}
		if err := os.RemoveAll(b.dir); err != nil {
			fmt.Fprintf(out, "  %v\n", err)
		}
	}
	if ctx.Err() != nil {
		fmt.Fprintln(out, "models: interrupted")
		return exitFailed
	}
	fmt.Fprintf(out, "models: %d clean configurations with %d states, %d seeded faults found, %d surprises, %.0f s\n",
		clean, states, found, surprises, time.Since(began).Seconds())
	if surprises > 0 {
		return exitFailed
	}
	return 0
}
