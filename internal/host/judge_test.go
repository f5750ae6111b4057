package host

import (
	"bytes"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"stealbench/internal/recording"
)

// quietServer is a host about which there is nothing to say.
func quietServer() Findings {
	ns := func(v float64) Reading { return Reading{V: v, Unit: "ns"} }
	turns := func(v float64) Reading { return Reading{V: v, Unit: "a turn"} }
	return Findings{
		CPUs: 16,
		Facts: []recording.Key{
			{Name: "os", Value: "linux/amd64"},
			{Name: "cpu", Value: "AMD EPYC"},
			{Name: "sockets", Value: "1"}, {Name: "cores", Value: "16"}, {Name: "threads-per-core", Value: "1"},
			{Name: "numa-nodes", Value: "1"}, {Name: "affinity", Value: "0-15"},
			{Name: "governor", Value: "performance"}, {Name: "turbo", Value: "off"},
			{Name: "clocksource", Value: "tsc"}, {Name: "hypervisor", Value: "none"},
			{Name: "cgroup-quota", Value: "none"}, {Name: "cgroup-quota-ancestor", Value: "none"},
		},
		Quota: Reading{V: math.Inf(1)},
		Costs: Costs{RMWPrivate: ns(2.5), RMWShared: ns(25), CoreToCore: ns(90), ClockSince: ns(30), ClockNow: ns(40),
			TwoSpin: Reading{V: 2, Unit: "x"}, TwoSort: Reading{V: 1.25, Unit: "x"},
			Perf: Perf{turns(1), turns(2), turns(0), turns(0)}},
		Noise: Noise{Slot: Reading{V: 100, Unit: "us"}, Spread: Reading{V: 1.01, Unit: "p95/median"}, Slots: 200},
		Sample: Usage{
			Steal: Reading{Unit: "ticks"}, RunQueueWait: ns(0), Pressure: Reading{Unit: "us"},
			Throttled: Reading{Unit: "periods"}, ThrottledAncestors: Reading{Unit: "periods"},
		},
		Took: 200 * time.Millisecond,
	}
}

func (f *Findings) set(name, value string) {
	i := slices.IndexFunc(f.Facts, func(k recording.Key) bool { return k.Name == name })
	f.Facts[i].Value = value
}

