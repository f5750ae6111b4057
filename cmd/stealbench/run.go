package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stealbench/harness"
	"stealbench/internal/counts"
	"stealbench/internal/host"
	"stealbench/internal/recording"
)

const resultsDir = "results"

// layoutsDir keeps the binaries of the linker layouts between runs.
var layoutsDir = filepath.Join("bin", "layouts")

// runOptions are the flags of run.
type runOptions struct {
	plan   harness.Plan
	dir    string
	resume string        // folder of the recording to go on with
	shard  string        // i/n or auto/n
	budget time.Duration // of the whole run; 0: none
	extra  []recording.Key
}

// maxBudget is a longer run than any.
const maxBudget = 30 * 24 * time.Hour

// check returns one line that names the first fault and the remedy. changed says
// whether a flag was given.
func (o *runOptions) check(flags *pflag.FlagSet) error {
	var err error
	flags.Visit(func(f *pflag.Flag) {
		if o.resume != "" && f.Name != "resume" && f.Name != "budget" && err == nil {
			err = fmt.Errorf("--resume takes the plan from the recording: leave --%s away", f.Name)
		}
	})
	switch {
	case err != nil:
		return err
	case flags.Changed("resume") && o.resume == "":
		return errors.New("--resume names no folder: name one of results/")
	case flags.Changed("budget") && (o.budget < time.Second || o.budget > maxBudget):
		return fmt.Errorf("budget is %v: give 1s to %v", o.budget, maxBudget)
	case flags.Changed("least") && o.plan.Width == 0:
		return errors.New("--least is for runs that stop on width: give --width too")
	}
	if o.plan.Width > 0 && !flags.Changed("layouts") { // more processes of the same layouts make no interval narrower
		o.plan.Layouts = min(max(o.plan.Processes, 1), maxLayouts)
	}
	if flags.Changed("shard") {
		if o.plan.Shard, err = harness.ParseShard(o.shard, os.Getenv); err != nil {
			return err
		}
	}
	return o.plan.Check()
}

func runCommand() *cobra.Command {
	o := runOptions{plan: harness.DefaultPlan()}
	c := &cobra.Command{
		Use:   "run",
		Short: "Measure the variants side by side and write a recording",
		Long: "Measure the variants side by side and write a recording.\n" +
			"Every workload and number of workers is one comparison, and gets the same number of\n" +
			"processes, unless --width says when it has enough. It never stops because a difference\n" +
			"is significant. Whatever ends a run, the cells that had ended stay: --resume goes on.",
		Args: cobra.NoArgs,
		PreRunE: func(c *cobra.Command, _ []string) error {
			return cmp.Or(o.check(c.Flags()), o.plan.CheckHost(host.Local()))
		},
		RunE: func(c *cobra.Command, _ []string) error { return record(c, o) },
	}
	f := c.Flags()
	p := &o.plan
	f.StringSliceVar(&p.Variants, "variants", p.Variants, "variants and levels to run side by side (see stealbench list); the base chaselev must be one")
	f.StringSliceVar(&p.Workloads, "workloads", p.Workloads, "workloads, by name (see stealbench list)")
	f.IntSliceVar(&p.Workers, "workers", p.Workers, "numbers of workers, 1 to 1024 each; more than CPUs is allowed")
	f.StringVar(&p.Size, "size", p.Size, "size of a run: "+strings.Join(harness.Sizes, ", "))
	f.IntVar(&p.Processes, "processes", p.Processes, "processes per workload and number of workers, 1 to 1000; with --width at most so many")
	f.IntVar(&p.Layouts, "layouts", p.Layouts, "linker layouts that the processes go through, 0 to 100; 0 is the binary's own and needs no Go; with --width one a process, up to 100, if not given")
	f.DurationVar(&p.CellTime, "cell-time", p.CellTime, "measured time of one process, 10ms to 1m")
	f.DurationVar(&p.SlotTime, "slot-time", p.SlotTime, "aim of one timed call, 10us to 100ms")
	f.Uint64Var(&p.Seed, "seed", p.Seed, "seed of all orders")
	f.BoolVar(&p.Pin, "pin", false, "pin each process to as many CPUs as it keeps busy, one thread of every core first")
	f.Float64Var(&p.Width, "width", p.Width, "stop a comparison when the 95 % intervals of all variants are at most +- this, in %: 0.01 to 50, 1 is usual; 0: a fixed number of processes")
	f.IntVar(&p.Least, "least", p.Least, "with --width: processes that every comparison gets at least, from 2")
	f.StringVar(&o.shard, "shard", "", "measure only part i of n, whole comparisons: i/n from 1/n on, or auto/n, whose i comes from SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or PARALLEL_SEQ; stealbench merge puts the parts together")
	f.DurationVar(&o.budget, "budget", 0, "time for the whole run, 1s to 720h; no process starts that would not end in it (default none)")
	f.StringVar(&o.resume, "resume", "", "go on with the interrupted recording in this folder, by the plan that it has")
	f.StringVarP(&o.dir, "out", "o", "", "folder of the recording, new or empty (default results/<date>-<host>)")
	return c
}

