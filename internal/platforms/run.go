package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// test runs the checks and the tests of p. An error means that it was cut off.
func (p platform) test(ctx context.Context, launchers string) (result, error) {
	start := time.Now()
	env, err := p.environment(launchers)
	if err != nil {
		return result{}, err
	}
	r := newResult(p)
	for _, args := range p.checks {
		cmd := command(ctx, env, args)
		if out, err := cmd.CombinedOutput(); err != nil {
			r.failures = append(r.failures, fmt.Sprintf("%s: %v\n%s", strings.Join(args, " "), err, out))
		}
	}
	// Longer than go test's own limit: emulation is slow, and a hang is the tests'
	// own watchdog's to find.
	args := append([]string{"go", "test", "-json", "-short", "-count=1", "-timeout=20m"}, p.packages...)
	cmd := command(ctx, env, args)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return result{}, err
	}
	if err := cmd.Start(); err != nil {
		return result{}, err
	}
	r.read(out)
	if err := cmd.Wait(); err != nil && len(r.failures) == 0 {
		r.failures = append(r.failures, fmt.Sprintf("%s: %v", strings.Join(args, " "), err))
	}
	r.took = time.Since(start)
	return r, ctx.Err()
}

// command is one that ctx interrupts: a go command that is killed leaves its
// tests behind.
func command(ctx context.Context, env, args []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = env
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	return cmd
}

// environment is what the go command needs to build and start tests of p. The
// launcher has the name that go test and go run look for, so that a test that
// calls them finds it too.
func (p platform) environment(launchers string) ([]string, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env GOROOT: %w", err)
	}
	path := launchers + ":" + filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm") + ":" + os.Getenv("PATH")
	if p.launch != nil {
		script := fmt.Sprintf("#!/bin/sh\nexec env %s \"$@\"\n", strings.Join(p.launch, " "))
		name := filepath.Join(launchers, fmt.Sprintf("go_%s_%s_exec", p.os, p.arch))
		if err := os.WriteFile(name, []byte(script), 0o755); err != nil {
			return nil, err
		}
	}
	return append(os.Environ(), "PATH="+path, "GOOS="+p.os, "GOARCH="+p.arch, "CGO_ENABLED=0"), nil
}
