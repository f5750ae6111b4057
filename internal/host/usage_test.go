package host

import (
	"strings"
	"testing"

	"stealbench/internal/recording"
)

func join(keys []recording.Key) string {
	var parts []string
	for _, k := range keys {
		parts = append(parts, k.Name+": "+k.Value)
	}
	return strings.Join(parts, "\n")
}

func TestUsage(t *testing.T) {
	tests := []struct {
		name          string
		before, after Host
		want          string
	}{
		{"nothing happened", testHost(bareMetal), testHost(bareMetal),
			"steal: 0 ticks\nrun-queue-wait: 0 ns\npressure-cpu: 0 us\nthrottled: 0 periods\nthrottled-ancestors: 0 periods"},
		{"all moved; one thread ended, one began", testHost(bareMetal), testHost(bareMetal.with(files{
			"proc/stat":                               "cpu  1027 0 1302 153772 76 0 30 20 0 0\n",
			"proc/pressure/cpu":                       "some avg10=0.01 total=5000\n",
			"proc/self/task/100/schedstat":            "",
			"proc/self/task/101/schedstat":            "1 700 2\n",
			"proc/self/task/102/schedstat":            "1 50 2\n",
			v2 + "/user.slice/cpu.stat":               "nr_throttled 9\n",
			v2 + "/user.slice/session.scope/cpu.stat": "nr_throttled 5\n",
		})), "steal: 3 ticks\nrun-queue-wait: 250 ns\npressure-cpu: 649 us\nthrottled: 2 periods\nthrottled-ancestors: 5 periods"},
		{"steal went back", testHost(bareMetal), testHost(bareMetal.with(files{
			"proc/stat": "cpu  1027 0 1302 153772 76 0 30 16 0 0\n",
		})), "steal: n/a (went back)\nrun-queue-wait: 0 ns\npressure-cpu: 0 us\nthrottled: 0 periods\nthrottled-ancestors: 0 periods"},
		{"absent", testHost(files{}), testHost(files{}),
			"steal: n/a (ENOENT)\nrun-queue-wait: n/a (ENOENT)\npressure-cpu: n/a (ENOENT)\nthrottled: n/a (ENOENT)\nthrottled-ancestors: n/a (ENOENT)"},
		{"hidden", testHost(bareMetal, trees...), testHost(bareMetal, trees...),
			"steal: n/a (EACCES)\nrun-queue-wait: n/a (EACCES)\npressure-cpu: n/a (EACCES)\nthrottled: n/a (EACCES)\nthrottled-ancestors: n/a (EACCES)"},
		{"hidden before", testHost(bareMetal, "proc/self/task", "proc/stat"), testHost(bareMetal),
			"steal: n/a (EACCES)\nrun-queue-wait: n/a (EACCES)\npressure-cpu: 0 us\nthrottled: 0 periods\nthrottled-ancestors: 0 periods"},
		{"odd texts", testHost(bareMetal), testHost(bareMetal.with(files{
			"proc/stat":                               "cpu  1 2 3\n",
			"proc/pressure/cpu":                       "some avg10=0.01\n",
			"proc/self/task/100/schedstat":            "7\n",
			v2 + "/user.slice/cpu.stat":               "usage_usec 1\n",
			v2 + "/user.slice/session.scope/cpu.stat": "nr_throttled -1\n",
		})), "steal: n/a (no steal)\nrun-queue-wait: n/a (bad schedstat)\npressure-cpu: n/a (no total)\nthrottled: n/a (not a number)\nthrottled-ancestors: n/a (no nr_throttled)"},
		{"kernel without schedstat", testHost(files{}), testHost(files{"proc/self/task/100/comm": "x"}),
			"steal: n/a (ENOENT)\nrun-queue-wait: n/a (ENOENT)\npressure-cpu: n/a (ENOENT)\nthrottled: n/a (ENOENT)\nthrottled-ancestors: n/a (ENOENT)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := join(tt.after.Usage().Sub(tt.before.Usage()).Keys()); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestThrottledNeedsEveryAncestor(t *testing.T) {
	_, above := testHost(bareMetal, v2+"/cpu.stat").throttled()
	if got, want := above.String(), "n/a (EACCES)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestThrottledTime: both versions, in ns, of every group that counts it.
func TestThrottledTime(t *testing.T) {
	v1 := files{
		"proc/self/cgroup":    "4:cpu,cpuacct:/a\n0::/x\n",
		"proc/self/mountinfo": "31 24 0:27 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct\n",
	}
	for _, tt := range []struct {
		name string
		h    Host
		want string
	}{
		{"v2", testHost(bareMetal.with(files{
			v2 + "/user.slice/cpu.stat":               "nr_throttled 9\nthrottled_usec 2\n",
			v2 + "/user.slice/session.scope/cpu.stat": "throttled_usec 5\n",
		})), "7000 ns"},
		{"v1", testHost(v1.with(files{"sys/fs/cgroup/cpu/a/cpu.stat": "nr_throttled 1\nthrottled_time 1200\n"})), "1200 ns"},
		{"not counted", testHost(bareMetal), "n/a (no throttled_usec)"},
		{"no cgroup", testHost(files{}), "n/a (ENOENT)"},
	} {
		if got := tt.h.Usage().ThrottledTime.String(); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	before := Usage{ThrottledTime: Reading{V: 5, Unit: "ns"}}
	if got := (Usage{ThrottledTime: Reading{V: 12, Unit: "ns"}}).Sub(before).ThrottledTime.String(); got != "7 ns" {
		t.Errorf("between two usages: got %q, want 7 ns", got)
	}
}