// cellCommand is what run starts for each cell.
func cellCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "cell",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := harness.ServeCell(c.InOrStdin(), c.OutOrStdout(), func() { os.Exit(exitFailed) }); err != nil {
				return failed(err)
			}
			return nil
		},
	}
}

// measurement is one run of the command run.
type measurement struct {
	runOptions
	self    string // path of this binary
	now     time.Time
	command string
	errOut  io.Writer
	free    []func() // give back what is locked
	ours    bool     // layoutsDir is locked
}

func (m *measurement) giveBack() {
	for _, f := range m.free {
		f()
	}
}

func newMeasurement(c *cobra.Command, o runOptions) (*measurement, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, failed(err)
	}
	return &measurement{runOptions: o, self: self, now: time.Now(), errOut: c.ErrOrStderr(),
		command: commandLine(os.Args)}, nil
}

// commandLine is the command as one line, to be given again: words that a shell, or a
// file key, would take otherwise are quoted.
func commandLine(args []string) string {
	words := []string{"stealbench"}
	for _, a := range args[min(1, len(args)):] {
		if a == "" || strings.ContainsFunc(a, func(r rune) bool { return r <= ' ' || r == '"' || r == '\'' || r == '\\' || !unicode.IsPrint(r) }) {
			a = strconv.Quote(a)
		}
		words = append(words, a)
	}
	return strings.Join(words, " ")
}

// lock takes the lock of the folder that holds the recording, or of results if that
// is in it, and that of the recording, if it has a name already.
func (m *measurement) lock() (unlock func(), err error) {
	folder, dir := resultsDir, m.dir+m.resume // one of them
	if dir == "" {
		return lockFolder(folder, machineLock(), m.command, m.now)
	}
	dir = filepath.Clean(dir)
	parent := filepath.Dir(dir)
	if folder = parent; strings.HasPrefix(folder, resultsDir+string(filepath.Separator)) {
		folder = resultsDir
	}
	free, err := lockFolder(folder, machineLock(), m.command, m.now)
	if err != nil {
		return nil, err
	}
	freeToo, err := lockFolder(parent, "."+filepath.Base(dir)+".lock", m.command, m.now)
	if err != nil {
		free()
		return nil, err
	}
	return func() { freeToo(); free() }, nil
}

// record measures into a new recording, or goes on with one.
func record(c *cobra.Command, o runOptions) error {
	m, err := newMeasurement(c, o)
	if err != nil {
		return err
	}
	unlock, err := m.lock()
	if err != nil {
		return err
	}
	m.free = append(m.free, unlock)
	defer m.giveBack()
	if m.resume != "" {
		err = m.goOn(c.Context())
	} else {
		err = m.begin(c.Context())
	}
	switch {
	case errors.Is(err, harness.ErrBudget) && !errors.As(err, new(harness.CellErrors)) && !errors.Is(err, harness.ErrWrong):
		fmt.Fprintf(m.errOut, "the budget of %v ended: %s is incomplete: stealbench run --resume %s goes on\n", m.budget, m.dir, m.dir)
	case err != nil:
		return err
	}
	fmt.Fprintln(c.OutOrStdout(), m.dir)
	return nil
}

