package host

import (
	"fmt"
	"io"
	"math"
	"time"

	"stealbench/internal/recording"
)

// Verdict is what a host is good for. Greater is worse.
type Verdict int

const (
	OK       Verdict = iota // nothing found that limits the study
	Limited                 // some questions can't be answered here
	Unusable                // no time measured here can be trusted
)

func (v Verdict) String() string {
	switch v {
	case OK:
		return "ok"
	case Limited:
		return "limited"
	case Unusable:
		return "unusable"
	}
	return fmt.Sprintf("Verdict(%d)", int(v))
}

// Findings are everything that Judge goes by.
type Findings struct {
	CPUs   int // that can run at once: the host's or GOMAXPROCS, the lower
	Facts  []recording.Key
	Quota  Reading // the tightest of the own cgroup and those above; +Inf is none
	Costs  Costs
	Noise  Noise
	Sample Usage         // taken while every CPU was wanted
	Took   time.Duration // by Sample
}

const sampleTime = 200 * time.Millisecond

// Examine takes about 0.3 s and keeps all CPUs busy for most of it.
func (h Host) Examine() Findings {
	f := Findings{CPUs: usableCPUs(), Facts: h.Facts()}
	own, above := h.quotas()
	// An ancestor that a container can't show is no reason to doubt its own.
	if f.Quota = own; above.Why != noAncestor {
		f.Quota = tighter(own, above)
	}
	f.Noise = MeasureNoise()
	f.Costs = MeasureCosts()
	f.Sample, f.Took = h.sample(sampleTime)
	return f
}

// Doctor writes what the host is, what it can and cannot answer, and what to do.
func (h Host) Doctor(w io.Writer) Verdict {
	lines, verdict := Judge(h.Examine())
	for _, line := range lines {
		fmt.Fprintln(w, line)
	}
	return verdict
}

// fact is the value of a file key.
func (f Findings) fact(name string) string {
	for _, k := range f.Facts {
		if k.Name == name {
			return k.Value
		}
	}
	return "n/a (not read)"
}

// stealShare is the part of the CPUs' time that other guests took, and
// waitShare the part of the spinning threads' time spent waiting; -1 unknown.
// Steal is counted over all CPUs of the host, so that its share is too high
// where the process may use only some.
func (f Findings) stealShare() float64 {
	const tick = 10 * time.Millisecond // USER_HZ is 100 on every Linux
	return f.share(f.Sample.Steal, tick)
}

func (f Findings) waitShare() float64 {
	return f.share(f.Sample.RunQueueWait, time.Nanosecond)
}

func (f Findings) share(r Reading, unit time.Duration) float64 {
	if !r.OK() || f.Took <= 0 || f.CPUs < 1 {
		return -1
	}
	return r.V * float64(unit) / (float64(f.Took) * float64(f.CPUs))
}

// hasQuota says that the quota can stop the process: one that leaves every
// CPU its whole time can't.
func (f Findings) hasQuota() bool {
	return f.Quota.OK() && !math.IsInf(f.Quota.V, 1) && f.Quota.V < float64(f.CPUs)
}
