//go:build unix

package recording_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/perf/benchfmt"

	"stealbench/harness"
	"stealbench/internal/recording"
)

// The tests here run a sweep of 40 cells in a process of its own, kill it, and
// go on with what it leaves. The cells are fake: cat of a result. What a sweep
// says on its standard output is its acknowledgement.

var full = flag.Bool("full", false, "kill sweeps at every write and at 500 random moments, not at some")

const (
	sweepDir    = "SWEEP_DIR"    // of the recording; empty: this process is no sweep
	sweepResult = "SWEEP_RESULT" // file with a cell's result
	sweepKill   = "SWEEP_KILL"   // which of its steps on the disk it does not live to do; empty: none
	sweepHalf   = "SWEEP_HALF"   // not empty: of that step, if it writes, it does one half
	sweepFail   = "SWEEP_FAIL"   // which of its steps fails, and how: "7 28"; "7+ 28" for those after it too
	sweepCancel = "SWEEP_CANCEL" // at which of its steps it is interrupted
	sweepFiles  = "SWEEP_FILES"  // how many files it may have open
)

var sweepVariants = []string{"chaselev", "twin", "nometrics"}

func sweepPlan() harness.Plan {
	p := harness.DefaultPlan()
	p.Variants, p.Workloads, p.Workers = sweepVariants, []string{"fib", "empty"}, []int{1, 2}
	p.Processes, p.Layouts, p.Size = 10, 5, "small"
	return p
}

// steps counts what a sweep does to its disk, and ends it at one of the steps.
type steps struct {
	recording.Disk
	count, kill, fail, cancel int
	errno                     syscall.Errno
	half, forever             bool
	interrupt                 func()
}

func (s *steps) step() error {
	s.count++
	if s.count == s.kill && !s.half {
		end()
	}
	if s.count == s.cancel {
		s.interrupt()
	}
	if s.count == s.fail || s.forever && s.count > s.fail {
		return s.errno
	}
	return nil
}

// end is kill -9 of this process.
func end() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

func (s *steps) OpenFile(name string, flag int) (recording.OutHandle, error) {
	if err := s.step(); err != nil {
		return nil, err
	}
	f, err := s.Disk.OpenFile(name, flag)
	return &stepFile{f, s}, err
}

func (s *steps) Rename(old, new string) error {
	if err := s.step(); err != nil {
		return err
	}
	return s.Disk.Rename(old, new)
}

func (s *steps) Sync() error {
	if err := s.step(); err != nil {
		return err
	}
	return s.Disk.Sync()
}

type stepFile struct {
	recording.OutHandle
	s *steps
}

func (f *stepFile) Write(p []byte) (int, error) {
	if err := f.s.step(); err != nil {
		n, _ := f.OutHandle.Write(p[:len(p)/2])
		return n, err
	}
	if f.s.count == f.s.kill {
		_, _ = f.OutHandle.Write(p[:len(p)/2])
		end()
	}
	return f.OutHandle.Write(p)
}

func (f *stepFile) Sync() error {
	if err := f.s.step(); err != nil {
		return err
	}
	return f.OutHandle.Sync()
}

func (f *stepFile) Truncate(n int64) error {
	if err := f.s.step(); err != nil {
		return err
	}
	return f.OutHandle.Truncate(n)
}

// says is a progress that acknowledges cells.
type says struct{}

func (says) Start(harness.Status) {}
func (says) Done(c recording.Cell, err error, _ harness.Status) {
	if err != nil {
		fmt.Println("failed:", err)
		return
	}
	fmt.Println("done:", c)
}
func (says) End() {}

