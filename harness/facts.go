package harness

import (
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"stealbench/internal/host"
	"stealbench/internal/recording"
)

// KeyInjections says where injected work runs. Recordings of before have schedulers of
// their own for it, and no such key.
const KeyInjections = "injections"

// Facts are the file keys of a recording: when, what and on which host. They
// cost about 0.1 s, for the line costs.
func Facts(p Plan, command []string, now time.Time) []recording.Key {
	key := func(name, value string) recording.Key { return recording.Key{Name: name, Value: value} }
	facts := host.Local().Facts()
	for i := range facts {
		if facts[i].Name == "gomaxprocs" {
			facts[i].Value = "workers, and 1 more for workloads driven from outside"
			if n := p.readers(); n > 0 {
				facts[i].Value += fmt.Sprintf(", and %d more for readers of counters", n)
			}
		}
	}
	keys := []recording.Key{
		key("date", now.UTC().Format(time.RFC3339)),
		key("commit", built(commit)),
		key("dirty", built(dirty)),
		key("command", strings.Join(command, " ")),
		key("rules", rules(p, factOf(facts, "hypervisor"), built(dirty))),
		key("workloads", strings.Join(p.Workloads, " ")),
		key("workers", fields(p.Workers)),
		key("size", p.Size),
		key("processes", strconv.Itoa(p.Processes)),
		key("layouts", layoutSeeds(p)),
		key("cell-time", p.CellTime.String()),
		key("slot-time", p.SlotTime.String()),
		key("seed", strconv.FormatUint(p.Seed, 10)),
		key(recording.KeyShard, p.Shard.String()),
		key(recording.KeyPlanCells, strconv.Itoa(len(p.allCells()))),
		key("pin", p.pinKey(host.Local())),
		key("oversubscribed", p.Oversubscribed(host.Local())),
		key("seeds", seedsKey),
		key("pads", fmt.Sprintf("heap gaps of 0 to %d bytes between schedulers, environment pad of 0 to %d bytes", maxGap-64, maxPad)),
	}
	if slices.ContainsFunc(p.Variants, func(v string) bool { _, ok := FindInjection(v); return ok }) {
		keys = append(keys, key(KeyInjections, "on the base's scheduler"))
	}
	if l := slices.IndexFunc(Levels, func(l Level) bool { return l.Name == "previous" }); l >= 0 && slices.Contains(p.Variants, "previous") {
		keys = append(keys, key("previous", Levels[l].Changes)) // of which commit (internal/previous)
	}
	if p.opens() {
		keys = append(keys, key("open-loop", openKey))
	}
	keys = append(keys, facts...)
	keys = append(keys,
		// What a cell sets for itself, see RunCell.
		key("gc", "off in slots, between rows above 64 MiB"),
		key("tags", buildTags()),
		key("steal", "per block: units steal-ticks, wait-ns (run queue) and pressure-us (CPU), as far as they can be read"),
		key("canaries", host.CanaryKey()),
		key("flags", "blocks with "+strings.Join(recording.FlagUnits, ", ")+": their cells are left out of comparisons"))
	return append(keys, host.MeasureCosts().Keys()...)
}

// layoutSeeds names the linker layouts of a plan.
func layoutSeeds(p Plan) string {
	if p.Layouts == 0 {
		return "0"
	}
	return fmt.Sprintf("1-%d", min(p.Layouts, p.Processes))
}

// buildTags are those of this binary, and of its layouts.
func buildTags() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "-tags" {
				return s.Value
			}
		}
	}
	return "none"
}

func factOf(facts []recording.Key, name string) string {
	for _, k := range facts {
		if k.Name == name {
			return k.Value
		}
	}
	return "n/a"
}

// ruleCells is how many layouts and processes a publishable recording has at
// least.
const ruleCells = recording.RuleLayouts

// rules says whether the recording keeps every rule of a publishable one that can be
// known before it starts (RUN_RULES.md).
func rules(p Plan, hypervisor, dirty string) string {
	var broken []string
	if n := max(p.Layouts, 1); n < ruleCells {
		broken = append(broken, fmt.Sprintf("linker layouts %d of %d", n, ruleCells))
	}
	least := p.Processes
	if p.Width > 0 {
		least = p.Least
	}
	if least < ruleCells {
		broken = append(broken, fmt.Sprintf("processes %d of %d", least, ruleCells))
	}
	if !slices.Contains(p.Variants, "twin") {
		broken = append(broken, "no twin")
	}
	switch {
	case dirty == "yes":
		broken = append(broken, "uncommitted changes")
	case dirty != "no":
		broken = append(broken, "commit not known")
	}
	if hypervisor != "none" {
		broken = append(broken, "shared host")
	}
	if broken == nil {
		return "kept"
	}
	return "estimate (" + strings.Join(broken, ", ") + ")"
}

// commit and dirty are what the binary was built from; the linker sets them (see
// the Makefile). The folder that it runs in may be another checkout.
var commit, dirty string

func built(from string) string {
	if from == "" {
		return "n/a (not noted at build: make build does)"
	}
	return from
}

func fields(ns []int) string {
	s := make([]string, len(ns))
	for i, n := range ns {
		s[i] = strconv.Itoa(n)
	}
	return strings.Join(s, " ")
}

// Units are the measures of a block beside the three that every block has.
var Units = []recording.Unit{
	{Name: "polls/op", Meta: "better=lower"},
	{Name: "steals/op", Meta: "better=lower"},
	{Name: "stealops/op", Meta: "better=lower"},
	{Name: "stealattempts/op", Meta: "better=lower"},
	{Name: "parks/op", Meta: "better=lower"},
	{Name: "localscheds/op", Meta: "better=lower"},
	{Name: recording.XTotal, Meta: "better=lower"},
	{Name: recording.ErrorP99, Meta: "better=lower"},
	{Name: recording.AgeP99, Meta: "better=lower"},
	{Name: "steal-ticks", Meta: "better=lower"},
	{Name: "wait-ns", Meta: "better=lower"},
	{Name: "pressure-us", Meta: "better=lower"},
	{Name: recording.P50Ns, Meta: "better=lower"},
	{Name: recording.P90Ns, Meta: "better=lower"},
	{Name: recording.P99Ns, Meta: "better=lower"},
	{Name: recording.P999Ns, Meta: "better=lower"},
	{Name: recording.MaxNs, Meta: "better=lower"},
	{Name: recording.MeanNs, Meta: "better=lower"},
	{Name: recording.LateNs, Meta: "better=lower"},
	{Name: recording.Capacity, Meta: "better=higher"},
	{Name: recording.Arrivals, Meta: "better=higher"},
	{Name: recording.Done, Meta: "better=higher"},
	{Name: recording.BehindSlots, Meta: "better=lower"},
	{Name: host.CanaryClock, Meta: "better=lower"},
	{Name: host.CanarySort, Meta: "better=lower"},
	{Name: host.CanaryLine, Meta: "better=lower"},
}
