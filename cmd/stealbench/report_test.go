package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReport writes the page of a recording, and none where something is missing.
func TestReport(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a whole recording")
	}
	page := filepath.Join(t.TempDir(), "new", "page.html")
	for _, tt := range []struct {
		name, dir, want string
		args            []string
	}{
		{"missing recording", top, "stealbench: results/nowhere: cannot open: ", []string{"results/2026-11-25-amd-epyc-2cpu-interval-2", "results/nowhere"}},
		{"not a recording", top, "stealbench: plots: no *.txt file: ", []string{"plots"}},
		{"elsewhere", t.TempDir(), "stealbench: paper.md: not here: run from the top of the repository", nil},
	} {
		_, errOut, status := stealbench(t, tt.dir, append([]string{"report", "-o", page}, tt.args...)...)
		if status != exitInput || !strings.HasPrefix(errOut, tt.want) || strings.Count(errOut, "\n") != 1 {
			t.Errorf("%s: got exit %d, %q; want %d and one line: %s", tt.name, status, errOut, exitInput, tt.want)
		}
		if _, err := os.Stat(page); err == nil {
			t.Errorf("%s: left a page", tt.name)
		}
	}
	const rec = "results/2026-11-25-amd-epyc-2cpu-interval-2"
	out, errOut, status := stealbench(t, top, "report", "-o", page, rec, rec+"/")
	if status != 0 || !strings.Contains(out, " 1 recordings, ") {
		t.Fatalf("got exit %d, %q, %q; want a page of one recording", status, out, errOut)
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "no difference larger than 1.22 % resolved") {
		t.Error("the page lacks what the recording gives, and the paper says")
	}
	// The page of all cited recordings has their data, 0.4 MB, besides.
	if len(text) > 4_000_000 {
		t.Errorf("the page has %d bytes, want at most 4 MB", len(text))
	}
}
