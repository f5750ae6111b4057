package main

import (
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestOverlay builds the command with the base of HEAD beside that of this tree:
// it lists the lane, and says of which commit it is.
func TestOverlay(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("js starts no processes")
	}
	t.Chdir("../..")
	commit, err := git("rev-parse", "--short=12", "HEAD")
	if err != nil {
		t.Skip("no git checkout: ", err)
	}
	var out strings.Builder
	if err := run([]string{"HEAD"}, filepath.Join(t.TempDir(), "previous"), &out); err != nil {
		t.Fatal(err)
	}
	flags, ok := strings.CutPrefix(strings.TrimSpace(out.String()), "GOFLAGS=")
	if !ok {
		t.Fatalf("got %q, want GOFLAGS=...", out.String())
	}
	list, err := exec.Command("go", "run", flags, "./cmd/stealbench", "list").CombinedOutput()
	if want := "the base as of commit " + commit; err != nil || !strings.Contains(string(list), want) {
		t.Errorf("%v: got %s, want a line with %q", err, list, want)
	}
}

func TestRefuses(t *testing.T) {
	if _, err := git("rev-parse", "HEAD"); err != nil {
		t.Skip("no git checkout: ", err)
	}
	for _, row := range []struct {
		args []string
		want string
	}{
		{nil, "want one commit"},
		{[]string{"HEAD", "HEAD"}, "want one commit"},
		{[]string{"no-such-branch"}, "no-such-branch: no such commit"},
		{[]string{"--all"}, "--all: no such commit"},
	} {
		if err := run(row.args, t.TempDir(), &strings.Builder{}); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%v: got %v, want %q", row.args, err, row.want)
		}
	}
}
