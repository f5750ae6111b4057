package counts

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// columns are the units of the table and their headings.
var columns = []struct{ heading, unit string }{
	{"locked", LockedPerTask},
	{"of metrics", InGroup(Metrics)},
	{"stores", StoresPerTask},
	{"adds", AddsPerTask},
	{"submits", SubmitsPerTask},
	{"clock reads", ClockReadsPerTask},
	{"events", EventsPerTask},
	{"deque", InGroup(Deque)},
	{"inject", InGroup(Inject)},
	{"idle", InGroup(Idle)},
	{"tasks", InGroup(Tasks)},
	{"dumps", InGroup(Dumps)},
	{"workload", InGroup(Workload)},
	{"rest", InGroup(Rest)},
	{"Go's runtime", RuntimePerTask},
	{"instructions", InstructionsTask},
}

// Table writes the counts a task, workload by workload.
func (f *File) Table(out io.Writer) error {
	fmt.Fprintf(out, "%s, commit %s, %s, one worker\n", f.Path, f.Keys["commit"], f.Keys["go"])
	fmt.Fprintln(out, "a task: locked instructions, those of metrics, what these are and why; the others by part; beside them about those of Go's runtime, and about all instructions")
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "workload\tvariant\t")
	for _, c := range columns {
		fmt.Fprint(w, c.heading, "\t")
	}
	fmt.Fprintln(w)
	for _, l := range f.Lines {
		fmt.Fprintf(w, "%s\t%s\t", l.Workload, l.Variant)
		for _, c := range columns {
			v, ok := l.Values[c.unit]
			if !ok {
				fmt.Fprint(w, "n/a\t")
				continue
			}
			fmt.Fprint(w, number(v), "\t")
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// number is a count to three digits after the point, 0 if it is none at all.
func number(v float64) string {
	if v == 0 {
		return "0"
	}
	return strings.Replace(fmt.Sprintf("%.3f", v), "-0.000", "0.000", 1)
}