// begin makes a new recording and measures into it.
func (m *measurement) begin(ctx context.Context) error {
	if m.dir == "" {
		var err error
		if m.dir, err = freshDir(resultsDir, m.now.Format(time.DateOnly)+"-"+host.Local().Slug()); err != nil {
			return err
		}
	}
	if err := recording.Preflight(m.dir); err != nil {
		return err
	}
	layouts, err := m.layouts(ctx)
	if err != nil {
		_ = os.Remove(m.dir) // the empty folder; a full one stays
		return err
	}
	keys, err := m.keys()
	if err != nil {
		return err
	}
	w, err := recording.Create(m.dir, keys, m.plan.Variants, len(m.plan.Cells()), harness.Units...)
	if err != nil {
		return err
	}
	defer w.Close()
	about := "about"
	switch {
	case m.plan.Size == harness.Sizes[len(harness.Sizes)-1]:
		about = "at least"
	case m.plan.Width > 0:
		about = "at most"
	}
	fmt.Fprintf(m.errOut, "%d cells of %v on %d variants into %s, %s %v\n",
		len(m.plan.Cells()), m.plan.CellTime, len(m.plan.Variants), m.dir, about, m.plan.Estimate().Round(time.Second))
	return m.measure(ctx, w, layouts, nil)
}

// goOn measures the cells that an interrupted recording lacks.
func (m *measurement) goOn(ctx context.Context) error {
	m.dir = filepath.Clean(m.resume)
	rec, err := recording.ReadInterrupted(m.dir)
	if err != nil {
		return err
	}
	if rec.Complete {
		fmt.Fprintf(m.errOut, "%s is complete, %d cells: nothing to do\n", m.dir, rec.Done)
		return nil
	}
	if m.plan, err = harness.PlanOf(rec.Recording); err != nil {
		return err
	}
	keys, err := m.keys()
	if err != nil {
		return err
	}
	if err := harness.CheckSame(rec.Recording, keys); err != nil {
		return err
	}
	layouts, err := m.layouts(ctx)
	if err != nil {
		return err
	}
	if cut := rec.Cut(); cut != "" {
		fmt.Fprintf(m.errOut, "%s: cut what was no whole cell: %s\n", m.dir, cut)
	}
	w, err := rec.Resume(time.Now())
	if err != nil {
		return failed(err)
	}
	defer w.Close()
	fmt.Fprintf(m.errOut, "%s has %d of %d cells, goes on\n", m.dir, rec.Done, rec.Planned)
	return m.measure(ctx, w, layouts, rec.Cells)
}

func (m *measurement) keys() ([]recording.Key, error) {
	last, err := harness.RunKeys(m.plan, m.self, m.budget)
	return slices.Concat(harness.Facts(m.plan, []string{m.command}, m.now), last, m.extra), err
}

// layouts are the binaries of the plan's linker layouts. Their folder is locked as
// long as they are used: another run from here may be of another binary, and drop
// them. Such a run would also measure beside this one.
func (m *measurement) layouts(ctx context.Context) (map[int]string, error) {
	if m.plan.Layouts > 0 && !m.ours {
		unlock, err := lockFolder(layoutsDir, machineLock(), m.command, m.now)
		if err != nil {
			return nil, err
		}
		m.free, m.ours = append(m.free, unlock), true
	}
	if m.budget > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, m.now.Add(m.budget))
		defer cancel()
	}
	layouts, err := harness.Layouts(ctx, m.self, layoutsDir, m.plan.Layouts, func(seed int) {
		fmt.Fprintf(m.errOut, "linker layout %d of %d built\n", seed, m.plan.Layouts)
	})
	switch {
	case errors.Is(err, context.Canceled):
		return nil, fmt.Errorf("interrupted before the first cell: %w", err)
	case errors.Is(err, context.DeadlineExceeded):
		return nil, failed(fmt.Errorf("the budget of %v ended before all linker layouts were built: those that were stay: run again", m.budget))
	}
	return layouts, err
}

func (m *measurement) measure(ctx context.Context, w *recording.Writer, layouts map[int]string, finished []recording.CellData) error {
	if over := m.plan.Oversubscribed(host.Local()); over != "none" {
		fmt.Fprintf(m.errOut, "note: %s: they take turns, and the recording says so\n", over)
	}
	r := harness.Runner{Plan: m.plan, Out: w, Finished: finished, Progress: newProgress(m.errOut),
		Command: func(layout int) []string { return []string{layouts[layout], "cell"} }}
	if m.budget > 0 {
		r.Deadline = m.now.Add(m.budget)
	}
	err := r.Run(ctx)
	switch {
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("interrupted: %s keeps the cells that had ended: stealbench run --resume %s goes on: %w", m.dir, m.dir, err)
	case err != nil:
		return failed(err)
	}
	return nil
}

