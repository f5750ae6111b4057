package harness

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"stealbench/internal/recording"
)

// RunKeys are the file keys that say when a run ends and what it runs, beside
// those of Facts: self is the path of the binary. A resumption needs them.
func RunKeys(p Plan, self string, budget time.Duration) ([]recording.Key, error) {
	binary, err := contentKey(self)
	if err != nil {
		return nil, err
	}
	stop := "fixed number of processes"
	if p.Width > 0 {
		stop = fmt.Sprintf(stopFormat, p.Width, p.Least)
	}
	limit := "none"
	if budget > 0 {
		limit = budget.String()
	}
	peers, err := p.peerKeys()
	if err != nil {
		return nil, err
	}
	return append(peers, []recording.Key{{Name: "stop", Value: stop}, {Name: "budget", Value: limit}, {Name: "binary", Value: binary}}...), nil
}

const stopFormat = "half width %g %%, at least %d cells"

// PlanOf is the plan that a recording was made by, from its file keys. All cells
// of the recording are of it.
func PlanOf(rec *recording.Recording) (Plan, error) {
	p := DefaultPlan()
	p.Variants = rec.Variants
	p.Workloads = strings.Fields(rec.Key("workloads"))
	p.Size = rec.Key("size")
	var first error
	read := func(key string, err error) {
		if err != nil && first == nil {
			first = fmt.Errorf("%s: key %s is %q: can't be resumed: record again", rec.Dir, key, rec.Key(key))
		}
	}
	number := func(key, value string) int {
		n, err := strconv.Atoi(value)
		read(key, err)
		return n
	}
	span := func(key string) time.Duration {
		d, err := time.ParseDuration(rec.Key(key))
		read(key, err)
		return d
	}
	p.Workers = nil
	for _, n := range strings.Fields(rec.Key("workers")) {
		p.Workers = append(p.Workers, number("workers", n))
	}
	p.Processes = number("processes", rec.Key("processes"))
	p.Layouts = number("layouts", strings.TrimPrefix(rec.Key("layouts"), "1-"))
	p.CellTime, p.SlotTime = span("cell-time"), span("slot-time")
	p.Pin = !slices.Contains([]string{"", "none"}, rec.Key("pin"))
	var err error
	if shard := rec.Key(recording.KeyShard); shard != "" && shard != "none" { // older ones have none
		p.Shard, err = ParseShard(shard, func(string) string { return "" })
		read(recording.KeyShard, err)
	}
	p.Seed, err = strconv.ParseUint(rec.Key("seed"), 10, 64)
	read("seed", err)
	if stop := rec.Key("stop"); strings.HasPrefix(stop, "half width ") {
		_, err := fmt.Sscanf(stop, stopFormat, &p.Width, &p.Least)
		read("stop", err)
	}
	if first != nil {
		return Plan{}, first
	}
	if err := p.Check(); err != nil {
		return Plan{}, fmt.Errorf("%s: the plan in its keys: %w", rec.Dir, err)
	}
	if n := len(p.Cells()); n != rec.Planned {
		return Plan{}, fmt.Errorf("%s: key cells is %d, the other keys give %d: can't be resumed: record again", rec.Dir, rec.Planned, n)
	}
	if _, err := newSchedule(p, rec.Cells); err != nil {
		return Plan{}, fmt.Errorf("%s: %w", rec.Dir, err)
	}
	return p, nil
}

// sameKeys must be the same in all cells of a recording: the code, and what of a
// host its times depend on.
var sameKeys = []string{"commit", "dirty", "tags", "binary", "go", "goamd64",
	"os", "machine", "cpu", "cpu-id", "cpu-flags", "cpus", "sockets", "cores", "threads-per-core", "memory", "hypervisor", "kernel",
	"governor", "turbo", "clocksource", "affinity", "cgroup-quota", "cgroup-quota-ancestor"}

// CheckSame says whether the run whose keys these are may go on with rec.
func CheckSame(rec *recording.Recording, now []recording.Key) error {
	same := slices.Clone(sameKeys)
	for _, k := range rec.Keys {
		if strings.HasPrefix(k.Name, peerKey) {
			same = append(same, k.Name)
		}
	}
	for _, name := range same {
		was, is := rec.Key(name), ""
		for _, k := range now {
			if k.Name == name {
				is = k.Value
			}
		}
		if was != is {
			return fmt.Errorf("%s: was recorded with %s %s, this is %s: go on with the former, or record again",
				rec.Dir, name, orNone(was), orNone(is))
		}
	}
	return nil
}

func orNone(value string) string {
	if value == "" {
		return "(not noted)"
	}
	return value
}
