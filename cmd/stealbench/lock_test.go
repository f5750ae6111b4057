package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestLock: a second run into a folder names the first and does nothing; once
// that is gone, however it went, another may.
func TestLock(t *testing.T) {
	dir := t.TempDir()
	first := command(t, dir, append(tiny, "--processes", "500")...)
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Process.Kill() }()
	lock := filepath.Join(dir, "results", machineLock())
	await(t, lock)
	want := regexp.MustCompile(fmt.Sprintf(
		`^stealbench: results: another run measures here: pid %d, "stealbench run .*", since \d{4}-.*Z: wait for it or stop it\n$`, first.Process.Pid))
	for _, args := range [][]string{tiny, append(tiny, "-o", "results/mine"), {"run", "--resume", "results/mine"}} {
		out, errOut, status := stealbench(t, dir, args...)
		if status != exitFailed || out != "" || !want.MatchString(errOut) {
			t.Errorf("%v: exit %d, got %q%q, want one line that names the holder", args, status, out, errOut)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "results", "mine")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the refused run made its folder: %v", err)
	}
	if _, errOut, status := stealbench(t, dir, append(tiny, "-o", "elsewhere/rec")...); status != 0 {
		t.Errorf("into another folder: exit %d, %s", status, errOut)
	}
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait() // killed
	if _, err := os.Stat(lock); err != nil {
		t.Fatalf("a killed run leaves its lock: %v", err)
	}
	if _, errOut, status := stealbench(t, dir, tiny...); status != 0 {
		t.Errorf("after the first was killed: exit %d, %s", status, errOut)
	}
	if _, err := os.Stat(lock); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a run that ended leaves its lock: %v", err)
	}
}

// await waits until there is a file.
func await(t *testing.T, path string) {
	t.Helper()
	for range 1000 {
		if info, err := os.Stat(path); err == nil && info.Size() > 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s: not there after 10 s", path)
}

// TestLockExcludes: of many that take and give back a lock, one has it at a time,
// although the file comes and goes.
func TestLockExcludes(t *testing.T) {
	dir := t.TempDir()
	var holders, taken, most int
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				unlock, err := lockFolder(dir, machineLock(), "test", time.Now())
				if err != nil {
					if !strings.Contains(err.Error(), "another run measures here") {
						t.Error(err)
					}
					continue
				}
				mu.Lock()
				holders++
				taken++
				most = max(most, holders)
				mu.Unlock()
				time.Sleep(100 * time.Microsecond)
				mu.Lock()
				holders--
				mu.Unlock()
				unlock()
			}
		})
	}
	wg.Wait()
	if most != 1 || taken < 2 {
		t.Errorf("%d had the lock at once, %d in all", most, taken)
	}
}

// TestStaleLock: the file of a dead process does not block, whatever it says.
func TestStaleLock(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, machineLock()), []byte("pid 1, \"stealbench run\", since 2026-01-01T00:00:00Z\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	unlock, err := lockFolder(dir, machineLock(), "test", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if got := holder(filepath.Join(dir, machineLock())); !strings.HasPrefix(got, fmt.Sprintf("pid %d, ", os.Getpid())) {
		t.Errorf("got %q, want this process", got)
	}
	unlock()
}

// TestInterruptLayouts: a run that is interrupted while it links leaves no
// recording and no lock.
func TestInterruptLayouts(t *testing.T) {
	abs, err := filepath.Abs(top)
	if err != nil {
		t.Fatal(err)
	}
	for sig, want := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "go.work"), []byte("go 1.26.0\nuse "+abs+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := command(t, dir, append(tiny, "--layouts", "100")...)
		errOut, err := cmd.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		said := make([]byte, 100)
		n, _ := errOut.Read(said) // the first layout is built, or why not
		if err := cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		rest, _ := io.ReadAll(errOut)
		_ = cmd.Wait() // the status is looked at below
		if got := cmd.ProcessState.ExitCode(); got != want || !strings.HasPrefix(string(said[:n]), "linker layout 1 of 100 built") ||
			!strings.Contains(string(rest), "stealbench: interrupted before the first cell") {
			t.Errorf("%v: exit %d, want %d: %s%s", sig, got, want, said[:n], rest)
		}
		entries, err := os.ReadDir(filepath.Join(dir, "results"))
		if err != nil || len(entries) > 0 {
			t.Errorf("%v: left %v, %v", sig, entries, err)
		}
	}
}
