package harness

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"stealbench/internal/host"
	"stealbench/internal/recording"
)

// heard is what a run said of its cells.
type heard struct{ errs []error }

func (h *heard) Start(Status)                               {}
func (h *heard) Done(_ recording.Cell, err error, _ Status) { h.errs = append(h.errs, err) }
func (h *heard) End()                                       {}

// runScript runs a plan whose cells are a shell script, and is what it said and
// its recording.
func runScript(t *testing.T, plan Plan, script string) (*heard, *recording.Recording, error) {
	t.Helper()
	if runtime.GOOS == "js" {
		t.Skip("js starts no processes, so no cells")
	}
	dir := filepath.Join(t.TempDir(), "rec")
	w, err := recording.Create(dir, nil, plan.Variants, len(plan.Cells()))
	if err != nil {
		t.Fatal(err)
	}
	h := &heard{}
	r := Runner{Plan: plan, Command: func(int) []string { return []string{"sh", "-c", script} }, Out: w, Progress: h}
	runErr := r.Run(context.Background())
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	rec, err := recording.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return h, rec, runErr
}

// TestCellProcess: a cell's process has its pad, and its CPUs only.
func TestCellProcess(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("reads /proc")
	}
	plan := DefaultPlan()
	plan.Workloads, plan.Workers, plan.Processes, plan.Pin = []string{"fib"}, []int{1}, 2, true
	h, _, _ := runScript(t, plan, `echo "stealbench: pad ${#STEALBENCH_PAD} on $(sed -n 's/^Cpus_allowed_list:\t//p' /proc/self/status)" >&2; exit 1`)
	cpus, err := host.Local().PinCPUs(1)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range plan.Cells() {
		env := environment(CellSeed(plan.Seed, c))
		_, pad, _ := strings.Cut(env[len(env)-1], "=")
		if want := fmt.Sprintf("%v: pad %d on %s", c, len(pad), host.FormatCPUs(cpus)); h.errs[i].Error() != want {
			t.Errorf("got %q, want %q", h.errs[i], want)
		}
	}
}

// TestRunSaysWrongAnswers: such a cell is recorded, said, and the run fails at
// its end; one that was throttled is only said.
func TestRunSaysWrongAnswers(t *testing.T) {
	for unit, fails := range map[string]bool{recording.WrongAnswers: true, recording.ThrottledPeriods: false} {
		plan := DefaultPlan()
		plan.Variants, plan.Workloads, plan.Workers, plan.Processes = []string{"chaselev"}, []string{"fib"}, []int{1}, 2
		result, err := json.Marshal(CellResult{Blocks: map[string][]recording.Block{"chaselev": {{Slots: 1, Values: []recording.Value{
			{Unit: recording.NsPerTask, V: 1}, {Unit: recording.XBase, V: 1}, {Unit: recording.TasksPerOp, V: 1}, {Unit: unit, V: 3}}}}}})
		if err != nil {
			t.Fatal(err)
		}
		h, rec, runErr := runScript(t, plan, "echo '"+string(result)+"'")
		if !rec.Complete || rec.Done != 2 {
			t.Errorf("%s: %d cells, complete %v, want 2 complete", unit, rec.Done, rec.Complete)
		}
		for _, err := range h.errs {
			if f := (*Flagged)(nil); !errors.As(err, &f) || !strings.HasSuffix(err.Error(), ": "+unit) {
				t.Errorf("%s: the run says %v of a cell", unit, err)
			}
		}
		if (runErr != nil) != fails || fails && !strings.Contains(runErr.Error(), "2 cells gave wrong answers") {
			t.Errorf("%s: the run ends with %v", unit, runErr)
		}
		// Those of before an interruption count, and whatever else ends the run.
		w, err := recording.Create(filepath.Join(t.TempDir(), "rec"), nil, plan.Variants, 2)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		for _, row := range []struct {
			finished int
			deadline time.Time
			budget   bool
		}{{2, time.Time{}, false}, {1, time.Unix(1, 0), true}} {
			r := Runner{Plan: plan, Finished: rec.Cells[:row.finished], Out: w, Progress: &heard{}, Deadline: row.deadline}
			err := r.Run(context.Background())
			if errors.Is(err, ErrWrong) != fails || errors.Is(err, ErrBudget) != row.budget {
				t.Errorf("%s: %d cells of before: the run ends with %v", unit, row.finished, err)
			}
		}
	}
}