func TestJudgeQuietServer(t *testing.T) {
	lines, verdict := Judge(quietServer())
	want := []string{
		"cpu: AMD EPYC, hypervisor none, governor performance, turbo off",
		"cpus: 16 usable, affinity 0-15, sockets 1, cores 16, threads per core 1, numa nodes 1",
		"quota: own none, throttled 0 periods; ancestors none, throttled 0 periods",
		"costs: atomic add 2.5 ns on a private line, 25 ns on one that two threads share; core to core 90 ns one way; clock tsc, read 30 ns, time.Now 40 ns",
		"two threads: 2.00 times one's multiplications, 1.25 times its sorting, beside each other: no speed-up is above",
		"event counters: cycles 1 a turn, instructions 2 a turn, cache-misses 0 a turn, hitm 0 a turn",
		"others: steal 0.0 %, run-queue wait 0.0 %, over 200 ms with every CPU wanted; noise 1.01 p95/median of 200 slots of 100 us",
		"can answer: which variant is faster and by what ratio, in one interleaved run of 1 to 16 workers; how many atomics, polls and steals a task takes: counts need no clock",
		"verdict: ok",
	}
	if verdict != OK || !slices.Equal(lines, want) {
		t.Errorf("got %v\n%s\nwant ok\n%s", verdict, strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

func TestJudge(t *testing.T) {
	enoent := Reading{Why: "ENOENT"}
	tests := []struct {
		name    string
		change  func(f *Findings)
		verdict Verdict
		want    []string // the lines that change brings
	}{
		{"one CPU", func(f *Findings) { f.CPUs = 1 }, Limited, []string{
			"can answer: which variant is faster and by what ratio, in one interleaved run of 1 worker",
			"cannot answer: contention: with 1 CPU two writers never meet",
			"do: use a host with 2 CPUs or more, and look at GOMAXPROCS and taskset",
		}},
		{"two CPUs", func(f *Findings) { f.CPUs = 2 }, Limited, []string{
			"cannot answer: contention beyond two writers, nor how it grows (that needs 8 CPUs)",
			"do: claim nothing about more than 2 workers; record the rest on a larger host",
		}},
		{"four CPUs", func(f *Findings) { f.CPUs = 4 }, Limited, []string{
			"cannot answer: contention beyond 4 writers, nor how it grows (that needs 8 CPUs)",
		}},
		{"busy second CPU", func(f *Findings) { f.Costs.RMWShared = unread(errAlone) }, Limited, []string{
			"cannot answer: contention just now: shared line n/a (no second thread ran)",
			"do: end what else runs on the other CPUs, then run doctor again",
		}},
		{"hyperthreads", func(f *Findings) { f.set("threads-per-core", "2"); f.set("cores", "8") }, OK, []string{
			"do: keep to 8 workers or fewer: beyond that two share a core",
		}},
		{"two nodes", func(f *Findings) { f.set("numa-nodes", "2") }, OK, []string{
			"do: keep to one node (numactl -N 0 -m 0): a line between nodes costs several times more",
		}},
		{"quota", func(f *Findings) { f.Quota = Reading{V: 0.5, Unit: "CPUs"} }, Unusable, []string{
			"cannot answer: any time: a cgroup quota of 0.50 CPUs for 16 CPUs makes numbers wrong without any sign",
			"do: lift the quota (docker --cpus, systemd CPUQuota, kubernetes limits) or restrict CPUs with a cpuset",
		}},
		{"quota that can't bind", func(f *Findings) { f.Quota = Reading{V: 16, Unit: "CPUs"} }, OK, nil},
		{"quota unread", func(f *Findings) { f.Quota = Reading{Why: "EACCES"} }, Limited, []string{
			"cannot answer: whether a cgroup quota stops a run: n/a (EACCES)",
			"do: make sure by hand that no CPU quota is set",
		}},
		{"throttled from above", func(f *Findings) { f.Sample.ThrottledAncestors.V = 1 }, Unusable, []string{
			"cannot answer: any time: a cgroup quota stopped this process while it was looked at",
			"do: lift the quota of this cgroup or of one above it",
		}},
		{"guest", func(f *Findings) { f.set("hypervisor", "KVMKVMKVM") }, Limited, []string{
			"cannot answer: absolute times: a virtual machine's neighbours change them (KVMKVMKVM)",
			"do: trust ratios from one interleaved run, never times of two runs",
		}},
		{"powersave", func(f *Findings) { f.set("governor", "powersave") }, Limited, []string{
			"cannot answer: absolute times: the governor powersave changes the frequency",
			"do: cpupower frequency-set -g performance",
		}},
		{"turbo", func(f *Findings) { f.set("turbo", "on") }, Limited, []string{
			"cannot answer: absolute times: turbo changes the frequency with heat and busy cores",
		}},
		{"frequency unread", func(f *Findings) { f.set("governor", na(errEmpty)); f.set("turbo", na(errEmpty)) }, OK, nil},
		{"steal", func(f *Findings) { f.Sample.Steal.V = 16 }, Limited, []string{
			"others: steal 5.0 %, run-queue wait",
			"cannot answer: small differences: other guests took 5.0 % of the CPUs",
		}},
		{"other programs", func(f *Findings) { f.Sample.RunQueueWait.V = 320e6 }, Limited, []string{
			"run-queue wait 10.0 %, over 200 ms with every CPU wanted",
			"cannot answer: small differences: other programs here made threads wait 10.0 % of the time",
			"do: end other programs",
		}},
		{"busy host", func(f *Findings) { f.Sample.RunQueueWait.V = 2e9 }, Unusable, []string{
			"cannot answer: any time: others had the CPUs, steal 0.0 %, run-queue wait 62.5 %; do: end other programs",
		}},
		{"noise", func(f *Findings) { f.Noise.Spread.V = 1.5 }, Limited, []string{
			"cannot answer: small differences with few cells: noise 1.50 p95/median of 200 slots of 100 us",
		}},
		{"slow clock", func(f *Findings) { f.set("clocksource", "hpet"); f.Costs.ClockSince.V = 1200 }, Limited, []string{
			"cannot answer: what the poll timer costs elsewhere: a clock read takes 1200 ns (hpet)",
		}},
		{"not linux", func(f *Findings) {
			notLinux := Reading{Why: "not linux"}
			f.set("os", "darwin/arm64")
			f.Quota = notLinux
			f.Sample = Usage{notLinux, notLinux, notLinux, notLinux, notLinux, notLinux, nil}
		}, Limited, []string{
			"others: steal n/a (not linux), run-queue wait n/a (not linux)",
			"cannot answer: whether others disturbed a run: steal n/a (not linux), run-queue wait n/a (not linux)",
		}},
		{"nothing known", func(f *Findings) {
			*f = Findings{CPUs: 8, Costs: Costs{enoent, enoent, enoent, Paced{Why: "ENOENT"}, enoent, enoent, enoent, enoent, Perf{enoent, enoent, enoent, enoent}}, Noise: Noise{Spread: enoent},
				Sample: Usage{enoent, enoent, enoent, enoent, enoent, enoent, nil}, Quota: enoent}
		}, Limited, []string{"cpu: n/a (not read)", "noise n/a (ENOENT)", "core to core n/a (ENOENT) one way",
			"event counters: cycles n/a (ENOENT), instructions n/a (ENOENT), cache-misses n/a (ENOENT), hitm n/a (ENOENT)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := quietServer()
			tt.change(&f)
			lines, verdict := Judge(f)
			if verdict != tt.verdict {
				t.Errorf("verdict: got %v, want %v", verdict, tt.verdict)
			}
			for _, want := range append(tt.want, "verdict: "+tt.verdict.String()) {
				if !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, want) }) {
					t.Errorf("got\n%s\nwant a line with\n%s", strings.Join(lines, "\n"), want)
				}
			}
			times := strings.Contains(strings.Join(lines, "\n"), "can answer: which variant")
			if times == (verdict == Unusable) {
				t.Errorf("verdict %v, but promises times: %v", verdict, times)
			}
		})
	}
}

func TestDoctor(t *testing.T) {
	before := runtime.NumGoroutine()
	var out bytes.Buffer
	verdict := Local().Doctor(&out)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if got, want := lines[len(lines)-1], "verdict: "+verdict.String(); got != want {
		t.Errorf("last line: got %q, want %q", got, want)
	}
	for _, line := range lines {
		if name, rest, ok := strings.Cut(line, ": "); !ok || name == "" || rest == "" || !oneLine.MatchString(line) {
			t.Errorf("got %q, want NAME: TEXT", line)
		}
	}
	// A goroutine that was waited for may still be on its way out.
	for tries := 0; runtime.NumGoroutine() > before; tries++ {
		if tries == 100 {
			t.Fatalf("goroutines: got %d, want %d", runtime.NumGoroutine(), before)
		}
		time.Sleep(10 * time.Millisecond)
	}
}
