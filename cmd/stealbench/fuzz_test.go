package main

import (
	"bytes"
	"context"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"stealbench/harness"
	"stealbench/impls"
	"stealbench/internal/counts"
)

// FuzzArguments gives the command any arguments, one a line, and looks at what
// would be done, without doing it: either there is one line of error and exit 2,
// or every number is in the range that --help states and every name is known.
func FuzzArguments(f *testing.F) {
	for _, args := range []string{
		"", "list", "help", "help\nrun", "run", "run\n--help", "cell", "doctor", "paper\n--check", "report\nresults/a\nresults/b\n-o\nx.html", "-h", "--", "-",
		"run\n--variants\nchaselev,twin\n--workloads=fib\n--workers\n1,2\n--size\nsmall\n--processes\n1\n--layouts\n0\n--cell-time\n10ms\n--slot-time\n10us\n--seed\n7\n-o\nx",
		"run\n--variants\ntwin", "run\n--variants\nchaselev,chaselev", "run\n--workers\n0", "run\n--workers\n1025",
		"run\n--processes\n1001", "run\n--layouts\n-1", "run\n--cell-time\n1h", "run\n--slot-time\n1ns", "run\n--seed\n-1",
		"run\n--width\n1\n--least\n8\n--budget\n5m", "run\n--width\nNaN", "run\n--budget\n0s", "run\n--resume\nx\n--budget\n1h",
		"run\n--resume\nx\n--seed\n1", "run\n--resume=",
		"run\n--workers=1,1", "run\n--workers\n99999999999999999999", "run\n--variants\n\"", "run\nfib", "bench", "run\n-x",
		"compare\n--check\nx", "compare\na\nb", "plot\n-o\nx", "plot\n-o",
		"dump", "dump\nfib", "dump\nfib\n--workers\n1024\n--after\n1m\n--tasks\n0\n--json\n--sites\n--size\nlarge",
		"dump\nfob", "dump\nfib\n--after\n2m", "dump\nfib\n--tasks\n-1", "dump\nfib\n--variant\nnone",
		"counts", "counts\nx", "counts\nx\n--record", "counts\n--record\n--variants\ntwin\n--workloads\nspawn_many_remote_busy",
		"__complete\nrun\n--", "__complete", "__completeNoDesc\nrun\n", "completion\nbash",
	} {
		f.Add(args)
	}
	f.Fuzz(func(t *testing.T, line string) {
		root := rootCommand()
		for _, c := range root.Commands() {
			c.RunE = func(c *cobra.Command, args []string) error {
				checkAccepted(t, c, args)
				return nil
			}
		}
		var out bytes.Buffer
		root.SetArgs(strings.Split(line, "\n"))
		root.SetIn(strings.NewReader(""))
		root.SetOut(&out)
		root.SetErr(io.Discard)
		err := root.ExecuteContext(context.Background())
		if err == nil {
			return
		}
		if got := exitStatus(err, exitInterrupted); got != exitInput {
			t.Errorf("exit %d after %q, want %d", got, err, exitInput)
		}
		if s := err.Error(); s == "" || strings.Contains(s, "\n") || out.Len() > 0 {
			t.Errorf("got %q and %q, want one line of error only", out.String(), s)
		}
	})
}

// checkAccepted is called with what would be done.
func checkAccepted(t *testing.T, c *cobra.Command, args []string) {
	t.Helper()
	within := func(flag string, v, least, most int) {
		t.Helper()
		if v < least || v > most {
			t.Errorf("%s: --%s %d accepted, want %d to %d only", c.Name(), flag, v, least, most)
		}
	}
	known := func(flag string, given, all []string) {
		t.Helper()
		for i, name := range given {
			if !slices.Contains(all, name) || slices.Contains(given[:i], name) {
				t.Errorf("%s: %s %q accepted, want each once and of %v", c.Name(), flag, given, all)
			}
		}
	}
	f := c.Flags()
	number := func(flag string) int { n, err := f.GetInt(flag); return must(t, n, err) }
	text := func(flag string) []string { s, err := f.GetString(flag); return []string{must(t, s, err)} }
	list := func(flag string) []string { l, err := f.GetStringSlice(flag); return must(t, l, err) }
	span := func(flag string, least, most time.Duration) {
		t.Helper()
		if d, err := f.GetDuration(flag); err != nil || d < least || d > most {
			t.Errorf("%s: --%s %v accepted, %v, want %v to %v only", c.Name(), flag, d, err, least, most)
		}
	}
	switch c.Name() {
	case "run":
		known("variants", list("variants"), harness.LaneNames())
		known("workloads", list("workloads"), harness.WorkloadNames())
		known("size", text("size"), harness.Sizes)
		if !slices.Contains(list("variants"), impls.Base) || len(list("workloads")) == 0 {
			t.Errorf("run: accepted without the base, or without a workload")
		}
		workers, err := f.GetIntSlice("workers")
		for _, n := range must(t, workers, err) {
			within("workers", n, 1, 1024)
		}
		if len(workers) == 0 {
			t.Error("run: accepted without a number of workers")
		}
		within("processes", number("processes"), 1, 1000)
		within("layouts", number("layouts"), 0, 100)
		span("cell-time", 10*time.Millisecond, time.Minute)
		span("slot-time", 10*time.Microsecond, 100*time.Millisecond)
		if w, err := f.GetFloat64("width"); err != nil || w != 0 && !(w >= 0.01 && w <= 50) {
			t.Errorf("run: --width %v accepted, %v, want 0, or 0.01 to 50", w, err)
		} else if w != 0 {
			within("least", number("least"), 2, number("processes"))
		}
		if f.Changed("budget") {
			span("budget", time.Second, 720*time.Hour)
		}
	case "dump":
		known("workload", args, harness.WorkloadNames())
		known("variant", text("variant"), harness.LaneNames())
		known("size", text("size"), harness.Sizes)
		within("workers", number("workers"), 1, 1024)
		within("tasks", number("tasks"), 0, math.MaxInt)
		span("after", 0, time.Minute)
	case "counts":
		within("arguments", len(args), 0, 1)
		known("variants", list("variants"), harness.LaneNames())
		known("workloads", list("workloads"), counts.Workloads())
		known("size", text("size"), harness.Sizes)
		if record, err := f.GetBool("record"); must(t, record, err) && len(args) > 0 {
			t.Error("counts: accepted a folder to show and --record")
		}
	case "compare", "plot":
		within("arguments", len(args), 0, 1)
	case "report": // any number of recordings
	default:
		within("arguments", len(args), 0, 0)
	}
}

func must[T any](t *testing.T, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}
