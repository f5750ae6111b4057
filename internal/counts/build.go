package counts

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// program is the package that Build builds; its verb counted is Measure.
const program = "stealbench/cmd/stealbench"

// Program is the measured program and what is known about its instructions.
type Program struct {
	path    string
	locked  map[uint64]instruction
	submits map[uint64]bool // first instructions of (*metrics).submit
	lines   map[uint64][]frame
}

// Missing says what Count needs and this host lacks, and where it comes from; nil
// if nothing is missing.
func Missing() error {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return fmt.Errorf("exact counts need linux/amd64, not %s/%s: instructions of others have no LOCK", runtime.GOOS, runtime.GOARCH)
	}
	if _, err := exec.LookPath("valgrind"); err != nil {
		return errors.New("valgrind is not installed: apt-get install valgrind")
	}
	if _, err := exec.LookPath("go"); err != nil {
		return errors.New("go is not in PATH: exact counts build a program of their own")
	}
	return nil
}

// Build builds the measured program in dir, which it makes, and takes it apart.
// The first time that takes a minute, since the runtime changes.
func Build(ctx context.Context, dir string) (*Program, error) {
	if err := Missing(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	overlay, err := withoutSysmon(ctx, dir)
	if err != nil {
		return nil, err
	}
	p := &Program{path: filepath.Join(dir, "stealbench")}
	if p.path, err = filepath.Abs(p.path); err != nil {
		return nil, err
	}
	if _, err := output(ctx, "go", "build", "-tags=countclock", "-overlay="+overlay, "-o", p.path, program); err != nil {
		return nil, fmt.Errorf("cannot build the program to be counted: %w: run inside the source tree", err)
	}
	text, err := output(ctx, "go", "tool", "objdump", p.path)
	if err != nil {
		return nil, err
	}
	if p.locked, p.submits, err = disassembled(bytes.NewReader(text)); err != nil {
		return nil, err
	}
	p.lines, err = inlining(p.path, p.locked)
	return p, err
}

// What withoutSysmon changes in the runtime's proc.go.
const (
	startsSysmon = "\tif haveSysmon {\n\t\tsystemstack("
	noSysmon     = "\tif false {\n\t\tsystemstack("
)

// withoutSysmon writes a runtime that never starts its sysmon thread, and
// returns the overlay that go build puts it in by. sysmon preempts whoever ran
// for 10 ms, asyncpreemptoff or not, and with it the order of goroutines would
// depend on how busy the host is.
func withoutSysmon(ctx context.Context, dir string) (string, error) {
	root, err := output(ctx, "go", "env", "GOROOT")
	if err != nil {
		return "", err
	}
	source := filepath.Join(strings.TrimSpace(string(root)), "src", "runtime", "proc.go")
	text, err := os.ReadFile(source)
	if err != nil {
		return "", err
	}
	if n := strings.Count(string(text), startsSysmon); n != 1 {
		return "", fmt.Errorf("%s: %d places start sysmon, want 1: exact counts don't know this version of Go", source, n)
	}
	changed, err := filepath.Abs(filepath.Join(dir, "proc.go.txt"))
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(changed, []byte(strings.Replace(string(text), startsSysmon, noSysmon, 1)), 0o644); err != nil {
		return "", err
	}
	replace, err := overlaid(os.Getenv("GOFLAGS"))
	if err != nil {
		return "", err
	}
	replace[source] = changed
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, overlay, 0o644)
}

// overlaid is what the overlay of GOFLAGS replaces: go build takes one overlay, and make
// step has another.
func overlaid(goflags string) (map[string]string, error) {
	replace := map[string]string{}
	for _, flag := range strings.Fields(goflags) {
		path, ok := strings.CutPrefix(flag, "-overlay=")
		if !ok {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("the overlay of GOFLAGS: %w", err)
		}
		if err := json.Unmarshal(text, &struct{ Replace *map[string]string }{&replace}); err != nil {
			return nil, fmt.Errorf("the overlay of GOFLAGS, %s: %w", path, err)
		}
	}
	return replace, nil
}

// output runs a command; its error is the last line of what it says.
func output(ctx context.Context, name string, args ...string) ([]byte, error) {
	return outputOf(exec.CommandContext(ctx, name, args...))
}

func outputOf(c *exec.Cmd) ([]byte, error) {
	var out, errOut bytes.Buffer
	c.Stdout, c.Stderr = &out, &errOut
	if err := c.Run(); err != nil {
		lines := strings.Split(strings.TrimSpace(errOut.String()), "\n")
		return nil, fmt.Errorf("%s: %w: %s", filepath.Base(c.Path), err, lines[len(lines)-1])
	}
	return out.Bytes(), nil
}
