package host

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestPinned: a process that is started pinned may use that CPU only, and we
// may use all of ours again.
func TestPinned(t *testing.T) {
	before, err := Local().Affinity()
	if err != nil {
		t.Fatal(err)
	}
	last := before[len(before)-1]
	cmd := exec.Command("grep", "Cpus_allowed_list", "/proc/self/status")
	var out strings.Builder
	cmd.Stdout = &out
	if err := Pinned([]int{last}, cmd.Start); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if _, got, _ := strings.Cut(strings.TrimSpace(out.String()), ":\t"); got != formatList([]int{last}) {
		t.Errorf("the process may use CPUs %q, want %d", got, last)
	}
	threads, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Fatal(err)
	}
	for _, thread := range threads {
		text, err := os.ReadFile("/proc/self/task/" + thread.Name() + "/status")
		if err != nil {
			continue // ended
		}
		if !strings.Contains(string(text), "Cpus_allowed_list:\t"+formatList(before)+"\n") {
			t.Errorf("thread %s is not back on CPUs %s", thread.Name(), formatList(before))
		}
	}
	if err := Pinned([]int{last}, func() error { return os.ErrInvalid }); !errors.Is(err, os.ErrInvalid) {
		t.Errorf("a start that fails: got %v", err)
	}
	if err := Pinned([]int{maxCPUs - 1}, func() error { t.Error("started"); return nil }); err == nil {
		t.Error("pinned to a CPU that is not there")
	}
}
