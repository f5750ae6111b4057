package recording

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Keys of a recording that is one shard of a run on several machines.
const (
	KeyShard     = "shard"      // "2/4", or "none"; a merged recording names all that it has
	KeyPlanCells = "plan-cells" // cells of all shards
	KeyMachine   = "machine"    // tells machines apart, and says nothing else
)

// mayDiffer are the keys that shards of one run on one machine need not share:
// when each ran, and what was measured at its start. A merged recording has
// every value.
var mayDiffer = []string{"date", "command", "dirty", "rules", KeyShard, "cells", "affinity", "budget",
	"rmw-private", "rmw-shared", "core-to-core", "rmw-paced", "clock-read", "clock-now", "two-spin", "two-sort", "pin",
	"perf-cycles", "perf-instructions", "perf-cache-misses", "perf-hitm"}

// hostKeys tell hosts apart.
var hostKeys = []string{KeyMachine, "os", "kernel", "cpu", "cpu-id", "cpus", "memory"}

// Merged is a recording that Merge wrote.
type Merged struct {
	Dir      string
	Host     []string // values of the keys that tell it apart
	Cells    int
	Planned  int      // of all hosts together
	Missing  []string // shards that are not there or not complete, of all hosts
	Complete bool
}

// Merge puts shards together: one recording per host, in out if there is one and
// else in out/1, out/2 and so on. Cells of different hosts are never pooled. A
// cell that is in two shards with the same content is taken once; one with
// different content is an error, and nothing is written then.
func Merge(dirs []string, out string) ([]Merged, error) {
	if len(dirs) == 0 {
		return nil, fmt.Errorf("no recordings to merge: name their folders")
	}
	var shards []*Recording
	for _, dir := range dirs {
		r, err := readShard(dir)
		if err != nil {
			return nil, err
		}
		if r != nil {
			shards = append(shards, r)
		}
	}
	if len(shards) == 0 {
		return nil, fmt.Errorf("%s: nothing was recorded in it nor in any other: run the shards first", dirs[0])
	}
	hosts, err := byHost(shards)
	if err != nil {
		return nil, err
	}
	planned, missing := coverage(shards)
	var all []*merge
	for _, h := range hosts {
		m, err := h.merge()
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	if where, err := pooled(all); err != nil {
		return nil, fmt.Errorf("%w: %s", err, where)
	}
	var done []Merged
	for i, m := range all {
		dir := out
		if len(all) > 1 {
			dir = filepath.Join(out, strconv.Itoa(i+1))
		}
		complete := len(missing) == 0
		if err := m.write(dir, planned, complete); err != nil {
			return nil, err
		}
		done = append(done, Merged{dir, hosts[i].identity, len(m.cells), planned, missing, complete})
	}
	return done, nil
}

// readShard reads what an interrupted shard has, too: its whole cells. It returns nil
// for a folder in which nothing was recorded yet, whose shard is missing then.
func readShard(dir string) (*Recording, error) {
	if _, err := os.Stat(dir); err == nil {
		if names, err := filepath.Glob(filepath.Join(dir, "*.txt")); err == nil && len(names) == 0 {
			return nil, nil
		}
	}
	r, err := ReadInterrupted(dir)
	if err != nil {
		return nil, err
	}
	return r.Recording, nil
}

type hostShards struct {
	identity []string
	shards   []*Recording
}

// byHost groups the shards by host, in order of appearance. All must be of one run.
func byHost(shards []*Recording) ([]hostShards, error) {
	var hosts []hostShards
	for _, r := range shards {
		if err := sameRun(shards[0], r); err != nil {
			return nil, err
		}
		var identity []string
		for _, k := range hostKeys {
			identity = append(identity, r.Key(k))
		}
		if m := r.Key(KeyMachine); len(shards) > 1 && (m == "" || strings.HasPrefix(m, "n/a")) {
			return nil, fmt.Errorf("%s: key %s is %q: hosts can't be told apart: record where /etc/machine-id or a boot ID can be read", r.Dir, KeyMachine, m)
		}
		i := slices.IndexFunc(hosts, func(h hostShards) bool { return slices.Equal(h.identity, identity) })
		if i < 0 {
			i = len(hosts)
			hosts = append(hosts, hostShards{identity: identity})
		}
		hosts[i].shards = append(hosts[i].shards, r)
	}
	return hosts, nil
}

// sameRun says how two recordings differ in what was measured and by what.
func sameRun(a, b *Recording) error {
	if !slices.Equal(a.Variants, b.Variants) {
		return fmt.Errorf("%s: variants are %v, those of %s are %v: merge shards of one run", b.Dir, b.Variants, a.Dir, a.Variants)
	}
	if !slices.Equal(a.Units, b.Units) {
		return fmt.Errorf("%s: units differ from those of %s: merge shards of one run", b.Dir, a.Dir)
	}
	for _, k := range []string{"commit", "workloads", "workers", "size", "processes", "layouts", "cell-time", "slot-time", "seed", "go", "goamd64", "tags", KeyPlanCells} {
		if a.Key(k) != b.Key(k) {
			return fmt.Errorf("%s: %s is %q, that of %s is %q: merge shards of one run", b.Dir, k, b.Key(k), a.Dir, a.Key(k))
		}
	}
	return nil
}

// coverage is how many cells the whole run has, and which shards are missing.
func coverage(shards []*Recording) (planned int, missing []string) {
	have := map[string]bool{}
	sum := 0
	for _, r := range shards {
		sum += r.Planned
		if r.Complete {
			have[r.Key(KeyShard)] = true
		}
	}
	_, of, _ := strings.Cut(shards[0].Key(KeyShard), "/")
	n, err := strconv.Atoi(of)
	if err != nil { // whole recordings, merged for some reason of the user's
		for _, r := range shards {
			if !r.Complete {
				missing = append(missing, r.Dir)
			}
		}
		return sum, missing
	}
	for i := range n {
		if s := fmt.Sprintf("%d/%d", i+1, n); !have[s] {
			missing = append(missing, s)
		}
	}
	planned, err = strconv.Atoi(shards[0].Key(KeyPlanCells))
	if err != nil || planned < 1 {
		planned = sum
	}
	return planned, missing
}

// merge is the content of one merged recording.
type merge struct {
	keys     []Key
	units    []Unit
	variants []string
	cells    []CellData
	from     map[Cell]string // folder
}

func (h hostShards) merge() (*merge, error) {
	first := h.shards[0]
	m := &merge{variants: first.Variants, from: map[Cell]string{}}
	for _, u := range first.Units {
		if !slices.Contains(standardUnits, u) {
			m.units = append(m.units, u)
		}
	}
	for _, k := range first.Keys {
		if k.Name == "variants" || k.Name == "cells" {
			continue // the writer's own
		}
		values := []string{k.Value}
		for _, r := range h.shards[1:] {
			v := r.Key(k.Name)
			switch {
			case v == "":
				return nil, fmt.Errorf("%s: has no key %s, as %s has: merge recordings of one version", r.Dir, k.Name, first.Dir)
			case slices.Contains(values, v):
			case !slices.Contains(mayDiffer, k.Name):
				return nil, fmt.Errorf("%s: %s is %q, that of %s on the same host is %q: merge shards of one run", r.Dir, k.Name, v, first.Dir, k.Value)
			default:
				values = append(values, v)
			}
		}
		m.keys = append(m.keys, Key{k.Name, strings.Join(values, " | ")})
	}
	at := map[Cell]int{}
	for _, r := range h.shards {
		for _, c := range r.Cells {
			i, twice := at[c.Cell]
			if !twice {
				at[c.Cell] = len(m.cells)
				m.cells = append(m.cells, c)
				m.from[c.Cell] = r.Dir
			} else if !reflect.DeepEqual(m.cells[i].Blocks, c.Blocks) {
				return nil, fmt.Errorf("%s: cell %v is in %s too, with other values: merge each shard once", r.Dir, c.Cell, m.from[c.Cell])
			}
		}
	}
	return m, nil
}

// pooled looks for a comparison that has cells of two hosts.
func pooled(all []*merge) (where string, err error) {
	seen := map[Cell]string{}
	for _, m := range all {
		mine := map[Cell]string{}
		for _, c := range m.cells {
			group := c.Cell
			group.Layout, group.Proc = 0, 0
			if other, ok := seen[group]; ok {
				return other + " and " + m.from[c.Cell],
					fmt.Errorf("%s with %d workers was measured on two hosts, which can't be pooled: leave one out", c.Workload, c.Workers)
			}
			mine[group] = m.from[c.Cell]
		}
		for group, dir := range mine {
			seen[group] = dir
		}
	}
	return "", nil
}

func (m *merge) write(dir string, planned int, complete bool) error {
	w, err := Create(dir, m.keys, m.variants, planned, m.units...)
	if err != nil {
		return err
	}
	defer w.Close()
	for _, c := range m.cells {
		if err := w.WriteCell(c.Cell, c.Blocks); err != nil {
			return err
		}
	}
	if !complete {
		return nil
	}
	return w.Finish()
}
