package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stealbench/harness"
	"stealbench/internal/calibration"
	"stealbench/internal/recording"
)

// TestAA: a tiny run gives a recording and its table, which can be written
// again; too few comparisons are no pass. No number of it means anything.
func TestAA(t *testing.T) {
	dir := t.TempDir()
	out, errOut, status := stealbench(t, dir, "aa", "--workloads", "fib,empty", "--workers", "1", "--size", "small",
		"--comparisons", "3", "--cells", "6", "--layouts", "0", "--cell-time", "10ms", "--slot-time", "10us")
	if status != exitInconclusive && status != exitFailed {
		t.Fatalf("exit %d, want no pass of 3 comparisons: %s%s", status, out, errOut)
	}
	folder, table, _ := strings.Cut(out, "\n")
	if !strings.HasPrefix(folder, calibrationDir) || !strings.Contains(table, "\n3 comparisons of 6 cells of 10ms each") || !strings.Contains(errOut, "left") {
		t.Errorf("got %q in %q, progress %q", table, folder, errOut)
	}
	rec, err := recording.Read(filepath.Join(dir, folder))
	if err != nil || rec.Done != 24 || rec.Key("comparisons") == "" {
		t.Fatalf("%d cells, %v, want 24 with the key comparisons", rec.Done, err)
	}
	kept, err := os.ReadFile(filepath.Join(dir, folder, calibration.Table))
	if err != nil || string(kept) != table {
		t.Errorf("%v, kept\n%s\nprinted\n%s", err, kept, table)
	}
	again, _, status2 := stealbench(t, dir, "aa", folder)
	if again != table || status2 != status {
		t.Errorf("again: exit %d, want %d, and\n%s\nwant\n%s", status2, status, again, table)
	}
	// It is no recording for compare to choose.
	if _, errOut, status := stealbench(t, dir, "compare"); status != exitInput || !strings.Contains(errOut, "no recordings here") {
		t.Errorf("compare: exit %d, %s", status, errOut)
	}
}

// TestPower: a tiny run of both ways, from the source tree.
func TestPower(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a test binary")
	}
	dir := filepath.Join(t.TempDir(), "p")
	out, errOut, status := stealbench(t, top, "power", "--trials", "2", "--cells", "2", "--trial-time", "10ms", "--workers", "1",
		"--size", "small", "--layouts", "0", "--slot-time", "10us", "-o", dir)
	if status != 0 {
		t.Fatalf("exit %d, %s%s", status, out, errOut)
	}
	for _, i := range harness.Injections {
		if !strings.Contains(out, fmt.Sprintf("\n| %v %% | ", i.Percent)) {
			t.Errorf("no row of %v %% in\n%s", i.Percent, out)
		}
		if rec, err := recording.Read(filepath.Join(dir, i.Name)); err != nil || rec.Done != 2 {
			t.Errorf("%s: %v", i.Name, err)
		}
	}
	if again, errOut, status := stealbench(t, top, "power", dir); status != 0 || again != out {
		t.Errorf("again: exit %d, %s, got\n%s\nwant\n%s", status, errOut, again, out)
	}
	if _, errOut, status := stealbench(t, top, "power", "--trials", "2", "-o", dir); status != exitInput || !strings.Contains(errOut, "never overwritten") {
		t.Errorf("into the same folder: exit %d, %s", status, errOut)
	}
}

// memory is a file that a test looks into.
type memory struct {
	bytes.Buffer
	synced int // bytes
}

func (m *memory) Sync() error { m.synced = m.Len(); return nil }

// TestSequential: the base, then the other, trial by trial, with the time left by
// a clock of ours; what ends it leaves whole processes.
func TestSequential(t *testing.T) {
	plan := harness.DefaultPlan()
	plan.Workloads, plan.Workers, plan.CellTime = []string{"fib"}, []int{1, 2}, time.Second
	clock := time.Unix(0, 0)
	var ran []string
	stop := 0 // the process that fails
	s := sequential{plan: plan, trials: 2, now: func() time.Time { return clock },
		run: func(_ context.Context, spec harness.BenchSpec, benchTime time.Duration) (string, error) {
			ran = append(ran, fmt.Sprintf("%s %d %v %v", spec.Workload, spec.Workers, spec.Percent, benchTime))
			if clock = clock.Add(10 * time.Second); len(ran) == stop {
				return "", errors.New("it fell over")
			}
			return "BenchmarkSequential-2 100 5 ns/op\n", nil
		}}
	var errOut bytes.Buffer
	out := &memory{}
	s.out, s.errOut = out, &errOut
	if err := s.effect(context.Background(), harness.Injection{Name: "plus1", Percent: 1}); err != nil {
		t.Fatal(err)
	}
	if want := "fib 1 0 50ms,fib 1 1 50ms,fib 2 0 50ms,fib 2 1 50ms"; strings.Join(ran, ",") != want+","+want {
		t.Errorf("ran %v, want twice %s", ran, want)
	}
	want := "plus1: 1 of 4 sequential trials, about 1m0s left\nplus1: 2 of 4 sequential trials, about 40s left\n" +
		"plus1: 3 of 4 sequential trials, about 20s left\nplus1: 4 of 4 sequential trials, about 0s left\n"
	if errOut.String() != want {
		t.Errorf("got\n%swant\n%s", errOut.String(), want)
	}
	if n := strings.Count(out.String(), "wall: 10.000 s\nBenchmark"); n != 8 || out.synced != out.Len() {
		t.Errorf("%d processes of 10 s, %d of %d bytes synced:\n%s", n, out.synced, out.Len(), out)
	}
	*out, ran, stop = memory{}, nil, 3
	err := s.effect(context.Background(), harness.Injection{Name: "plus1", Percent: 1})
	if exitStatus(err, exitInterrupted) != exitFailed || strings.Count(out.String(), "\nBenchmark") != 2 {
		t.Errorf("the third process fails: %v, kept\n%s", err, out)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.effect(ctx, harness.Injection{Name: "plus1", Percent: 1}); exitStatus(err, exitInterrupted) != exitInterrupted {
		t.Errorf("interrupted: got %v", err)
	}
}
