package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run returns the exit status: 0 if every check did what it must, 1 if one did
// not, 2 for bad flags.
func run(args []string, out, errOut io.Writer) int {
	flags := flag.NewFlagSet("faults", flag.ContinueOnError)
	flags.SetOutput(errOut)
	only := flags.String("only", "", "the bugs whose name this `regexp` matches")
	made := flags.Bool("mutants", false, "small changes made by rule instead of the catalogue")
	list := flags.Bool("list", false, "name them and run nothing")
	limit := flags.Duration("limit", 10*time.Second, "how long a check may take, 1s to 10m")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if flags.NArg() > 0 || *limit < time.Second || *limit > 10*time.Minute {
		fmt.Fprintf(errOut, "faults: want no arguments and -limit 1s to 10m, got %q\n", args)
		return 2
	}
	names, err := regexp.Compile(*only)
	if err != nil {
		fmt.Fprintf(errOut, "faults: -only %q: %v: quote what is to be taken literally, such as \\(\n", *only, err)
		return 2
	}
	if _, err := os.Stat(base); err != nil {
		fmt.Fprintf(errOut, "faults: no folder %s: run it in the root of the repository\n", base)
		return 2
	}
	search := runCatalogue
	if *made {
		search = runMutants
	}
	if *list {
		search = listAll
	}
	if err := search(out, names, *limit); err != nil {
		fmt.Fprintln(errOut, "faults:", err)
		return 1
	}
	return 0
}

// runCatalogue seeds the bugs and prints a line for each check.
func runCatalogue(out io.Writer, only *regexp.Regexp, limit time.Duration) error {
	var wrong []string
	report := func(name string, c check, o outcome, want bool) {
		result := "passed"
		if o.found {
			result = "found it: " + o.says
		}
		if o.found != want {
			result += "   <-- WRONG"
			wrong = append(wrong, name+": "+c.String())
		}
		fmt.Fprintf(out, "%5.1f s  %-50s %-55s %s\n", o.seconds, name, c, result)
	}
	used, hung := map[check]bool{}, map[check]bool{}
	var order []check
	found := 0
	for _, f := range catalogue {
		if !only.MatchString(f.name) {
			continue
		}
		for _, c := range f.checks {
			if !used[c] {
				used[c] = true
				order = append(order, c)
			}
		}
		content, err := f.apply()
		if err != nil {
			return err
		}
		folder, file := f.where()
		s, err := seed(folder, file, content)
		if err != nil {
			return err
		}
		for _, c := range f.checks {
			o, err := s.run(c, limit)
			if err != nil {
				s.remove()
				return fmt.Errorf("%s: %w", f.name, err)
			}
			report(f.name, c, o, true)
			if o.timedOut() {
				hung[c] = true
			}
		}
		s.remove()
		found++
	}
	clean, err := seed("", "", nil)
	if err != nil {
		return err
	}
	defer clean.remove()
	for _, c := range order {
		o, err := clean.run(c, 10*limit)
		if err != nil {
			return err
		}
		report("no bug", c, o, false)
		if hung[c] && o.seconds > limit.Seconds()/2 {
			wrong = append(wrong, fmt.Sprintf("%v is nearly as slow without a bug as with one that hangs: give a longer -limit", c))
		}
	}
	fmt.Fprintf(out, "%d bugs, %d checks\n", found, len(order))
	if found == 0 {
		return fmt.Errorf("no bug has a name that matches %q", only)
	}
	if len(wrong) > 0 {
		return errors.New("wrong: " + strings.Join(wrong, "; "))
	}
	return nil
}

// listAll names bugs and mutants.
func listAll(out io.Writer, only *regexp.Regexp, _ time.Duration) error {
	for _, f := range catalogue {
		if only.MatchString(f.name) {
			fmt.Fprintf(out, "class %d, %s: %s\n", f.class, f.file, f.name)
		}
	}
	for _, from := range mutated {
		all, err := mutants(from)
		if err != nil {
			return err
		}
		for _, m := range all {
			if only.MatchString(m.id()) {
				fmt.Fprintln(out, m.id())
			}
		}
	}
	return nil
}

// where are the folder and the name of the file.
func (f fault) where() (folder, file string) {
	if variant, file, ok := strings.Cut(f.file, "/"); ok {
		return filepath.Join("impls", variant), file
	}
	return base, f.file
}

// apply returns the file with the fault in it.
func (f fault) apply() ([]byte, error) {
	folder, file := f.where()
	src, err := os.ReadFile(filepath.Join(folder, file))
	if err != nil {
		return nil, err
	}
	for pair := range slices.Chunk(f.edits, 2) {
		if n := bytes.Count(src, []byte(pair[0])); n != 1 {
			return nil, fmt.Errorf("%s: got %q %d times in %s, want once: the code has changed, so must the fault", f.name, pair[0], n, f.file)
		}
		src = bytes.Replace(src, []byte(pair[0]), []byte(pair[1]), 1)
	}
	return src, nil
}
