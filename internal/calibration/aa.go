package calibration

import (
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strings"
	"time"

	"stealbench/harness"
	"stealbench/internal/analysis"
	"stealbench/internal/recording"
)

// Table is the name of the table in a recording's folder.
const Table = "table.md"

// comparisonsFormat is the file key "comparisons" of an A/A recording.
const comparisonsFormat = "the first %d, of %d cells each"

// AAKey says in an A/A recording how it is cut into comparisons.
func AAKey(comparisons, cells int) recording.Key {
	return recording.Key{Name: "comparisons", Value: fmt.Sprintf(comparisonsFormat, comparisons, cells)}
}

// AA writes the table of an A/A recording and says what it comes to.
func AA(w io.Writer, rec *recording.Recording) (analysis.Verdict, error) {
	var most, cells int
	if _, err := fmt.Sscanf(rec.Key("comparisons"), comparisonsFormat, &most, &cells); err != nil || most < 1 || cells < 1 {
		return analysis.Fail, fmt.Errorf("%s: no key comparisons: not a recording of stealbench aa", rec.Dir)
	}
	all, short, err := analysis.Comparisons(rec, analysis.Twin, cells)
	if err != nil {
		return analysis.Fail, err
	}
	counted := all[:min(most, len(all))]
	c, err := analysis.Calibrate(counted)
	if err != nil {
		return analysis.Fail, fmt.Errorf("%s: %w", rec.Dir, err)
	}
	p := &page{w: w}
	p.printf("# A/A: %s against its copy\n\n", analysis.Base)
	p.printf("Written by `stealbench aa %s`, commit %s. Nothing differs but the place of the code, so a\n", name(rec.Dir), rec.Key("commit"))
	p.printf("test at 5 %% over cells should reject 5 %% of the comparisons.\n\n")
	p.printf("%d comparisons of %d cells of %s each, in quads; %s.\n", c.Comparisons, cells, rec.Key("cell-time"), rest(len(all)-len(counted), short))
	p.source(rec)

	p.printf("| test | rejections at 5 %% | a valid test gives | |\n| --- | ---: | ---: | --- |\n")
	p.test("t over cells", c.T, true)
	p.test("sign-flip over cells", c.Flip, true)
	p.test("sign test within a binary, a cell each", c.Sign, false)
	p.printf("\nWithin one binary the copy's place is a real difference, so that line has no limit: it says how\noften a result of one binary alone would be wrong.\n\n")

	p.printf("| p value | t | sign-flip | within a binary |\n| --- | ---: | ---: | ---: |\n")
	for i := range c.T.Histogram {
		p.printf("| %.1f to %.1f | %d | %d | %d |\n", float64(i)/10, float64(i+1)/10, c.T.Histogram[i], c.Flip.Histogram[i], c.Sign.Histogram[i])
	}
	p.printf("\n- Signs: the copy is slower in %d of %d, a fair coin gives %d to %d.\n", c.Slower, c.Comparisons, c.SlowLo, c.SlowHi)
	if c.Position.N > 0 {
		p.printf("- Position: the first half of a quad takes %s more than the second%s. Either lane is as often first, and\n"+
			"  in both halves, so that it widens intervals and moves none.\n", percent(c.Position.Est), interval(c.Position.Lo, c.Position.Hi))
	}
	p.printf("- Half width: %s over the cells of a comparison, %s over the rows of a cell (medians).\n\n", percent(c.Half), percent(c.WithinHalf))

	long := cellsIn(published, rec)
	p.printf("| workload | workers | comparisons | rejected by t | copy slower | half width | SD of a cell | half width in %v |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n", published)
	narrow := 0
	for _, w := range c.Workloads {
		half := w.HalfOf(long)
		if half <= 1 {
			narrow++
		}
		p.printf("| %s | %d | %d | %d | %d | %s | %s | %s |\n", w.Label, w.Workers, w.Comparisons, w.T, w.Slower, percent(w.Half), percent(w.SD), percent(half))
	}
	p.printf("\nThe last column is what %d such cells give, as many as fit into %v a comparison. Goal: at most\n1 %%: %d of %d reach it.\n", long, published, narrow, len(c.Workloads))
	verdict := map[analysis.Verdict]string{
		analysis.Pass:   "pass",
		analysis.TooFew: fmt.Sprintf("inconclusive: %d comparisons are too few, %d are needed", c.Comparisons, analysis.EnoughComparisons),
		analysis.Fail:   "FAIL: do not trust p values and intervals of this host",
	}[c.Verdict()]
	width := "every interval is as narrow as wanted"
	if narrow < len(c.Workloads) {
		width = fmt.Sprintf("%d of %d intervals are wider than wanted", len(c.Workloads)-narrow, len(c.Workloads))
	}
	p.printf("\nVerdict on false positives: %s. On width, as extrapolated: %s.\n", verdict, width)
	return c.Verdict(), p.err
}

// published is the time of a comparison that is published.
const published = 15 * time.Second

// cellsIn is how many cells like those of a recording fit into a time, by what they
// took on a whole.
func cellsIn(d time.Duration, rec *recording.Recording) int {
	cell, err := time.ParseDuration(rec.Key("cell-time"))
	if err != nil || cell <= 0 {
		return 0
	}
	return int(d / (cell + harness.CellOverhead))
}

// rest says what is in the recording and not in the table.
func rest(more, short int) string {
	return fmt.Sprintf("%d more are recorded and not counted, %d lack a cell or have a flagged one", more, short)
}

// page writes and keeps the first error.
type page struct {
	w   io.Writer
	err error
}

func (p *page) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

func (p *page) test(name string, v analysis.PValues, limited bool) {
	limits, verdict := "no limit", ""
	if limited {
		limits, verdict = fmt.Sprintf("%d to %d", v.Lo, v.Hi), "pass"
		if !v.Within() {
			verdict = "FAIL"
		}
	}
	p.printf("| %s | %d of %d | %s | %s |\n", name, v.Rejections, v.N, limits, verdict)
}

// source says where it was measured and what is wrong with that.
func (p *page) source(rec *recording.Recording) {
	p.printf("Recorded %s on %s, %s CPUs, rules: %s", rec.Key("date"), rec.Key("cpu"), rec.Key("cpus"), rec.Rules())
	if !rec.Complete {
		p.printf("; INCOMPLETE: %d of %d cells", rec.Done, rec.Planned)
	}
	p.printf(".\n\n")
}

// name is a folder as its table names it: the same wherever the repository is.
func name(dir string) string {
	parts := strings.Split(filepath.ToSlash(filepath.Clean(dir)), "/")
	for i, part := range parts {
		if part == "results" {
			return strings.Join(parts[i:], "/")
		}
	}
	return parts[len(parts)-1]
}

// percent has three decimals below 1: half widths within a binary are that small.
func percent(x float64) string {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return "n/a"
	case math.Abs(x) < 1:
		return fmt.Sprintf("%.3f %%", x)
	}
	return analysis.Num(x) + " %"
}

func interval(lo, hi float64) string {
	if math.IsInf(lo, 0) || math.IsInf(hi, 0) {
		return ""
	}
	return fmt.Sprintf(" [%.3f, %.3f]", lo, hi)
}
