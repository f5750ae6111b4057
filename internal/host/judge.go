package host

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Limits beyond which Judge says something; chosen by feel, from what the
// statistics of the suite cope with by themselves.
const (
	maxSteal     = 0.01 // of the CPUs' time
	maxWait      = 0.02 // of the threads' time
	maxTaken     = 0.25 // of either: the CPUs are not ours
	maxSpread    = 1.10 // p95 over median of the spin slots
	maxClockRead = 200  // ns; a poll timer reads the clock twice in a poll
	scalingCPUs  = 8    // the fewest that tell the scaling law's parameters
)

// Judge is the whole of doctor but the measuring: from findings to lines.
func Judge(f Findings) ([]string, Verdict) {
	a := advice{verdict: OK}
	a.aboutCPUs(f)
	a.aboutQuota(f)
	a.aboutSpeed(f)
	a.aboutNeighbours(f)
	a.aboutClock(f)

	lines := describe(f)
	can := "how many atomics, polls and steals a task takes: counts need no clock"
	if a.verdict != Unusable {
		workers := "1 worker"
		if f.CPUs >= 2 {
			workers = fmt.Sprintf("1 to %d workers", f.CPUs)
		}
		can = fmt.Sprintf("which variant is faster and by what ratio, in one interleaved run of %s; %s", workers, can)
	}
	lines = append(lines, "can answer: "+can)
	lines = append(lines, a.limits...)
	for _, s := range a.do {
		lines = append(lines, "do: "+s)
	}
	return append(lines, "verdict: "+a.verdict.String()), a.verdict
}

// describe is the plain part, some facts of one kind a line.
func describe(f Findings) []string {
	c := f.Costs
	return []string{
		fmt.Sprintf("cpu: %s, hypervisor %s, governor %s, turbo %s", f.fact("cpu"), f.fact("hypervisor"), f.fact("governor"), f.fact("turbo")),
		fmt.Sprintf("cpus: %d usable, affinity %s, sockets %s, cores %s, threads per core %s, numa nodes %s",
			f.CPUs, f.fact("affinity"), f.fact("sockets"), f.fact("cores"), f.fact("threads-per-core"), f.fact("numa-nodes")),
		fmt.Sprintf("quota: own %s, throttled %s; ancestors %s, throttled %s",
			f.fact("cgroup-quota"), f.Sample.Throttled, f.fact("cgroup-quota-ancestor"), f.Sample.ThrottledAncestors),
		fmt.Sprintf("costs: atomic add %s on a private line, %s on one that two threads share; core to core %s one way; clock %s, read %s, time.Now %s",
			c.RMWPrivate, c.RMWShared, c.CoreToCore, f.fact("clocksource"), c.ClockSince, c.ClockNow),
		fmt.Sprintf("two threads: %s times one's multiplications, %s times its sorting, beside each other: no speed-up is above", times(c.TwoSpin), times(c.TwoSort)),
		"event counters: " + c.Perf.String(),
		fmt.Sprintf("others: steal %s, run-queue wait %s, %s; noise %s",
			percent(f.stealShare(), f.Sample.Steal), percent(f.waitShare(), f.Sample.RunQueueWait), over(f), f.Noise.String()),
	}
}

func over(f Findings) string {
	return fmt.Sprintf("over %d ms with every CPU wanted", f.Took/time.Millisecond)
}

func percent(share float64, r Reading) string {
	if share < 0 {
		return r.String()
	}
	return fmt.Sprintf("%.1f %%", 100*share)
}

// advice collects what the rules find.
type advice struct {
	limits  []string // lines
	do      []string
	verdict Verdict
}

// limit is one thing found: what can't be answered and what to do about it.
func (a *advice) limit(v Verdict, cannot, do string) {
	a.verdict = max(a.verdict, v)
	a.limits = append(a.limits, "cannot answer: "+cannot+"; do: "+do)
}

func (a *advice) aboutCPUs(f Findings) {
	switch {
	case f.CPUs < 2:
		a.limit(Limited, "contention: with 1 CPU two writers never meet",
			"use a host with 2 CPUs or more, and look at GOMAXPROCS and taskset")
	case f.CPUs < scalingCPUs:
		a.limit(Limited, fmt.Sprintf("contention beyond %s, nor how it grows (that needs %d CPUs)",
			writers(f.CPUs), scalingCPUs),
			fmt.Sprintf("claim nothing about more than %d workers; record the rest on a larger host", f.CPUs))
	}
	if f.CPUs >= 2 && !f.Costs.RMWShared.OK() {
		a.limit(Limited, "contention just now: shared line "+f.Costs.RMWShared.String(),
			"end what else runs on the other CPUs, then run doctor again")
	}
	if threads, cores := f.number("threads-per-core"), f.fact("cores"); threads > 1 {
		a.do = append(a.do, fmt.Sprintf("keep to %s workers or fewer: beyond that two share a core", cores))
	}
	if f.number("numa-nodes") > 1 || f.number("sockets") > 1 {
		a.do = append(a.do, "keep to one node (numactl -N 0 -m 0): a line between nodes costs several times more")
	}
}

