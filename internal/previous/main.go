// Command previous makes the base of another commit a lane, called previous, so
// that it can run in the same rows as the base of this tree. Nothing in the tree
// changes: it writes files for go's -overlay into bin/_previous, which ./... leaves out, and prints how to
// build with them. make gate uses it.
//
//	go run ./internal/previous COMMIT
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"stealbench/impls"
)

func main() {
	if err := run(os.Args[1:], filepath.Join("bin", "_"+lane), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "previous:", err)
		os.Exit(2)
	}
}

const lane = "previous"

// registers puts the lane beside the levels, whose table is filled before: files
// are initialised in the order of their names.
const registers = `package harness

import (
	"stealbench/impls/previous"
	"stealbench/internal/sched"
)

func init() {
	Levels = append(Levels, Level{Name: "previous", Changes: %q, open: func(c sched.Config) (sched.Scheduler, error) { return previous.New(c) }})
}
`

// run writes the overlay of the commit in args into dir, whatever it held.
func run(args []string, dir string, out io.Writer) error {
	if len(args) != 1 {
		return errors.New("want one commit")
	}
	top, err := git("rev-parse", "--show-toplevel")
	if err != nil {
		return err
	}
	commit, err := git("rev-parse", "--verify", "--short=12", args[0]+"^{commit}")
	if err != nil {
		return fmt.Errorf("%s: no such commit: git log --oneline lists them", args[0])
	}
	files, err := base(commit)
	if err != nil {
		return err
	}
	files["harness/registry_previous.go"] = fmt.Sprintf(registers, "the base as of commit "+commit)

	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		return err
	}
	replace := map[string]string{}
	for name, content := range files {
		kept := filepath.Join(dir, path.Base(name))
		replace[filepath.Join(top, filepath.FromSlash(name))] = kept
		if err := os.WriteFile(kept, []byte(content), 0o644); err != nil {
			return err
		}
	}
	overlay, err := json.MarshalIndent(map[string]any{"Replace": replace}, "", "\t")
	if err != nil {
		return err
	}
	at := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(at, overlay, 0o644); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "GOFLAGS=-overlay=%s\n", at)
	return err
}

// base returns the base's files at a commit, as those of the lane's package.
func base(commit string) (map[string]string, error) {
	from := "impls/" + impls.Base
	list, err := git("ls-tree", "--full-tree", "--name-only", commit, from+"/")
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for _, name := range strings.Fields(list) {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := git("show", commit+":"+name)
		if err != nil {
			return nil, err
		}
		clause := "\npackage " + impls.Base
		before, after, ok := strings.Cut("\n"+src+"\n", clause+"\n")
		if !ok {
			return nil, fmt.Errorf("%s at %s: no package clause", name, commit)
		}
		files["impls/"+lane+"/"+path.Base(name)] = before[min(1, len(before)):] + "\npackage " + lane + "\n" + after
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: has no %s: choose a later commit", commit, from)
	}
	return files, nil
}

func git(args ...string) (string, error) {
	out, err := exec.Command("git", args...).Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) && len(exit.Stderr) > 0 {
			first, _, _ := strings.Cut(string(exit.Stderr), "\n")
			return "", errors.New(first)
		}
		return "", fmt.Errorf("git: %w: it is needed, and a checkout", err)
	}
	return strings.TrimRight(string(out), "\n"), nil
}
