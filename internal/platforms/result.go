package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// result is what became of one platform.
type result struct {
	platform platform
	packages int // with tests that ran
	passed   int // tests, subtests too
	skipped  map[string]int
	failures []string // what they said
	took     time.Duration

	tests map[string]bool   // all that were built, without subtests
	said  map[string]string // by test
	fell  map[string]bool   // packages with a failed test
}

func newResult(p platform) result {
	return result{platform: p, skipped: map[string]int{}, tests: map[string]bool{}, said: map[string]string{}, fell: map[string]bool{}}
}

// event is a line of go test -json.
type event struct{ Action, Package, ImportPath, Test, Output string }

// read takes what go test -json writes. A line that is none of its is a failure.
func (r *result) read(in io.Reader) {
	packages := map[string]bool{}
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var e event
			if err := json.Unmarshal(line, &e); err != nil {
				r.failures = append(r.failures, fmt.Sprintf("not a line of go test: %q", line))
			}
			r.take(e)
			if e.Test != "" {
				packages[e.Package] = true
			}
		}
		if err != nil {
			break
		}
	}
	r.packages = len(packages)
	if r.passed == 0 && len(r.failures) == 0 {
		r.failures = append(r.failures, "got no test that passed, want some")
	}
}

// take counts one event. A package that fails without a failed test, because it
// is not built or its process ends, is a failure too.
func (r *result) take(e event) {
	name := strings.TrimSpace(e.Package + e.ImportPath + " " + e.Test)
	if e.Test != "" && !strings.Contains(e.Test, "/") {
		r.tests[name] = true
	}
	switch {
	case e.Action == "output" || e.Action == "build-output":
		r.said[name] += e.Output
	case e.Action == "fail" && e.Test != "":
		r.fell[e.Package] = true
		r.failures = append(r.failures, name+"\n"+r.said[name])
	case e.Action == "build-fail" || e.Action == "fail" && !r.fell[e.Package]:
		r.failures = append(r.failures, name+"\n"+r.said[name])
	case e.Action == "pass" && e.Test != "":
		r.passed++
	case e.Action == "skip" && e.Test != "":
		r.skipped[reason(r.said[name])]++
	}
}

var said = regexp.MustCompile(`(?m)^\s+\S+\.go:\d+: (.+)$`)

const noReason = "NO REASON GIVEN"

// reason is why a test skipped, out of what it said.
func reason(output string) string {
	lines := said.FindAllStringSubmatch(output, -1)
	if lines == nil {
		return noReason
	}
	return lines[len(lines)-1][1]
}

// write says what was skipped, why, and what failed.
func (r *result) write(out io.Writer) {
	for _, why := range slices.Sorted(maps.Keys(r.skipped)) {
		fmt.Fprintf(out, "  %d skipped: %s\n", r.skipped[why], why)
	}
	if r.skipped[noReason] > 0 {
		r.failures = append(r.failures, "got tests that skip without a reason, want one of each")
	}
	for _, f := range r.failures {
		fmt.Fprintf(out, "FAIL %s\n", f)
	}
}

// writeAbsent names the tests that are built for other and not for r: those that a
// build constraint leaves out do not say that they skip.
func (r *result) writeAbsent(out io.Writer, other result) {
	for _, test := range slices.Sorted(maps.Keys(other.tests)) {
		if !r.tests[test] {
			fmt.Fprintf(out, "  not built: %s\n", test)
		}
	}
}

// writeTable ends the output with all platforms, those too that were not run, and
// is an error unless all that were wanted passed.
func writeTable(out io.Writer, results []result, wanted int) error {
	passed := 0
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nplatform\tresult\tpackages\tpassed\tskipped\tfailed\tseconds\t")
	for _, p := range platforms {
		i := slices.IndexFunc(results, func(r result) bool { return r.platform.name == p.name })
		if i < 0 {
			fmt.Fprintf(table, "%s\tnot run\t\t\t\t\t\t\n", p.name)
			continue
		}
		r, verdict, skipped := results[i], "FAILED", 0
		if len(r.failures) == 0 {
			verdict = "passed"
			passed++
		}
		for _, n := range r.skipped {
			skipped += n
		}
		fmt.Fprintf(table, "%s\t%s\t%d\t%d\t%d\t%d\t%.0f\t%s\n", p.name, verdict, r.packages, r.passed, skipped, len(r.failures), r.took.Seconds(), p.note)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if passed != wanted {
		return fmt.Errorf("%d of %d platforms passed", passed, wanted)
	}
	return nil
}
