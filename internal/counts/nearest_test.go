package counts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stealbench/internal/recording"
)

// TestNearest: by the time they were counted, before the recording or after it.
func TestNearest(t *testing.T) {
	dir := t.TempDir()
	c := &Count{Spec: Spec{Variant: "twin", Workload: "fib", Size: "small", Runs: 244}, Report: Report{Tasks: 3}, Locked: 1000}
	for name, date := range map[string]string{"a-counts": "2026-11-25T10:00:00Z", "b-counts": "2026-11-26T06:00:00Z", "c-counts": "2026-11-26T11:00:00Z"} {
		if err := Write(filepath.Join(dir, name), []recording.Key{{Name: "date", Value: date}}, []*Count{c}); err != nil {
			t.Fatal(err)
		}
	}
	at := func(date string) *recording.Recording {
		return &recording.Recording{Dir: filepath.Join(dir, "rec"), Keys: []recording.Key{{Name: "date", Value: date}}}
	}
	for _, tt := range []struct{ date, want string }{
		{"2026-11-26T05:32:46Z", "b-counts"}, {"2026-11-20T00:00:00Z", "a-counts"}, {"2026-12-26T00:00:00Z", "c-counts"}, {"n/a (ENOENT)", "a-counts"},
	} {
		f, err := Nearest(at(tt.date))
		if err != nil || filepath.Base(filepath.Dir(f.Path)) != tt.want {
			t.Errorf("%s: got %v, %v, want %s", tt.date, f, err, tt.want)
		}
	}
	burst := &Count{Spec: Spec{Variant: "twin", Workload: "burst_16", Size: "small", Runs: 244}, Report: Report{Tasks: 3}, Locked: 30}
	if f, err := NearestOf(at("2026-11-26T06:00:00Z"), "burst_16"); f != nil || err != nil {
		t.Errorf("nobody counted bursts: got %v, %v, want none", f, err)
	}
	if err := Write(filepath.Join(dir, Exact, "parks"), []recording.Key{{Name: "date", Value: "2026-11-20T00:00:00Z"}}, []*Count{burst}); err != nil {
		t.Fatal(err)
	}
	if f, err := NearestOf(at("2026-11-26T06:00:00Z"), "burst_16"); err != nil || f == nil || f.Find("burst_16", "twin") == nil {
		t.Errorf("got %v, %v, want the counts of bursts", f, err)
	}
	f, _ := Nearest(at(""))
	if l := f.Find("fib", "twin"); l == nil || l.Values[LockedPerTask] != c.PerTask(1000) || f.Find("fib", "x") != nil || f.Find("x", "twin") != nil {
		t.Errorf("got %v, want the one line", l)
	}
	if err := os.WriteFile(filepath.Join(dir, "b-counts", FileName), []byte("torn"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Nearest(at("")); err == nil || !strings.Contains(err.Error(), "b-counts") {
		t.Errorf("got %v, want an error that names the damaged counts", err)
	}
	for _, none := range []string{filepath.Join(t.TempDir(), "rec"), filepath.Join(dir, "gone", "rec")} {
		if f, err := Nearest(&recording.Recording{Dir: none}); f != nil || err != nil {
			t.Errorf("%s: got %v, %v, want none", none, f, err)
		}
	}
}
