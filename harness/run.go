package harness

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"time"

	"stealbench/internal/host"
	"stealbench/internal/recording"
)

// Runner runs the cells of a plan, one process each, and records them.
type Runner struct {
	Plan     Plan
	Command  func(layout int) []string // that measures one cell: CellSpec on stdin, CellResult on stdout, both JSON
	Out      *recording.Writer
	Finished []recording.CellData // cells that Out has already
	Deadline time.Time            // when the budget ends; zero: never
	Progress Progress
}

// Progress hears of each cell that ended. One that gave a sample is in the
// recording by then, for good.
type Progress interface {
	Start(Status)
	Done(cell recording.Cell, err error, now Status)
	End()
}

// Status is how far a run is.
type Status struct {
	Ended int           // cells with a sample or without
	Cells int           // that there will be; fewer when comparisons stop on width
	Left  time.Duration // until the run ends, from what cells took so far
}

// CellErrors are the cells that gave no sample.
type CellErrors []error

func (e CellErrors) Error() string {
	return fmt.Sprintf("%d cells gave no sample, the first: %v", len(e), e[0])
}

// after is why a run ended early, with the cells that gave no sample until then.
func (e CellErrors) after(why error) error {
	if len(e) == 0 {
		return why
	}
	return fmt.Errorf("%w; %w", why, e)
}

// ErrBudget ends a run whose next cell would not end within the budget.
var ErrBudget = errors.New("the budget ended")

// Run measures the cells of the plan that are not finished, in its order. A cell
// that fails gives no sample; the others go on and Run returns CellErrors at the
// end. It stops early when ctx is done, when the budget ends, or when the
// recording can't be written.
func (r *Runner) Run(ctx context.Context) error {
	if !r.Deadline.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadlineCause(ctx, r.Deadline, ErrBudget)
		defer cancel()
	}
	s, err := newSchedule(r.Plan, r.Finished)
	if err != nil {
		return err
	}
	r.Progress.Start(s.status())
	defer r.Progress.End()
	var failed CellErrors
	wrong := 0
	for _, c := range r.Finished {
		if slices.Contains(c.Flags(), recording.WrongAnswers) {
			wrong++
		}
	}
	for {
		c, ok := s.next()
		if !ok {
			break
		}
		began := time.Now()
		if !r.Deadline.IsZero() && began.Add(s.longest(c)).After(r.Deadline) {
			return also(failed.after(ErrBudget), wrongAnswers(wrong))
		}
		result, err := r.cell(ctx, c, CellSeed(r.Plan.Seed, c), s.all[of(c)].leftOut)
		if ctx.Err() != nil {
			return also(failed.after(context.Cause(ctx)), wrongAnswers(wrong)) // the cell is dropped whole
		}
		if err != nil {
			failed = append(failed, err)
			s.ended(c, time.Since(began))
			r.Progress.Done(c, err, s.status())
			continue
		}
		if err := r.Out.WriteCell(c, result.Blocks); err != nil {
			return err
		}
		data := recording.CellData{Cell: c, Blocks: result.Blocks}
		if err := s.finished(data); err != nil {
			return err
		}
		s.ended(c, time.Since(began))
		var flagged error
		if flags := data.Flags(); flags != nil {
			flagged = &Flagged{c, flags}
			if slices.Contains(flags, recording.WrongAnswers) {
				wrong++
			}
		}
		r.Progress.Done(c, flagged, s.status())
	}
	if len(failed) > 0 {
		return failed
	}
	if err := r.Out.Finish(); err != nil {
		return err
	}
	return wrongAnswers(wrong)
}

// ErrWrong says that cells gave wrong answers.
var ErrWrong = errors.New("wrong answers")

// also is both errors in one line.
func also(err, more error) error {
	if more == nil {
		return err
	}
	return fmt.Errorf("%w; %w", err, more)
}

func wrongAnswers(cells int) error {
	if cells == 0 {
		return nil
	}
	return fmt.Errorf("%d cells gave %w: they are recorded, flagged, and left out of comparisons", cells, ErrWrong)
}

// Flagged is a cell that is recorded and left out of comparisons.
type Flagged struct {
	Cell  recording.Cell
	Flags []string
}

func (f *Flagged) Error() string { return fmt.Sprintf("%v: %s", f.Cell, strings.Join(f.Flags, ", ")) }

// cellTimeout is what a cell may take beyond its rows before it counts as hung.
// A row of the large sizes takes some seconds.
const cellTimeout = 5 * time.Minute

func (r *Runner) cell(ctx context.Context, c recording.Cell, seed uint64, leftOut map[string]string) (*CellResult, error) {
	cpus, err := r.Plan.pinned(host.Local(), c)
	if err != nil {
		return nil, err
	}
	spec, err := json.Marshal(CellSpec{
		Cell: c, Variants: r.Plan.Variants, CellTime: r.Plan.CellTime, SlotTime: r.Plan.SlotTime, Seed: seed, CPUs: cpus, LeftOut: leftOut,
	})
	if err != nil {
		return nil, err
	}
	limit, cancel := context.WithTimeout(ctx, cellTimeout+2*r.Plan.CellTime)
	defer cancel()
	var out, errOut bytes.Buffer
	command := r.Command(c.Layout)
	cmd := exec.CommandContext(limit, command[0], command[1:]...)
	cmd.Stdout, cmd.Stderr = &out, &errOut
	cmd.Env = environment(seed)
	// The pipe stays open: when it closes, because we are gone, the cell ends.
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	start := cmd.Start
	if len(cpus) > 0 {
		start = func() error { return host.Pinned(cpus, cmd.Start) }
	}
	if err := start(); err != nil {
		return nil, err
	}
	_, _ = in.Write(spec) // a process that does not read it fails by itself
	if err := cmd.Wait(); err != nil {
		if limit.Err() == context.DeadlineExceeded {
			return nil, fmt.Errorf("%v: hung: killed after %v", c, cellTimeout+2*r.Plan.CellTime)
		}
		return nil, fmt.Errorf("%v: %s", c, lastLine(errOut.String(), err))
	}
	var result CellResult
	if err := json.Unmarshal(out.Bytes(), &result); err != nil {
		return nil, fmt.Errorf("%v: its process answered no result: %w", c, err)
	}
	return &result, nil
}

// lastLine is what a process said last, or how it ended if it said nothing.
func lastLine(said string, err error) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	if last := lines[len(lines)-1]; last != "" {
		return strings.TrimPrefix(last, "stealbench: ")
	}
	return err.Error()
}

// ServeCell is the other end of Command: one cell, in this process. It calls
// orphaned if in ends before the cell does: who wanted the result is gone.
func ServeCell(in io.Reader, out io.Writer, orphaned func()) error {
	var spec CellSpec
	if err := json.NewDecoder(in).Decode(&spec); err != nil {
		return errors.New("cell: no plan on standard input: this command is for stealbench run")
	}
	go func() {
		_, _ = io.Copy(io.Discard, in) // until it closes, however that may be
		orphaned()
	}()
	result, err := RunCell(spec)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(result)
}
