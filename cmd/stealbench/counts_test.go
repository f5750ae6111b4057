package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stealbench/internal/counts"
)

// TestCountsAreNoRecording: what takes the newest recording passes over folders of
// counts, and counts over recordings.
func TestCountsAreNoRecording(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, dir := range []string{"2026-01-01-host", "2026-01-02-host-counts", "2026-01-02-host", "2026-01-03-host-counts", "2026-01-04-host-counts"} {
		if err := os.MkdirAll(filepath.Join(resultsDir, dir), 0o755); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(dir, countsSuffix) {
			if err := counts.Write(filepath.Join(resultsDir, dir), nil, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got, err := latest(); err != nil || got != filepath.Join(resultsDir, "2026-01-02-host") {
		t.Errorf("recording: got %s, %v", got, err)
	}
	if got, err := newest(counts.IsFolder); err != nil || got != filepath.Join(resultsDir, "2026-01-04-host-counts") {
		t.Errorf("counts: got %s, %v", got, err)
	}
}

// TestCountsSayWhatIsMissing: without valgrind one line names the package.
func TestCountsSayWhatIsMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	dir := t.TempDir()
	out, errOut, status := stealbench(t, dir, "counts", "--record")
	if status != exitFailed || out != "" || strings.Count(errOut, "\n") != 1 ||
		!strings.Contains(errOut, "apt-get install valgrind") && !strings.Contains(errOut, "linux/amd64") {
		t.Errorf("exit %d, got %q and %q, want one line that names the package", status, out, errOut)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("left %v, %v", entries, err)
	}
}

// TestNewestOfADay: of one day that which began last, whatever its name; of another day the
// later; of those that do not say it the longest name.
func TestNewestOfADay(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, row := range []struct{ dir, date, want string }{
		{"2026-01-02-host-interval", "2026-01-02T08:00:00Z", "2026-01-02-host-interval"},
		{"2026-01-02-host", "2026-01-02T09:00:00Z", "2026-01-02-host"},
		{"2026-01-02-host-E1", "2026-01-02T07:00:00Z", "2026-01-02-host"},
		{"2026-01-01-host", "2026-01-03T07:00:00Z", "2026-01-02-host"},
		{"2026-01-04-host", "", "2026-01-04-host"},
		{"2026-01-04-host-2", "", "2026-01-04-host-2"},
		{"2026-01-04-host-10", "", "2026-01-04-host-10"},
	} {
		dir := filepath.Join(resultsDir, row.dir)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "chaselev.txt"), []byte("# head\ndate: "+row.date+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		if got, err := latest(); err != nil || got != filepath.Join(resultsDir, row.want) {
			t.Errorf("with %s: got %s, %v, want %s", row.dir, got, err, row.want)
		}
	}
}
