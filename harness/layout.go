package harness

import (
	"context"
	"crypto/sha256"
	"debug/buildinfo"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"
)

// A linker layout is one random order of the functions in the binary. Where the
// linker puts a loop can change its time by more than what a variant changes, so
// a difference counts only if it holds over layouts.

// layoutPackage is what a layout is a build of.
const layoutPackage = "stealbench/cmd/stealbench"

// Layouts returns the commands of n binaries like self, linked in the orders of
// seeds 1 to n. They are kept in dir, by the content of self, and built only if
// they are not there; built hears of each. With n = 0 the only layout is self's
// own, 0.
//
// The content of self stands for commit and build tags, and is finer than they
// are: a change that is not committed, another toolchain or GOAMD64 gives
// another content. What it does not know is whether the sources are still those
// of self when a layout is built, so that is compared then.
func Layouts(ctx context.Context, self, dir string, n int, built func(seed int)) (map[int]string, error) {
	if n == 0 {
		return map[int]string{0: self}, nil
	}
	key, err := contentKey(self)
	if err != nil {
		return nil, err
	}
	kept := filepath.Join(dir, key)
	if err := removeOthers(dir, key); err != nil {
		return nil, err
	}
	binaries := map[int]string{}
	for seed := 1; seed <= n; seed++ {
		path := filepath.Join(kept, fmt.Sprintf("stealbench-%d", seed))
		binaries[seed] = path
		if _, err := os.Stat(path); err == nil {
			continue
		}
		// Built under another name first: what has the name is whole.
		part := path + ".part"
		cmd := exec.CommandContext(ctx, "go", "build", "-o", part,
			"-tags="+tags(), fmt.Sprintf("-ldflags=-s -w -randlayout=%d", seed), layoutPackage)
		// Interrupted, go ends its own processes and removes its files.
		cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
		cmd.WaitDelay = 5 * time.Second
		if out, err := cmd.CombinedOutput(); err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			return nil, fmt.Errorf("cannot build linker layout %d: %s: run inside the source tree with Go installed, or give --layouts 0",
				seed, lastLine(string(out), err))
		}
		if err := sameSource(self, part); err != nil {
			return nil, err
		}
		if err := os.Rename(part, path); err != nil {
			return nil, err
		}
		built(seed)
	}
	return binaries, nil
}

// tags are the build tags that self was built with.
func tags() string {
	if t := buildTags(); t != "none" {
		return t
	}
	return ""
}

// sameSource says whether a layout is of the commit and by the Go that self is
// of, as far as both binaries say so.
func sameSource(self, layout string) error {
	a, err := buildinfo.ReadFile(self)
	if err != nil {
		return err
	}
	b, err := buildinfo.ReadFile(layout)
	if err != nil {
		return err
	}
	mine, its := sourceOf(a), sourceOf(b)
	for i := range mine {
		if mine[i] != "" && its[i] != "" && mine[i] != its[i] {
			return fmt.Errorf("this binary is of %.19s and the source tree gives %.19s: make build, then run again", mine[i], its[i])
		}
	}
	return nil
}

func sourceOf(info *debug.BuildInfo) [2]string {
	source := [2]string{info.GoVersion}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			source[1] = "commit " + s.Value
		}
	}
	return source
}

// contentKey is the first bytes of the hash of a file.
func contentKey(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:6]), nil
}

// removeOthers drops the layouts of earlier builds.
func removeOthers(dir, key string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		if e.Name() != key && len(e.Name()) == len(key) && strings.Trim(e.Name(), "0123456789abcdef") == "" {
			if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
