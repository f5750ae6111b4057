//go:build unix

package recording_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"stealbench/internal/recording"
)

// TestDiskErrors makes each step of a sweep fail, once and from there on: it
// ends, says so in one line, and what it had recorded is there byte by byte.
func TestDiskErrors(t *testing.T) {
	whole := newSweeper(t)
	total := whole.steps()
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	failures := 0
	for _, errno := range []syscall.Errno{syscall.ENOSPC, syscall.EIO, syscall.EROFS, syscall.EMFILE} {
		for at := 1; at <= total; at++ {
			if all := *full && errno == syscall.ENOSPC; !all && random.IntN(total/4) != 0 {
				continue // the code is the same for all of them
			}
			for _, forever := range []string{"", "+"} {
				s := newSweeper(t)
				state := s.run(0, fmt.Sprintf("%s=%d%s %d", sweepFail, at, forever, int(errno)))
				if state.ExitCode() != 1 || s.count("error: ") != 1 || !strings.Contains(strings.Join(s.lasts, "\n"), errno.Error()) {
					t.Fatalf("%v at step %d%s: %v, %q, want exit 1 and the reason", errno, at, forever, state, s.lasts)
				}
				failures++
				s.check()
				s.checkPrefix(whole, forever != "")
				s.finish()
			}
		}
	}
	t.Logf("%d failures at %d steps; seed %d", failures, total, seed)
}

// checkPrefix checks that every file is the beginning of one that whole has, by
// bytes; torn says that a half record may be there too.
func (s *sweeper) checkPrefix(whole *sweeper, torn bool) {
	s.t.Helper()
	if !s.began() {
		return
	}
	if !torn {
		if _, err := recording.Read(s.dir); err != nil && !strings.Contains(err.Error(), "is not there") {
			s.t.Fatalf("the torn tail was not taken back: %v", err)
		}
	}
	for _, v := range sweepVariants {
		got, err := os.ReadFile(filepath.Join(s.dir, v+".txt"))
		if os.IsNotExist(err) && len(s.acked) == 0 {
			continue
		}
		want, err2 := os.ReadFile(filepath.Join(whole.dir, v+".txt"))
		if err != nil || err2 != nil {
			s.t.Fatal(err, err2)
		}
		if !strings.HasPrefix(string(want), string(got)) {
			s.t.Fatalf("%s.txt is not the beginning of what was to be written", v)
		}
	}
}

// TestInterruptedWrite interrupts a sweep at steps on its disk, as SIGINT does:
// the record is written to its end, and no more.
func TestInterruptedWrite(t *testing.T) {
	whole := newSweeper(t)
	total := whole.steps()
	for at := 20; at < total-20; at += total / 9 {
		s := newSweeper(t)
		if state := s.run(0, sweepCancel+"="+strconv.Itoa(at)); state.ExitCode() != 1 || s.count("error: context canceled") != 1 {
			t.Fatalf("step %d: %v, %q", at, state, s.lasts)
		}
		if rec, err := recording.Read(s.dir); err != nil || rec.Dropped != 0 || rec.Done != len(s.acked) {
			t.Fatalf("step %d: %v, want whole cells, the %d acknowledged", at, err, len(s.acked))
		}
		s.checkPrefix(whole, false)
		s.finish()
	}
}

// TestTooFewFiles gives a sweep too few open files, for its own and for those of
// its cells.
func TestTooFewFiles(t *testing.T) {
	refused, ran := 0, false
	for files := 4; files < 40 && !ran; files++ {
		s := newSweeper(t)
		state := s.run(0, sweepFiles+"="+strconv.Itoa(files))
		said := strings.Join(s.lasts, "\n")
		switch {
		case state.Success():
			ran = true
		case state.ExitCode() == 2 && strings.Contains(said, " failed with 24"): // Go itself can't
		case state.ExitCode() != 1 || !strings.Contains(said, syscall.EMFILE.Error()):
			t.Fatalf("%d files: %v, %.2000s, want exit 1 and %v", files, state, said, syscall.EMFILE)
		default:
			refused++
		}
		s.check()
		s.finish()
	}
	if refused < 3 || !ran {
		t.Errorf("%d limits were too small, the last was enough: %v", refused, ran)
	}
}

// TestFullDisk records on a disk that is full, and then has room, and on one that
// is read-only.
func TestFullDisk(t *testing.T) {
	s := newSweeper(t)
	top := t.TempDir()
	mount := func(options string) error {
		out, err := exec.Command("mount", "-t", "tmpfs", "-o", options, "tmpfs", top).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	}
	if err := mount("size=32k"); err != nil {
		t.Skip("no right to mount a small disk:", err)
	}
	defer func() {
		if out, err := exec.Command("umount", top).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	}()
	s.dir = filepath.Join(top, "rec")
	refused := func(want syscall.Errno) {
		t.Helper()
		before := s.check()
		if state := s.run(0); state.ExitCode() != 1 || !strings.Contains(strings.Join(s.lasts, "\n"), want.Error()) {
			t.Fatalf("%v, %q, want exit 1 and %v", state, s.lasts, want)
		}
		if got := s.check(); got < before {
			t.Fatalf("%d cells, before %d", got, before)
		}
	}
	s.result = filepath.Join(t.TempDir(), "result")
	refused(syscall.ENOSPC)
	if len(s.acked) == 0 || len(s.acked) == len(sweepPlanCells()) {
		t.Fatalf("%d cells on a small disk: it shows nothing", len(s.acked))
	}
	refused(syscall.ENOSPC) // still full
	if err := mount("remount,ro"); err != nil {
		t.Fatal(err)
	}
	refused(syscall.EROFS)
	if err := mount("remount,rw,size=1m"); err != nil {
		t.Fatal(err)
	}
	s.finish()
}

// limitFiles lets this process have n files open.
func limitFiles(t *testing.T, n int) {
	t.Helper()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	limit.Cur = uint64(n)
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
}
