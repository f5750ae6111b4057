package calibration

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"stealbench/harness"
	"stealbench/impls"
	"stealbench/internal/analysis"
	"stealbench/internal/recording"
)

// overFormat is the file key "over" of a recording of a power run.
const overFormat = "%d cells taken together"

// PowerKey says how many cells a trial over cells has.
func PowerKey(cells int) recording.Key {
	return recording.Key{Name: "over", Value: fmt.Sprintf(overFormat, cells)}
}

// Effect is one that is injected: the lane and how many percent.
type Effect struct {
	Lane    string
	Percent float64
}

// PowerFolder writes the table of a power run with all the effects that are there.
func PowerFolder(w io.Writer, dir string) error {
	var effects []Effect
	for _, i := range harness.Injections {
		if info, err := os.Stat(filepath.Join(dir, i.Name)); err == nil && info.IsDir() {
			effects = append(effects, Effect{i.Name, i.Percent})
		}
	}
	return Power(w, dir, impls.Base, effects)
}

// Power writes the table of a power run: in dir, a recording of each effect and
// the raw results of the sequential way.
func Power(w io.Writer, dir, base string, effects []Effect) error {
	if len(effects) == 0 {
		return fmt.Errorf("%s: no recording of injected work: not a folder of stealbench power", dir)
	}
	first, err := recording.Read(filepath.Join(dir, effects[0].Lane))
	if err != nil {
		return err
	}
	var cells int
	if _, err := fmt.Sscanf(first.Key("over"), overFormat, &cells); err != nil || cells < 1 {
		return fmt.Errorf("%s: no key over: not a folder of stealbench power", first.Dir)
	}
	sequential, err := ReadSequential(filepath.Join(dir, SequentialFile), base)
	if err != nil {
		return err
	}
	p := &page{w: w}
	p.printf("# Power: %s with injected work\n\n", base)
	p.head(dir, first, cells)
	recs := make([]*recording.Recording, len(effects))
	for i, e := range effects {
		if recs[i], err = recording.Read(filepath.Join(dir, e.Lane)); err != nil {
			return err
		}
		if !recs[i].Complete {
			p.printf("INCOMPLETE: %s has %d of %d cells.\n\n", e.Lane, recs[i].Done, recs[i].Planned)
		}
	}
	for _, workload := range first.Workloads() {
		for _, workers := range first.Workers(workload) {
			p.printf("## %s, %d workers\n\n", workload, workers)
			var rows []analysis.Power
			for i, e := range effects {
				row, err := analysis.PowerOf(e.Percent, only(recs[i], workload, workers), e.Lane, cells,
					sequential[[3]string{workload, strconv.Itoa(workers), e.Lane}])
				if err != nil {
					return fmt.Errorf("%s: %w", dir, err)
				}
				rows = append(rows, row)
			}
			p.rows(rows, cells)
		}
	}
	return p.err
}

// only is the recording with the cells of one workload and number of workers.
func only(rec *recording.Recording, workload string, workers int) *recording.Recording {
	part := *rec
	part.Cells = nil
	for _, c := range rec.Cells {
		if c.Workload == workload && c.Workers == workers {
			part.Cells = append(part.Cells, c)
		}
	}
	return &part
}

func (p *page) head(dir string, rec *recording.Recording, cells int) {
	p.printf("Written by `stealbench power %s`, commit %s. A trial compares the base with itself\n", name(dir), rec.Key("commit"))
	p.printf("and more work. *In a binary*: quads of short slots, %s of rows in one process, sign test and\n", rec.Key("cell-time"))
	p.printf("interval by order statistics. *Over cells*: %d of those, t. *Sequential*: go test -bench of the\n", cells)
	p.printf("base and then of the other, benchstat's U test, and its two intervals added as errors are.\n")
	where := "on one scheduler"
	if rec.Key(harness.KeyInjections) == "" {
		where = "on schedulers of their own, whose places on the heap differ"
	}
	p.printf("Half widths are medians over trials. Both lanes are the same code, %s. What\n", where)
	p.printf("linker layouts add is not in these: for a published interval see the table of stealbench aa.\n\n")
	p.source(rec)
}

func (p *page) rows(rows []analysis.Power, cells int) {
	p.printf("| injected | really | in a binary: found | half width | over %d cells: found | half width | sequential: found | half width | s |\n", cells)
	p.printf("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, r := range rows {
		p.printf("| %v %% | %s | %s | %s | %s | %s | %s | %s | %.1f |\n", r.Effect, percent(r.Injected),
			found(r.Within), percent(r.Within.Half), found(r.Over), percent(r.Over.Half),
			found(r.Sequential), percent(r.Sequential.Half), r.Wall)
	}
	p.printf("\nAt 0 %% what is found is a false positive.\n\n")
	for _, g := range analysis.Goals(rows) {
		reached := "reached"
		if !g.Reached {
			reached = "NOT reached"
		}
		p.printf("- Goal: %s: %s, %s.\n", g.Text, reached, g.Got)
	}
	p.printf("\n")
}

func found(f analysis.Found) string {
	if f.N == 0 {
		return "not tried"
	}
	return fmt.Sprintf("%d of %d", f.Rejections, f.N)
}
