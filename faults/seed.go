package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// seeded is the base with a change, in a folder that is thrown away.
type seeded struct {
	dir     string
	overlay string // file for go's -overlay; "" without a change
	built   map[string]string
}

// seed replaces a file in a folder, unless its name is empty.
func seed(folder, file string, content []byte) (*seeded, error) {
	dir, err := os.MkdirTemp("", "faults")
	if err != nil {
		return nil, err
	}
	s := &seeded{dir: dir, built: map[string]string{}}
	if file == "" {
		return s, nil
	}
	path, err := filepath.Abs(filepath.Join(folder, file))
	if err != nil {
		return nil, err
	}
	changed := filepath.Join(dir, file)
	s.overlay = filepath.Join(dir, "overlay.json")
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{path: changed}})
	if err != nil {
		return nil, err
	}
	return s, errors.Join(os.WriteFile(changed, content, 0o600), os.WriteFile(s.overlay, replace, 0o600))
}

func (s *seeded) remove() { _ = os.RemoveAll(s.dir) }

// errBuild says that a changed program does not compile: nothing was checked.
var errBuild = errors.New("does not compile")

// build compiles the tests of a check, once.
func (s *seeded) build(c check) (string, error) {
	args := []string{"test", "-c", "-vet=off", "-tags", c.tags}
	if c.race {
		args = append(args, "-race")
	}
	key := fmt.Sprintf("%x.test", sha256.Sum256([]byte(strings.Join(args, " ")+c.pkg)))[:12]
	if path, ok := s.built[key]; ok {
		return path, nil
	}
	path := filepath.Join(s.dir, key+".test")
	if s.overlay != "" {
		args = append(args, "-overlay", s.overlay)
	}
	args = append(args, "-o", path, "./"+c.pkg)
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: go %s: %v\n%s", errBuild, strings.Join(args, " "), err, out)
	}
	s.built[key] = path
	return path, nil
}

// outcome is what a check came to.
type outcome struct {
	found   bool
	says    string // why, in a line
	seconds float64
}

// timedOut reports whether it was not done in time.
func (o outcome) timedOut() bool { return strings.Contains(o.says, "panic: test timed out") }

// run runs a check. A check that takes longer than the limit has found a hang,
// unless it takes that long without a bug too.
func (s *seeded) run(c check, limit time.Duration) (outcome, error) {
	path, err := s.build(c)
	if err != nil {
		return outcome{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit+5*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, fmt.Sprintf("-test.short=%v", !c.long), "-test.failfast", "-test.v", "-test.run", anchored(c.run), "-test.timeout", limit.String())
	cmd.Dir = c.pkg
	cmd.WaitDelay = time.Second
	began := time.Now()
	out, err := cmd.CombinedOutput()
	late := c.long && bytes.Contains(out, []byte("panic: test timed out"))
	o := outcome{found: err != nil && !late, seconds: time.Since(began).Seconds()}
	if late {
		return o, nil
	}
	if !o.found && !bytes.Contains(out, []byte("--- PASS")) {
		return o, fmt.Errorf("%v ran no test", c)
	}
	if o.found {
		o.says = reason(string(out))
	}
	return o, nil
}

// anchored makes each element of a pattern of tests a whole name, but for the
// last, which may be the beginning of one.
func anchored(run string) string {
	parts := strings.Split(run, "/")
	for i, p := range parts {
		if parts[i] = "^(" + p + ")"; i < len(parts)-1 {
			parts[i] += "$"
		}
	}
	return strings.Join(parts, "/")
}

// reason is the line of a failed test's output that says most. Tests that pass or
// are skipped have lines there, too.
func reason(out string) string {
	for _, sign := range []string{"WARNING: DATA RACE", "fatal error: ", "panic: ", "under schedule ", "got ", ""} {
		for line := range strings.Lines(out) {
			line = strings.TrimSpace(line)
			if line == "" || !strings.Contains(line, sign) || strings.HasPrefix(line, "===") || strings.HasPrefix(line, "---") ||
				strings.Contains(line, "replay:") || strings.Contains(line, "all of") {
				continue
			}
			if _, rest, ok := strings.Cut(line, "_test.go:"); ok {
				if _, said, ok := strings.Cut(rest, ": "); ok {
					line = said
				}
			}
			if len(line) > 100 {
				line = line[:100] + "..."
			}
			return line
		}
	}
	return "it says nothing"
}
