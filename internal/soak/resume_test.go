package soak

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The tests here run a soak of two small sections in a process of its own.

const (
	helperLog  = "SOAK_HELPER_LOG"  // where the helper logs its rounds; empty: not the helper
	helperFail = "SOAK_HELPER_FAIL" // round of the second section that fails, if any
)

// TestHelper is the soak. Each round logs itself before it counts.
func TestHelper(t *testing.T) {
	path := os.Getenv(helperLog)
	if path == "" {
		t.Skip("only a part of the other tests")
	}
	log, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	section := func(name string) Section {
		return Section{Name: name, Full: FullTasks, Least: 1, Most: 10, Counts: []string{"done", "failed"},
			Round: func(t *testing.T, r Round) []int64 {
				time.Sleep(time.Millisecond)
				if _, err := fmt.Fprintf(log, "%s %d\n", name, r.Index); err != nil {
					t.Fatal(err)
				}
				if name == "second" && os.Getenv(helperFail) == strconv.Itoa(r.Index) {
					t.Error("seeded")
					return []int64{int64(r.N), 1}
				}
				return []int64{int64(r.N), 0}
			}}
	}
	Run(t, "toy", false, []Section{section("first"), section("second")})
}

const helperTasks = 100 // so 50 rounds of each section

// helper is the soak's process, and the files it keeps.
type helper struct{ state, log string }

func newHelper(t *testing.T) helper {
	t.Helper()
	if runtime.GOOS == "js" {
		t.Skip("no processes on js")
	}
	dir := t.TempDir()
	return helper{filepath.Join(dir, "state"), filepath.Join(dir, "log")}
}

func (h helper) command(t *testing.T, env ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // a soak that never ends
	t.Cleanup(cancel)
	c := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestHelper$", "-soak.tasks="+strconv.Itoa(helperTasks), "-soak.state="+h.state)
	c.Env = append(append(os.Environ(), helperLog+"="+h.log), env...)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	return c, &out
}

// checkLog checks that no round was skipped, and that one was done twice only
// where a process ended in between; there were so many ends.
func (h helper) checkLog(t *testing.T, ends int) {
	t.Helper()
	data, err := os.ReadFile(h.log)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, name := range []string{"first", "second"} {
		for i := range helperTasks / 2 {
			want = append(want, fmt.Sprint(name, " ", i))
		}
	}
	repeated, next := 0, 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case next < len(want) && line == want[next]:
			next++
		case next > 0 && line == want[next-1]:
			repeated++
		default:
			t.Fatalf("got round %q after %d rounds, want the next one or the last one again", line, next)
		}
	}
	if next != len(want) || repeated > ends {
		t.Errorf("got %d of %d rounds, %d repeated in %d processes", next, len(want), repeated, ends+1)
	}
	t.Logf("%d processes ended early, %d rounds had to be repeated", ends, repeated)
}

// checkDone checks that the soak counted every round once.
func checkDone(t *testing.T, out string) {
	t.Helper()
	want := regexp.MustCompile(`(?m)^soak toy: 100 first \(100 done, 0 failed\); 100 second \(100 done, 0 failed\); (\d+ rounds cut short by a kill or a crash and done again; )?\d+ s$`)
	if !want.MatchString(out) {
		t.Errorf("got %q, want a line like %v", out, want)
	}
}

// TestKill kills the soak again and again, until one comes to its end.
func TestKill(t *testing.T) {
	h := newHelper(t)
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	for kills := 0; ; kills++ {
		c, out := h.command(t)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(random.IntN(50+kills))*time.Millisecond, func() { _ = c.Process.Kill() })
		err := c.Wait()
		timer.Stop()
		if err == nil {
			checkDone(t, out.String())
			h.checkLog(t, kills)
			if kills == 0 {
				t.Error("got to the end at once, want some kills")
			}
			break
		}
		if status, ok := c.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Signaled() {
			t.Fatalf("seed %d, kill %d: got %v: %s, want it killed", seed, kills, err, out)
		}
	}
	c, out := h.command(t) // a soak that is done says so again
	if err := c.Run(); err != nil {
		t.Errorf("once more: got %v: %s", err, out)
	}
	checkDone(t, out.String())
}

// TestInterrupt ends the soak by signals, which keep the state and say so.
func TestInterrupt(t *testing.T) {
	h := newHelper(t)
	for _, row := range []struct {
		signal syscall.Signal
		status int
	}{{syscall.SIGINT, exitInterrupted}, {syscall.SIGTERM, exitTerminated}} {
		before, _ := os.ReadFile(h.log)
		c, out := h.command(t)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		for { // until it is at work
			if now, _ := os.ReadFile(h.log); len(now) > len(before) {
				break
			}
			time.Sleep(time.Millisecond)
		}
		if err := c.Process.Signal(row.signal); err != nil {
			t.Fatal(err)
		}
		err := c.Wait()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != row.status || !strings.Contains(out.String(), "the same command goes on from "+h.state) {
			t.Errorf("%v: got %v: %q, want status %d and a word on how to go on", row.signal, err, out, row.status)
		}
	}
	c, out := h.command(t)
	if err := c.Run(); err != nil {
		t.Fatalf("the rest: got %v: %s", err, out)
	}
	checkDone(t, out.String())
	h.checkLog(t, 0) // an interrupted soak ends between two rounds
}

// TestFail has a round fail: the soak ends, says what it found, and does not go on
// as if nothing had been.
func TestFail(t *testing.T) {
	h := newHelper(t)
	c, out := h.command(t, helperFail+"=7")
	var exit *exec.ExitError
	if err := c.Run(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("got %v: %s, want status 1", err, out)
	}
	for _, want := range []string{
		"soak toy: FAILED: 100 first (100 done, 0 failed); 14 second (16 done, 1 failed)",
		"in second of toy, round 7 of seed 1",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("got %q, want %q in it", out, want)
		}
	}
	c, out = h.command(t)
	if err := c.Run(); !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(out.String(), "it failed in second of toy, round 7 of seed 1") {
		t.Errorf("the same command again: got %v: %s, want status 1 and the round that failed", err, out)
	}
}

// TestRefused has the soak begin with a state that is damaged or another one's:
// one line says so, and the file stays.
func TestRefused(t *testing.T) {
	h := newHelper(t)
	other := newState("toy", "another", helperTasks, 1, nil)
	for _, row := range []struct {
		name string
		data []byte
		want string
	}{
		{"cut", oneState().encode()[:50], "it is damaged"},
		{"empty", nil, "it is damaged"},
		{"another variant's", oneState().encode(), "its variant is chaselev, this one's toy"},
		{"another build's", other.encode(), "its build is another"},
	} {
		if err := os.WriteFile(h.state, row.data, 0o644); err != nil {
			t.Fatal(err)
		}
		c, out := h.command(t)
		var exit *exec.ExitError
		err := c.Run()
		got := out.String()
		if !errors.As(err, &exit) || exit.ExitCode() != 1 || strings.Count(got, "\n") != 1 ||
			!strings.Contains(got, row.want) || !strings.Contains(got, h.state) || !strings.Contains(got, "remove it") {
			t.Errorf("%s: got %v: %q, want status 1 and one line with the file, %q and the remedy", row.name, err, got, row.want)
		}
		if data, err := os.ReadFile(h.state); err != nil || !bytes.Equal(data, row.data) {
			t.Errorf("%s: the file changed: got %q, %v", row.name, data, err)
		}
	}
	if data, err := os.ReadFile(h.log); err != nil || len(data) > 0 {
		t.Errorf("got rounds %q, %v, want none done", data, err)
	}
}
