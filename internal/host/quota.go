package host

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"strconv"
	"strings"
)

// quotas is the CPU quota of the own group and the tightest one above it, in
// CPUs; +Inf is none. Go itself looks at the own group only (golang#81180).
func (h Host) quotas() (own, above Reading) {
	g, err := findCgroup(h.Root)
	if err != nil {
		return unread(err), unread(err)
	}
	own = g.quota(h.Root, g.dirs[0])
	if len(g.dirs) == 1 {
		return own, Reading{Why: noAncestor}
	}
	above = g.quota(h.Root, g.dirs[1])
	for _, dir := range g.dirs[2:] {
		above = tighter(above, g.quota(h.Root, dir))
	}
	return own, above
}

// noAncestor is why there is no quota above: in a container, it may be hidden.
const noAncestor = "no visible ancestor"

// tighter prefers a limit to an unread one, and an unread one to none: "none"
// must mean that every group was looked at.
func tighter(a, b Reading) Reading {
	switch {
	case a.OK() && b.OK():
		a.V = min(a.V, b.V)
		return a
	case a.OK() && !math.IsInf(a.V, 1), !a.OK() && !(b.OK() && !math.IsInf(b.V, 1)):
		return a
	}
	return b
}

func (g cgroup) quota(root fs.FS, dir string) Reading {
	var quota, period string
	var err error
	if g.version == 2 {
		var s string
		if s, err = readText(root, dir+"/cpu.max"); errors.Is(err, fs.ErrNotExist) {
			// The root group and a group without the controller have no
			// cpu.max and so no quota, if the group itself can be seen.
			if _, seen := fs.Stat(root, dir+"/cgroup.controllers"); seen == nil {
				return Reading{V: math.Inf(1)}
			}
		}
		quota, period, _ = strings.Cut(s, " ")
	} else {
		var err2 error
		quota, err = readText(root, dir+"/cpu.cfs_quota_us")
		period, err2 = readText(root, dir+"/cpu.cfs_period_us")
		err = errors.Join(err, err2)
	}
	if err != nil {
		return unread(err)
	}
	if quota == "max" || quota == "-1" {
		return Reading{V: math.Inf(1)}
	}
	q, qErr := strconv.ParseUint(quota, 10, 64)
	p, pErr := strconv.ParseUint(period, 10, 64)
	if qErr != nil || pErr != nil || q == 0 || p == 0 {
		return Reading{Why: "bad quota"}
	}
	return Reading{V: float64(q) / float64(p), Unit: "CPUs"}
}

func formatQuota(r Reading) string {
	switch {
	case !r.OK():
		return r.String()
	case math.IsInf(r.V, 1):
		return "none"
	}
	return fmt.Sprintf("%.2f CPUs", r.V)
}

// throttled is how many periods the own group and all those above it were
// stopped in.
func (h Host) throttled() (own, above Reading) {
	g, err := findCgroup(h.Root)
	if err != nil {
		return unread(err), unread(err)
	}
	own = g.throttled(h.Root, g.dirs[0])
	if len(g.dirs) == 1 {
		return own, Reading{Why: noAncestor}
	}
	above = g.throttled(h.Root, g.dirs[1])
	for _, dir := range g.dirs[2:] {
		r := g.throttled(h.Root, dir)
		switch {
		case r.Why == noThrottled: // no quota there, so nothing to add
		case above.Why == noThrottled || above.OK() && !r.OK():
			above = r
		case above.OK():
			above.V += r.V
		}
	}
	return own, above
}

// noThrottled is why a group without the controller has no count.
const noThrottled = "no nr_throttled"

func (g cgroup) throttled(root fs.FS, dir string) Reading {
	s, err := readField(root, dir+"/cpu.stat", "nr_throttled")
	return parseReading(s, err, "periods")
}

// throttledTime is how long the own group and those above it were stopped, ns,
// summed over those that count it. It moves within a period, their number only
// at its end.
func (h Host) throttledTime() Reading {
	g, err := findCgroup(h.Root)
	if err != nil {
		return unread(err)
	}
	name, scale := "throttled_usec", 1e3
	if g.version == 1 {
		name, scale = "throttled_time", 1
	}
	sum := Reading{Why: "no " + name}
	for _, dir := range g.dirs {
		s, err := readField(h.Root, dir+"/cpu.stat", name)
		if r := parseReading(s, err, "ns"); r.OK() {
			sum = Reading{V: sum.V + scale*r.V, Unit: r.Unit}
		}
	}
	return sum
}
