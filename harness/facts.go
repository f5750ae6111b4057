package harness

import (
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"stealbench/internal/host"
	"stealbench/internal/recording"
)

// Facts are the file keys of a recording: when, what and on which host. They
// cost about 0.1 s, for the line costs.
func Facts(p Plan, command []string, now time.Time) []recording.Key {
	key := func(name, value string) recording.Key { return recording.Key{Name: name, Value: value} }
	keys := []recording.Key{
		key("date", now.UTC().Format(time.RFC3339)),
		key("commit", git("rev-parse", "--short=12", "HEAD")),
		key("dirty", dirty()),
		key("command", strings.Join(command, " ")),
		key("rules", rules(p)),
		key("workloads", strings.Join(p.Workloads, " ")),
		key("workers", fields(p.Workers)),
		key("size", p.Size),
		key("processes", strconv.Itoa(p.Processes)),
		key("layouts", "0"),
		key("cell-time", p.CellTime.String()),
		key("slot-time", p.SlotTime.String()),
		key("seed", strconv.FormatUint(p.Seed, 10)),
	}
	local := host.Local()
	keys = append(keys, local.Facts()...)
	return append(keys, host.MeasureCosts().Keys()...)
}

// rules says whether the recording keeps every rule of a publishable one.
func rules(p Plan) string {
	reasons := []string{"one linker layout instead of 8"}
	if p.Processes < 8 {
		reasons = append(reasons, fmt.Sprintf("%d processes instead of 8", p.Processes))
	}
	return "estimate (" + strings.Join(reasons, ", ") + ")"
}

func dirty() string {
	out := git("status", "--porcelain", "--untracked-files=no")
	switch {
	case strings.HasPrefix(out, "n/a"):
		return out
	case out == "":
		return "no"
	}
	return "yes"
}

// git returns what a git command prints, or why it can't.
func git(args ...string) string {
	out, err := exec.Command("git", args...).Output()
	if err != nil {
		return "n/a (no git checkout)"
	}
	return strings.TrimSpace(string(out))
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
	{Name: "parks/op", Meta: "better=lower"},
	{Name: "localscheds/op", Meta: "better=lower"},
	{Name: "steal-ticks", Meta: "better=lower"},
	{Name: "wait-ns", Meta: "better=lower"},
}
