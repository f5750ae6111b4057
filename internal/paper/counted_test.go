package paper

import (
	"path/filepath"
	"strings"
	"testing"

	"stealbench/internal/counts"
	"stealbench/internal/recording"
)

// writeCount writes a folder of one count of fib: metrics and instructions a task.
func writeCount(t *testing.T, dir, date, variant string, metrics, instructions int64) {
	t.Helper()
	c := &counts.Count{Spec: counts.Spec{Variant: variant, Workload: "fib", Size: "small", Runs: 1}, Report: counts.Report{Tasks: 1},
		Locked: metrics, Instructions: instructions}
	c.Groups[counts.Metrics] = metrics
	if err := counts.Write(dir, []recording.Key{{Name: "date", Value: date}, {Name: "commit", Value: "abc"}}, []*counts.Count{c}); err != nil {
		t.Fatal(err)
	}
}

// TestExactTables: a folder of counts, and one of steps in the order of their dates.
func TestExactTables(t *testing.T) {
	root := t.TempDir()
	writeCount(t, filepath.Join(root, "results/steps/a-later"), "2026-01-02T00:00:00Z", "previous", 1, 90)
	writeCount(t, filepath.Join(root, "results/steps/before"), "2026-01-01T00:00:00Z", "previous", 3, 120)
	for _, row := range []struct{ marker, want string }{
		{"counted recording=results/steps/before", "| workload | previous |\n| --- | ---: |\n| fib | 3.00 |\n\nFrom `results/steps/before`, commit abc: "},
		{"steps recording=results/steps", "| base | fib | locked |\n| --- | ---: | ---: |\n| before | 120 | 3.00 |\n| a-later | 90.0 | 1.00 |\n\nFrom `results/steps`: "},
	} {
		name, _, _ := strings.Cut(row.marker, " ")
		out, err := Rewrite("x.md", []byte("<!-- begin:"+row.marker+" --><!-- end:"+name+" -->"), root)
		if err != nil || !strings.Contains(string(out), row.want) {
			t.Errorf("%s: got %v, %s, want %s", row.marker, err, out, row.want)
		}
	}
	for marker, want := range map[string]string{
		"counted":                              "want recording= and a folder",
		"counted recording=/etc":               "want recording= and a folder",
		"counted recording=results/none":       "name a folder that make counts has written",
		"steps recording=results/none":         "name a folder of folders of counts",
		"reproduced recording=results/none":    "name a folder that stealbench reproduce has written",
		"steps recording=results/steps/before": "name a folder of folders of counts",
	} {
		name, _, _ := strings.Cut(marker, " ")
		_, err := Rewrite("x.md", []byte("<!-- begin:"+marker+" --><!-- end:"+name+" -->"), root)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v, want one line: %s", marker, err, want)
		}
	}
}
