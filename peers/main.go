package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("usage: peers list | peers serve <name> <workers>")

func run(args []string, in io.Reader, out io.Writer) error {
	switch {
	case len(args) == 1 && args[0] == "list":
		return list(out)
	case len(args) == 3 && args[0] == "serve":
		p, err := findPeer(args[1])
		if err != nil {
			return err
		}
		workers, err := strconv.Atoi(args[2])
		if err != nil || workers < 1 {
			return fmt.Errorf("workers %q: want a number of at least 1", args[2])
		}
		return serve(p, workers, in, out)
	}
	return errUsage
}

func list(out io.Writer) error {
	for _, p := range peers {
		if _, err := fmt.Fprintf(out, "%s\t%s, %s\n", p.name, p.version(), p.setup); err != nil {
			return err
		}
	}
	return nil
}

// serve answers each line of in with one of out.
func serve(p peer, workers int, in io.Reader, out io.Writer) error {
	b := p.start(workers)
	defer b.close()
	lines, failed := readLines(in)
	for line := range lines {
		if _, err := fmt.Fprintln(out, b.answer(line, workers)); err != nil {
			return err
		}
	}
	return <-failed
}

// readLines reads in a goroutine of its own. A peer that hangs then stays hung until
// it is killed, as the harness expects: without that goroutine the runtime would find
// all of them asleep and end the program. When the input ends before a hung peer
// answers it still does so, and nothing is left behind.
func readLines(in io.Reader) (<-chan string, <-chan error) {
	lines, failed := make(chan string), make(chan error, 1)
	go func() {
		defer close(lines)
		r := bufio.NewReader(in)
		for {
			line, err := r.ReadString('\n')
			if line != "" {
				lines <- line
			}
			if err == io.EOF {
				failed <- nil
				return
			}
			if err != nil {
				failed <- err
				return
			}
		}
	}()
	return lines, failed
}
