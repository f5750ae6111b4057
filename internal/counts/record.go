package counts

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"stealbench/harness"
	"stealbench/internal/host"
	"stealbench/internal/recording"
	"stealbench/internal/sched"
)

// Plan is what to count: every workload on every variant, with one worker.
type Plan struct {
	Variants  []string
	Workloads []string
	Size      string
}

// Uncounted are the workloads that have no exact counts, and why.
var Uncounted = map[string]string{
	"spawn_many_remote_busy": "its busy tasks poll until the time is over, and leave nobody else the processor",
	"audited":                "it has a reader beside it",
	"audited_parks":          "it has a reader beside it",
	"open_50":                "its tasks come by the clock",
	"open_80":                "its tasks come by the clock",
	"open_95":                "its tasks come by the clock",
}

// Workloads lists those that have and are counted if none is named.
func Workloads() []string { return counted(harness.DefaultWorkloads()) }

func counted(names []string) []string {
	return slices.DeleteFunc(names, func(w string) bool { return Uncounted[w] != "" })
}

// Check returns an error for the first name that is unknown, or given twice.
func (p Plan) Check() error {
	for _, list := range []struct {
		what         string
		given, known []string
	}{
		{"variant", p.Variants, harness.LaneNames()},
		{"workload", p.Workloads, counted(harness.WorkloadNames())},
		{"size", []string{p.Size}, harness.Sizes},
	} {
		if len(list.given) == 0 {
			return fmt.Errorf("no %s given: choose from %s", list.what, strings.Join(list.known, " "))
		}
		for i, name := range list.given {
			if !slices.Contains(list.known, name) {
				if why := Uncounted[name]; why != "" {
					return fmt.Errorf("workload %s has no exact counts: %s", name, why)
				}
				return fmt.Errorf("no %s %q: choose from %s", list.what, name, strings.Join(list.known, " "))
			}
			if slices.Contains(list.given[:i], name) {
				return fmt.Errorf("%s %q is given twice: name each once", list.what, name)
			}
		}
	}
	return nil
}

// Record counts all that p names, each twice, and returns an error if two counts
// of one thing differ: then something depends on time or chance, and no count
// here is exact. done hears of each.
func (p Plan) Record(ctx context.Context, program *Program, done func(n, of int, c *Count)) ([]*Count, error) {
	var all []*Count
	for _, w := range p.Workloads {
		for _, v := range p.Variants {
			s := Spec{Variant: v, Workload: w, Size: p.Size, Runs: Runs}
			c, again, err := program.twice(ctx, s)
			if err != nil {
				return nil, err
			}
			if !c.Exact(*again) {
				return nil, fmt.Errorf("%s on %s: two counts differ:\n%+v\n%+v", w, v, *c, *again)
			}
			all = append(all, c)
			done(len(all), len(p.Workloads)*len(p.Variants), c)
		}
	}
	return all, nil
}

// twice counts side by side: two CPUs or one make no difference.
func (p *Program) twice(ctx context.Context, s Spec) (c, again *Count, err error) {
	var second error
	done := make(chan struct{})
	go func() {
		defer close(done)
		again, second = p.Count(ctx, s)
	}()
	c, err = p.Count(ctx, s)
	<-done
	return c, again, cmp.Or(err, second)
}

// hostKeys are the facts of the host that counts may depend on.
var hostKeys = []string{"os", "kernel", "cpu", "cpu-flags", "go", "goamd64"}

// Keys are the file keys: when, what and on which host.
func (p Plan) Keys(ctx context.Context, command []string, now time.Time) []recording.Key {
	key := func(name, value string) recording.Key { return recording.Key{Name: name, Value: value} }
	keys := []recording.Key{
		key("date", now.UTC().Format(time.RFC3339)),
		key("commit", said(ctx, "git", "rev-parse", "--short=12", "HEAD")),
		key("dirty", dirty(ctx)),
		key("command", strings.Join(command, " ")),
		key("workers", "1"),
		key("gomaxprocs", "1"),
		key("gc", "off"),
		key("preemption", "off: no sysmon, asyncpreemptoff=1"),
		key("tags", "countclock"),
		key("event-interval", strconv.Itoa(sched.DefaultEventInterval)),
		key("global-queue-interval", strconv.Itoa(globalQueueInterval)),
		key("series", fmt.Sprintf("%d runs more or less; each counted twice, the same", Runs)),
		key("left-out", leftOut()),
		key("valgrind", said(ctx, "valgrind", "--version")),
	}
	facts := host.Local().Facts()
	for _, name := range hostKeys {
		for _, f := range facts {
			if f.Name == name {
				keys = append(keys, f)
			}
		}
	}
	return keys
}

func leftOut() string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(Uncounted)) {
		all = append(all, name+" ("+Uncounted[name]+")")
	}
	return strings.Join(all, ", ")
}

func dirty(ctx context.Context) string {
	out, err := output(ctx, "git", "status", "--porcelain", "--untracked-files=no")
	switch {
	case err != nil:
		return "n/a (no git checkout)"
	case len(out) == 0:
		return "no"
	}
	return "yes"
}

// said is what a command prints, or that it can't.
func said(ctx context.Context, name string, args ...string) string {
	out, err := output(ctx, name, args...)
	if s := strings.TrimSpace(string(out)); err == nil && s != "" {
		return s
	}
	return "n/a (" + name + " failed)"
}