// TestSweep is the sweep: it begins a recording, or goes on with one.
func TestSweep(t *testing.T) {
	dir := os.Getenv(sweepDir)
	if dir == "" {
		t.Skip("only a part of the other tests")
	}
	if n, err := strconv.Atoi(os.Getenv(sweepFiles)); err == nil {
		limitFiles(t, n)
	}
	s := &steps{half: os.Getenv(sweepHalf) != ""}
	s.kill, _ = strconv.Atoi(os.Getenv(sweepKill))
	s.cancel, _ = strconv.Atoi(os.Getenv(sweepCancel))
	ctx, cancel := context.WithCancel(context.Background())
	s.interrupt = cancel
	if at, no, ok := strings.Cut(os.Getenv(sweepFail), " "); ok {
		s.fail, _ = strconv.Atoi(strings.TrimSuffix(at, "+"))
		s.forever = strings.HasSuffix(at, "+")
		n, _ := strconv.Atoi(no)
		s.errno = syscall.Errno(n)
	}
	recording.Wrap(func(d recording.Disk) recording.Disk { s.Disk = d; return s })
	if err := sweep(ctx, dir); err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	fmt.Println("steps:", s.count)
	os.Exit(0)
}

func sweep(ctx context.Context, dir string) error {
	plan := sweepPlan()
	var out *recording.Writer
	var finished []recording.CellData
	have, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return err
	}
	if len(have) == 0 {
		keys := sweepKeys(plan)
		if out, err = recording.Create(dir, keys, plan.Variants, len(plan.Cells()), harness.Units...); err != nil {
			return err
		}
	} else {
		rec, err := recording.ReadInterrupted(dir)
		if err != nil || rec.Complete {
			return err
		}
		if plan, err = harness.PlanOf(rec.Recording); err != nil {
			return err
		}
		finished = rec.Cells
		if out, err = rec.Resume(time.Unix(0, 0)); err != nil {
			return err
		}
	}
	defer out.Close()
	r := harness.Runner{Plan: plan, Out: out, Finished: finished, Progress: says{},
		Command: func(int) []string { fmt.Println("begin"); return []string{"cat", os.Getenv(sweepResult)} }}
	return r.Run(ctx)
}

func sweepKeys(p harness.Plan) []recording.Key {
	var keys []recording.Key
	for _, k := range [][2]string{{"workloads", "fib empty"}, {"workers", "1 2"}, {"size", p.Size}, {"processes", "10"},
		{"layouts", "1-5"}, {"cell-time", p.CellTime.String()}, {"slot-time", p.SlotTime.String()}, {"seed", "1"}} {
		keys = append(keys, recording.Key{Name: k[0], Value: k[1]})
	}
	return keys
}

// sweeper runs sweeps into one recording and remembers what they said.
type sweeper struct {
	t      *testing.T
	dir    string
	result string                 // file of what a cell answers
	round  int                    // sweeps so far
	acked  map[recording.Cell]int // by cell, the round that acknowledged it
	lasts  []string               // what the last sweep said
}

func newSweeper(t *testing.T) *sweeper {
	t.Helper()
	top := t.TempDir()
	if _, err := os.Stat("/dev/shm"); err == nil { // what a kill leaves does not depend on the disk
		if top, err = os.MkdirTemp("/dev/shm", "sweep"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.RemoveAll(top) })
	}
	return &sweeper{t: t, dir: filepath.Join(top, "rec"), result: filepath.Join(top, "result"), acked: map[recording.Cell]int{}}
}

// run runs one sweep; after is when it is killed, 0 for never. It returns how it
// ended.
func (s *sweeper) run(after time.Duration, env ...string) *os.ProcessState {
	s.t.Helper()
	s.round++
	s.writeResult()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute) // hung
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestSweep$")
	cmd.Env = append(append(os.Environ(), sweepDir+"="+s.dir, sweepResult+"="+s.result), env...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	switch err := cmd.Start(); {
	case errors.Is(err, syscall.ENOEXEC):
		s.t.Skip("emulated: the host does not start programs of this architecture")
	case err != nil:
		s.t.Fatal(err)
	}
	if after > 0 {
		timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
	}
	_ = cmd.Wait() // the state says how
	if ctx.Err() != nil {
		s.t.Fatalf("a sweep hung: %s", out.String())
	}
	s.lasts = strings.Split(out.String(), "\n")
	byName := map[string]recording.Cell{}
	for _, c := range sweepPlanCells() {
		byName[c.String()] = c
	}
	for _, line := range s.lasts {
		name, ok := strings.CutPrefix(line, "done: ")
		c, known := byName[name]
		if !ok || !known { // a torn last line is no acknowledgement
			continue
		}
		if round, twice := s.acked[c]; twice {
			s.t.Fatalf("cell %v was acknowledged in sweep %d and again in sweep %d", c, round, s.round)
		}
		s.acked[c] = s.round
	}
	return cmd.ProcessState
}