// freshDir is results/<name>, or <name>-2, -3, ... if that is taken.
func freshDir(parent, name string) (string, error) {
	for i := 1; i < 1000; i++ {
		dir := filepath.Join(parent, name)
		if i > 1 {
			dir += fmt.Sprintf("-%d", i)
		}
		if _, err := os.Lstat(dir); errors.Is(err, os.ErrNotExist) {
			return dir, nil
		}
	}
	return "", fmt.Errorf("%s: 999 recordings of %s are there: name a folder with -o", parent, name)
}

// latest is the newest recording: folders begin with their date. Others, such as
// calibrationDir, hold something else.
func latest() (string, error) {
	dir, err := newest(func(dir string) bool { return !counts.IsFolder(dir) })
	if err != nil {
		return "", fmt.Errorf("%s: no recordings here: run make bench, or name a folder", resultsDir)
	}
	return dir, nil
}

// newest is the newest folder of results that is of a kind: by the day that their names
// begin with, on one day by when they say that they began, and then by name.
func newest(ofKind func(dir string) bool) (string, error) {
	entries, err := os.ReadDir(resultsDir)
	if err != nil {
		return "", err
	}
	var newest, began string
	for _, e := range entries {
		name := e.Name()
		day := name[:min(len(time.DateOnly), len(name))]
		_, undated := time.Parse(time.DateOnly, day)
		if !e.IsDir() || undated != nil || newest != "" && day < newest[:len(day)] || !ofKind(filepath.Join(resultsDir, name)) {
			continue
		}
		at := beganAt(filepath.Join(resultsDir, name))
		if newest == "" || day > newest[:len(day)] || cmp.Or(strings.Compare(at, began), compareNames(name, newest)) > 0 {
			newest, began = name, at
		}
	}
	if newest == "" {
		return "", os.ErrNotExist
	}
	return filepath.Join(resultsDir, newest), nil
}

// beganAt is the key date in the head of a folder's first file, "" without.
func beganAt(dir string) string {
	files, _ := filepath.Glob(filepath.Join(dir, "*.txt"))
	if len(files) == 0 {
		return ""
	}
	f, err := os.Open(files[0])
	if err != nil {
		return ""
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 0; n < 10 && lines.Scan(); n++ {
		if date, ok := strings.CutPrefix(lines.Text(), "date: "); ok {
			return date
		}
	}
	return ""
}

// compareNames orders host, host-2, ..., host-10 of one day.
func compareNames(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// recordingArg reads the recording that args name, or the newest. One without
// a finished cell is an error.
func recordingArg(args []string) (*recording.Recording, error) {
	var dir string
	var err error
	if len(args) > 0 {
		dir = filepath.Clean(args[0])
	} else if dir, err = latest(); err != nil {
		return nil, err
	}
	rec, err := recording.Read(dir)
	if err == nil && rec.Done == 0 {
		return nil, fmt.Errorf("%s: no finished cell of %d: let the run finish one", dir, rec.Planned)
	}
	return rec, err
}

// warnIncomplete says next to a result what it lacks.
func warnIncomplete(w io.Writer, r *recording.Recording) {
	if !r.Complete {
		fmt.Fprintf(w, "warning: %s is incomplete: %d of %d cells\n", r.Dir, r.Done, r.Planned)
	}
	if byFlag, cells := r.Flagged(); cells > 0 {
		var why []string
		for _, unit := range recording.FlagUnits {
			if n := byFlag[unit]; n > 0 {
				why = append(why, fmt.Sprintf("%s in %d", unit, n))
			}
		}
		fmt.Fprintf(w, "warning: %s: %d of %d cells are flagged and left out: %s\n", r.Dir, cells, r.Done, strings.Join(why, ", "))
	}
	if !slices.Contains(r.Variants, "twin") {
		fmt.Fprintf(w, "warning: %s has no twin: there is no noise floor\n", r.Dir)
	}
}
