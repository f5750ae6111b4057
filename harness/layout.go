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
// The content of self stands for commit, uncommitted changes, build tags, toolchain
// and GOAMD64: what is kept is of the same sources. Before something is built it is
// made sure that the source tree still is what self is of: Go builds the same
// binary from the same sources.
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
	recipe, err := recipeOf(self)
	if err != nil {
		return nil, err
	}
	compared := false
	binaries := map[int]string{}
	for seed := 1; seed <= n; seed++ {
		path := filepath.Join(kept, fmt.Sprintf("stealbench-%d", seed))
		binaries[seed] = path
		if _, err := os.Stat(path); err == nil {
			continue
		}
		// Built under another name first: what has the name is whole.
		part := path + ".part"
		if !compared && !strings.HasSuffix(self, ".test") { // go build can't build what go test did
			compared = true
			if err := recipe.sameAs(ctx, key, part); err != nil {
				return nil, err
			}
		}
		if err := recipe.build(ctx, part, fmt.Sprintf("-s -w -randlayout=%d", seed)); err != nil {
			return nil, err
		}
		if err := os.Rename(part, path); err != nil {
			return nil, err
		}
		built(seed)
	}
	return binaries, nil
}

// recipe is how a binary was built.
type recipe struct {
	flags   []string
	ldflags string
	env     []string
}

func recipeOf(binary string) (recipe, error) {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return recipe{}, err
	}
	r := recipe{flags: []string{"-buildvcs=false"}} // a new results folder would change the stamp
	for _, s := range info.Settings {
		switch s.Key {
		case "-ldflags":
			r.ldflags = s.Value
		case "-tags":
			r.flags = append(r.flags, s.Key+"="+s.Value)
		case "-trimpath", "-race":
			r.flags = append(r.flags, s.Key)
		case "GOAMD64", "GOARCH", "GOOS", "CGO_ENABLED":
			r.env = append(r.env, s.Key+"="+s.Value)
		}
	}
	return r, nil
}

// build builds the command by the recipe, with more flags for the linker.
func (r recipe) build(ctx context.Context, out, ldflags string) error {
	args := append([]string{"build", "-o", out}, r.flags...)
	if ldflags = strings.TrimSpace(r.ldflags + " " + ldflags); ldflags != "" {
		args = append(args, "-ldflags="+ldflags)
	}
	cmd := exec.CommandContext(ctx, "go", append(args, layoutPackage)...)
	cmd.Env = append(os.Environ(), r.env...)
	// Interrupted, go ends its own processes and removes its files.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	if said, err := cmd.CombinedOutput(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("cannot build linker layouts: %s: run inside the source tree with Go installed, or give --layouts 0",
			lastLine(string(said), err))
	}
	return nil
}

// sameAs says whether the source tree builds the binary whose content has the key.
func (r recipe) sameAs(ctx context.Context, key, scratch string) error {
	if err := r.build(ctx, scratch, ""); err != nil {
		return err
	}
	defer os.Remove(scratch)
	got, err := contentKey(scratch)
	if err == nil && got != key {
		err = errors.New("this binary is not what the source tree builds: make build, then run again")
	}
	return err
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