func writers(n int) string {
	if n == 2 {
		return "two writers"
	}
	return fmt.Sprintf("%d writers", n)
}

func (a *advice) aboutQuota(f Findings) {
	throttled := f.Sample.Throttled.OK() && f.Sample.Throttled.V > 0 ||
		f.Sample.ThrottledAncestors.OK() && f.Sample.ThrottledAncestors.V > 0
	switch {
	case f.hasQuota():
		a.limit(Unusable, fmt.Sprintf("any time: a cgroup quota of %s for %d CPUs makes numbers wrong without any sign",
			formatQuota(f.Quota), f.CPUs),
			"lift the quota (docker --cpus, systemd CPUQuota, kubernetes limits) or restrict CPUs with a cpuset")
	case throttled:
		a.limit(Unusable, "any time: a cgroup quota stopped this process while it was looked at",
			"lift the quota of this cgroup or of one above it")
	case !f.Quota.OK() && strings.HasPrefix(f.fact("os"), "linux/"): // others have no cgroups
		a.limit(Limited, "whether a cgroup quota stops a run: "+f.Quota.String(),
			"make sure by hand that no CPU quota is set")
	}
}

func (a *advice) aboutSpeed(f Findings) {
	if name := f.fact("hypervisor"); name != "none" && known(name) {
		a.limit(Limited, "absolute times: a virtual machine's neighbours change them ("+name+")",
			"trust ratios from one interleaved run, never times of two runs")
	}
	if g := f.fact("governor"); g != "performance" && known(g) {
		a.limit(Limited, "absolute times: the governor "+g+" changes the frequency",
			"cpupower frequency-set -g performance")
	}
	if f.fact("turbo") == "on" {
		a.limit(Limited, "absolute times: turbo changes the frequency with heat and busy cores",
			"turn turbo off (intel_pstate/no_turbo or cpufreq/boost), or trust ratios only")
	}
}

func (a *advice) aboutNeighbours(f Findings) {
	steal, wait := f.stealShare(), f.waitShare()
	if steal < 0 && wait < 0 {
		a.limit(Limited, "whether others disturbed a run: steal "+f.Sample.Steal.String()+
			", run-queue wait "+f.Sample.RunQueueWait.String(),
			"record on Linux, or keep the host to yourself")
	}
	if steal > maxTaken || wait > maxTaken {
		a.limit(Unusable, fmt.Sprintf("any time: others had the CPUs, steal %s, run-queue wait %s",
			percent(steal, f.Sample.Steal), percent(wait, f.Sample.RunQueueWait)), "end other programs, or measure at another time")
		return
	}
	if steal > maxSteal {
		a.limit(Limited, fmt.Sprintf("small differences: other guests took %.1f %% of the CPUs", 100*steal),
			"use dedicated CPUs, or measure at another time")
	}
	if wait > maxWait {
		a.limit(Limited, fmt.Sprintf("small differences: other programs here made threads wait %.1f %% of the time", 100*wait),
			"end other programs")
	}
	if s := f.Noise.Spread; !s.OK() || s.V > maxSpread {
		a.limit(Limited, "small differences with few cells: noise "+f.Noise.String(),
			"keep the host quiet; expect to need more cells for the same interval")
	}
}

func (a *advice) aboutClock(f Findings) {
	if c := f.Costs.ClockSince; !c.OK() || c.V > maxClockRead {
		a.limit(Limited, fmt.Sprintf("what the poll timer costs elsewhere: a clock read takes %s (%s)", c, f.fact("clocksource")),
			"boot with a clock source that needs no system call (tsc, kvm-clock)")
	}
}

func known(value string) bool { return !strings.HasPrefix(value, "n/a") }

// number is the value of a fact that is a count; 0 when it is unknown.
func (f Findings) number(name string) int {
	n, _ := strconv.Atoi(f.fact(name))
	return n
}

// times is a factor without its unit.
func times(r Reading) string {
	if !r.OK() {
		return r.String()
	}
	return strconv.FormatFloat(r.V, 'f', 2, 64)
}