func sweepPlanCells() []recording.Cell {
	p := sweepPlan()
	return p.Cells()
}

// writeResult is what a cell answers in this round.
func (s *sweeper) writeResult() {
	result := harness.CellResult{Blocks: map[string][]recording.Block{}}
	for _, v := range sweepVariants {
		result.Blocks[v] = []recording.Block{s.block(s.round), s.block(s.round)}
	}
	text, err := json.Marshal(result)
	if err == nil {
		err = os.WriteFile(s.result, text, 0o644)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *sweeper) block(round int) recording.Block {
	return recording.Block{Slots: 3, Values: []recording.Value{
		{Unit: recording.NsPerTask, V: 100 + float64(round)}, {Unit: recording.XBase, V: 1}, {Unit: recording.TasksPerOp, V: 1000}}}
}

// steps runs a sweep to its end and returns how many steps it took.
func (s *sweeper) steps() int {
	s.t.Helper()
	if state := s.run(0); !state.Success() {
		s.t.Fatalf("%v: %s", state, strings.Join(s.lasts, "\n"))
	}
	total := 0
	for _, line := range s.lasts {
		_, _ = fmt.Sscanf(line, "steps: %d", &total)
	}
	if least := 2 * len(sweepVariants) * len(sweepPlanCells()); total < least {
		s.t.Fatalf("a sweep has %d steps, want at least %d: a write and a sync of each file for each cell", total, least)
	}
	return total
}

// count is how many lines of the last sweep begin so.
func (s *sweeper) count(prefix string) int {
	n := 0
	for _, line := range s.lasts {
		if strings.HasPrefix(line, prefix) {
			n++
		}
	}
	return n
}

// began says whether there is a recording yet; if not, nothing may have been
// acknowledged.
func (s *sweeper) began() bool {
	s.t.Helper()
	have, err := filepath.Glob(filepath.Join(s.dir, "*.txt"))
	if err != nil {
		s.t.Fatal(err)
	}
	if len(have) == 0 && len(s.acked) > 0 {
		s.t.Fatalf("%d cells were acknowledged, and no file is there", len(s.acked))
	}
	return len(have) > 0
}

// check looks at what is there: all that was acknowledged, as it was. It returns
// the number of finished cells.
func (s *sweeper) check() int {
	s.t.Helper()
	if !s.began() {
		return 0
	}
	rec, err := recording.ReadInterrupted(s.dir)
	if err != nil {
		s.t.Fatalf("after sweep %d: %v", s.round, err)
	}
	s.checkCells(rec.Recording)
	return rec.Done
}

func (s *sweeper) checkCells(rec *recording.Recording) {
	s.t.Helper()
	there := map[recording.Cell]bool{}
	for _, c := range rec.Cells {
		there[c.Cell] = true
		round, ok := s.acked[c.Cell]
		if !ok {
			continue // ended by a kill between its last byte and its acknowledgement
		}
		for _, v := range sweepVariants {
			if got, _ := c.Blocks[v][0].Get(recording.NsPerTask); got != 100+float64(round) {
				s.t.Fatalf("cell %v of sweep %d is now that of sweep %v", c.Cell, round, got-100)
			}
		}
	}
	for c, round := range s.acked {
		if !there[c] {
			s.t.Fatalf("cell %v, acknowledged in sweep %d, is gone", c, round)
		}
	}
}

// finish goes on until all is done, and checks that it is: the planned cells,
// each once, in their order, and files that benchstat reads.
func (s *sweeper) finish() {
	s.t.Helper()
	before := s.check()
	state := s.run(0)
	if !state.Success() {
		s.t.Fatalf("sweep %d: %v: %s", s.round, state, strings.Join(s.lasts, "\n"))
	}
	cells := sweepPlanCells()
	if got, want := s.count("begin"), len(cells)-before; got != want {
		s.t.Fatalf("sweep %d ran %d cells, want the %d of %d that were not finished", s.round, got, want, len(cells))
	}
	rec, err := recording.Read(s.dir)
	if err != nil {
		s.t.Fatal(err)
	}
	if !rec.Complete || rec.Done != len(cells) || rec.Dropped != 0 {
		s.t.Fatalf("complete %v, %d cells, %d dropped, want all %d", rec.Complete, rec.Done, rec.Dropped, len(cells))
	}
	for i, c := range rec.Cells {
		if c.Cell != cells[i] {
			s.t.Fatalf("cell %d is %v, want %v", i, c.Cell, cells[i])
		}
	}
	s.checkCells(rec)
	s.checkBenchfmt(2 * len(sweepVariants) * len(cells))
	if extra, _ := filepath.Glob(filepath.Join(s.dir, "*.new")); len(extra) > 0 {
		s.t.Fatalf("left behind: %v", extra)
	}
}

// checkBenchfmt reads the files as benchstat does.
func (s *sweeper) checkBenchfmt(lines int) {
	s.t.Helper()
	var files benchfmt.Files
	for _, v := range sweepVariants {
		files.Paths = append(files.Paths, filepath.Join(s.dir, v+".txt"))
	}
	for files.Scan() {
		switch rec := files.Result().(type) {
		case *benchfmt.SyntaxError:
			s.t.Fatal(rec)
		case *benchfmt.Result:
			lines--
		}
	}
	if err := files.Err(); err != nil || lines != 0 {
		s.t.Fatalf("benchfmt: %v, %d lines too few", err, lines)
	}
}

// TestKillAtEveryStep kills a sweep before each thing that it does to its disk,
// and in the middle of each write; then, by chance, the resumption too.
func TestKillAtEveryStep(t *testing.T) {
	s := newSweeper(t)
	total := s.steps()
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	kills := 0
	for at := 1; at <= total; at++ {
		if !*full && random.IntN(total/8) != 0 && at > 8 { // the first ones make the files
			continue
		}
		for _, half := range []string{"", "yes"} {
			s := newSweeper(t)
			env := []string{sweepKill + "=" + strconv.Itoa(at), sweepHalf + "=" + half}
			if s.run(0, env...).Success() {
				continue // no write there: nothing to do by halves
			}
			kills++
			s.check()
			if random.IntN(2) == 0 {
				s.run(0, sweepKill+"="+strconv.Itoa(1+random.IntN(12)), sweepHalf+"="+half)
				s.check()
			}
			s.finish()
			if t.Failed() {
				t.Fatalf("killed at step %d of %d, half %q, seed %d", at, total, half, seed)
			}
		}
	}
	t.Logf("%d kills at %d steps, in the middle of writes and before; seed %d", kills, total, seed)
}

// TestKillAtRandomMoments kills sweeps, and resumptions of what is left, until
// enough were killed.
func TestKillAtRandomMoments(t *testing.T) {
	kills := 20
	if *full {
		kills = 500
	}
	s := newSweeper(t)
	began := time.Now()
	if state := s.run(0); !state.Success() {
		t.Fatalf("%v: %s", state, strings.Join(s.lasts, "\n"))
	}
	whole := time.Since(began)
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	killed, recordings := 0, 0
	for ; killed < kills; recordings++ {
		s := newSweeper(t)
		for killed < kills {
			if s.run(time.Duration(1 + random.Int64N(int64(whole)/2))).Success() {
				break
			}
			killed++
			s.check()
		}
		s.finish()
	}
	t.Logf("%d kills, %d recordings; seed %d", killed, recordings, seed)
}
