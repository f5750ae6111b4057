package harness

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestSameSource: a layout of another commit is refused; a binary that says
// nothing of its commit is not.
func TestSameSource(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("js starts no processes")
	}
	dir := t.TempDir()
	do := func(name string, args ...string) {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Skipf("%s %v: %v: %s", name, args, err, out)
		}
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module example\n\ngo 1.26.0\n")
	write("main.go", "package main\n\nfunc main() {}\n")
	commit := []string{"-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "x", "--allow-empty"}
	do("git", "init", "-q")
	do("git", "add", "go.mod", "main.go")
	do("git", commit...)
	do("go", "build", "-buildvcs=true", "-o", "one")
	do("go", "build", "-buildvcs=true", "-ldflags=-randlayout=1", "-o", "layout")
	do("go", "build", "-buildvcs=false", "-o", "silent")
	do("git", commit...)
	do("git", append(commit, "--amend", "--date=2001-01-01T00:00:00Z")...)
	do("go", "build", "-buildvcs=true", "-o", "two")
	path := func(name string) string { return filepath.Join(dir, name) }
	for _, row := range []struct {
		a, b string
		want string
	}{{"one", "layout", ""}, {"one", "silent", ""}, {"one", "two", "make build"}, {"one", "main.go", "main.go"}} {
		err := sameSource(path(row.a), path(row.b))
		if got := ""; err != nil || row.want != "" {
			if err != nil {
				got = err.Error()
			}
			if row.want == "" || !strings.Contains(got, row.want) {
				t.Errorf("%s and %s: got %q, want %q", row.a, row.b, got, row.want)
			}
		}
	}
}
