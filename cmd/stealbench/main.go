// Command stealbench measures what a work-stealing scheduler's metrics cost.
// README.md shows the commands in use.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit statuses beside 0.
const (
	exitFailed       = 1   // a measurement failed, a check found a difference
	exitInput        = 2   // bad flag, name, file or recording
	exitInconclusive = 3   // too little data to say pass or fail
	exitInterrupted  = 130 // SIGINT; 143 for SIGTERM
	exitTerminated   = 143
)

// statusError carries the exit status of an error.
type statusError struct {
	status int
	err    error
}

func (e *statusError) Error() string { return e.err.Error() }
func (e *statusError) Unwrap() error { return e.err }

func failed(err error) error { return &statusError{exitFailed, err} }

func main() {
	status := exitInterrupted
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		if <-signals == syscall.SIGTERM {
			status = exitTerminated
		}
		cancel()
		<-signals // a second one ends us at once
		os.Exit(status)
	}()
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if err == nil {
		return
	}
	fmt.Fprintf(os.Stderr, "stealbench: %s\n", oneLine(err))
	os.Exit(exitStatus(err, status))
}

// oneLine is an error's text without line breaks: names that hold some are quoted by
// nobody.
func oneLine(err error) string {
	return strings.NewReplacer("\n", `\n`, "\r", `\r`).Replace(err.Error())
}

// exitStatus is that of an error: what it says, interrupted if that is what it
// was, and bad input else.
func exitStatus(err error, interrupted int) int {
	var s *statusError
	switch {
	case errors.Is(err, context.Canceled):
		return interrupted
	case errors.As(err, &s):
		return s.status
	}
	return exitInput
}

// run executes one command line.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) error {
	root := rootCommand()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	return root.ExecuteContext(ctx)
}

// rootCommand is all commands. What they do is in RunE; arguments are looked at
// before, so that a test can give any without doing it.
func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "stealbench",
		Short:         "Measure what a work-stealing scheduler's metrics cost",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%w: see %s --help", err, c.CommandPath())
	})
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(listCommand(), runCommand(), cellCommand(), compareCommand(), gateCommand(), mergeCommand(),
		plotCommand(), peersCommand(), paperCommand(), reportCommand(), dumpCommand(), doctorCommand(), aaCommand(), powerCommand(),
		countsCommand(), countedCommand(), studyCommand(), reproduceCommand(), artifactCommand(), modelCommand())
	return root
}
