// Command platforms runs the tests of the schedulers, and of what they need, on
// every platform that a Linux host on amd64 can run or emulate, and prints a
// table of what ran where.
//
//	go run ./internal/platforms              all platforms: make platforms
//	go run ./internal/platforms -part        what fits into two minutes: make platforms-part
//	go run ./internal/platforms s390x arm64  these
//
// The table always has all platforms: one that did not run reads "not run". It
// installs nothing. A tool that is missing is named, with its Debian package,
// before anything runs.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	part := flag.Bool("part", false, "only what fits into two minutes")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *part, flag.Args(), os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "platforms: %v\n", err)
		os.Exit(1)
	}
}

// run tests platforms one after another. One that fails does not keep the next
// from running.
func run(ctx context.Context, part bool, names []string, out io.Writer) error {
	chosen, err := choose(part, names)
	if err != nil {
		return err
	}
	if err := missing(chosen, exec.LookPath); err != nil {
		return err
	}
	launchers, err := os.MkdirTemp("", "platforms")
	if err != nil {
		return err
	}
	defer os.RemoveAll(launchers)
	var results []result
	for _, p := range chosen {
		fmt.Fprintf(out, "%s: %s\n", p.name, strings.Join(p.packages, " "))
		r, err := p.test(ctx, launchers)
		if err != nil {
			fmt.Fprintln(out, err)
			break // cut off, so it says nothing
		}
		if len(results) > 0 && !part {
			r.writeAbsent(out, results[0])
		}
		r.write(out)
		results = append(results, r)
	}
	return writeTable(out, results, len(chosen))
}
