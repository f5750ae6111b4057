package libs

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"stealbench/impls"
)

// TestCommand builds the command as make libs does, and records all variants of this
// module with it, from a linker layout, which it builds itself.
func TestCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command three times")
	}
	top, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	overlay := fromElsewhere(t, top, dir)
	t.Chdir(dir) // so that bin/layouts of the checkout stays as it is
	run := func(name string, args ...string) string {
		t.Helper()
		c := exec.Command(name, args...)
		c.Env = append(os.Environ(), "GOWORK="+filepath.Join(top, "libs", "go.work"), "GOFLAGS=-overlay="+overlay)
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", c.Args, err, out)
		}
		return string(out)
	}
	binary := filepath.Join(dir, "stealbench-libs")
	run("go", "build", "-buildvcs=false", "-o", binary, "stealbench/cmd/stealbench")
	listed := run(binary, "list")
	var names []string
	for _, v := range impls.Libraries {
		names = append(names, v.Name)
		if !strings.Contains(listed, v.Name+" ") || !strings.Contains(listed, v.Changes) {
			t.Errorf("stealbench list: got no %s, want it beside the others:\n%s", v.Name, listed)
		}
	}
	recording := filepath.Join(dir, "recording")
	run(binary, "run", "--variants", impls.Base+","+strings.Join(names, ","), "--workloads", "fib", "--workers", "2", "--size", "small",
		"--processes", "1", "--layouts", "1", "--cell-time", "10ms", "-o", recording)
	for _, name := range names {
		got, err := os.ReadFile(filepath.Join(recording, name+".txt"))
		if err != nil || !strings.Contains(string(got), "BenchmarkFib/impl="+name) {
			t.Errorf("%s: got %v and\n%s\nwant a sample of fib", name, err, got)
		}
	}
}

// fromElsewhere writes overlay.json, whose paths are those of the checkout at top, with
// full ones into dir.
func fromElsewhere(t *testing.T, top, dir string) string {
	t.Helper()
	var overlay struct{ Replace map[string]string }
	src, err := os.ReadFile("overlay.json")
	if err == nil {
		err = json.Unmarshal(src, &overlay)
	}
	full := map[string]string{}
	for at, with := range overlay.Replace {
		full[filepath.Join(top, at)] = filepath.Join(top, with)
	}
	out, merr := json.Marshal(map[string]any{"Replace": full})
	name := filepath.Join(dir, "overlay.json")
	if err := errors.Join(err, merr, os.WriteFile(name, out, 0o644)); err != nil {
		t.Fatal(err)
	}
	return name
}
