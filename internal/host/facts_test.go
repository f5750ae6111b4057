package host

import (
	"regexp"
	"runtime"
	"slices"
	"testing"

	"github.com/klauspost/cpuid/v2"

	"stealbench/internal/recording"
)

// always are the facts that no file system decides.
var always = []string{"os", "cpus", "affinity", "go", "goamd64", "gomaxprocs"}

func TestFacts(t *testing.T) {
	tests := []struct {
		name string
		host Host
		want map[string]string
	}{
		{"bare metal", testHost(bareMetal), map[string]string{
			"os": runtime.GOOS + "/" + runtime.GOARCH, "kernel": "6.18.44",
			"cpu": "Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz", "cpu-flags": "n/a (no cpuid)",
			"cpus": "4", "sockets": "2", "cores": "2", "threads-per-core": "2",
			"cache-l1d": "48K, CPUs 0,2", "cache-l2": "1280K, CPUs n/a (ENOENT)", "cache-l3": "n/a (no level 3)",
			"numa-nodes": "2", "governor": "powersave,performance", "turbo": "off",
			"clocksource": "tsc", "hypervisor": "none",
			"cgroup": "v2", "cgroup-quota": "none", "cgroup-quota-ancestor": "2.50 CPUs",
			"affinity": "0-2,5", "memory": "23.5 GiB", "go": runtime.Version(),
		}},
		{"guest", guest(testHost(bareMetal.with(files{
			"proc/cpuinfo":                       "processor\t: 0\nflags\t: fpu hypervisor\n",
			cpuDir + "/intel_pstate/no_turbo":    "",
			cpuDir + "/cpufreq/boost":            "1\n",
			"proc/meminfo":                       "MemTotal: x kB\n",
			"sys/devices/system/node/online":     "1-0\n",
			"proc/sys/kernel/osrelease":          "\n\n",
			cpuDir + "/cpu0/cache/index1/size":   "48\nK\x00",
			cpuDir + "/cpu0/cache/index2/type":   "",
			cpuDir + "/cpu3/topology/core_id":    "9",
			"sys/devices/system/node/possible":   "0",
			cpuDir + "/cpu0/cache/uevent":        "x",
			cpuDir + "/cpu0/cache/index1/uevent": "x",
		}))), map[string]string{
			"cpu": "AMD EPYC", "cpu-flags": "CX16 AVX2", "hypervisor": "KVMKVMKVM", "turbo": "on",
			"memory": "n/a (not a number)", "numa-nodes": "n/a (bad list)", "kernel": "n/a (empty)",
			"cache-l1d": "48 K, CPUs 0,2", "cache-l2": "n/a (ENOENT)",
		}},
		{"xen", testHost(files{"sys/hypervisor/type": "xen\n"}), map[string]string{"hypervisor": "xen"}},
		{"unnamed guest", testHost(files{"proc/cpuinfo": "flags : fpu hypervisor\n"}),
			map[string]string{"hypervisor": "unnamed"}},
		{"arm", testHost(files{"proc/cpuinfo": "CPU implementer\t: 0x41\nCPU part\t: 0xd0c\n"}),
			map[string]string{"cpu": "arm implementer 0x41 part 0xd0c", "hypervisor": "n/a (no flags)"}},
		{"one file denied", testHost(bareMetal, cpuDir+"/cpu3/topology"),
			map[string]string{"cores": "n/a (EACCES)", "governor": "powersave,performance"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := values(tt.host)
			for name, want := range tt.want {
				if got[name] != want {
					t.Errorf("%s: got %q, want %q", name, got[name], want)
				}
			}
		})
	}
}

func TestFactsUnread(t *testing.T) {
	tests := []struct {
		name string
		host Host
		want string
	}{
		{"absent", testHost(files{}), "n/a (ENOENT)"},
		{"hidden", testHost(bareMetal, trees...), "n/a (EACCES)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, k := range tt.host.Facts() {
				if slices.Contains(always, k.Name) || k.Name == "cpu-flags" {
					continue
				}
				if k.Value != tt.want {
					t.Errorf("%s: got %q, want %q", k.Name, k.Value, tt.want)
				}
			}
		})
	}
}

var (
	keyName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
	oneLine = regexp.MustCompile(`^\S([ -~]*\S)?$`)
)

func checkKeys(t *testing.T, keys []recording.Key) {
	t.Helper()
	seen := map[string]bool{}
	for _, k := range keys {
		if !keyName.MatchString(k.Name) || seen[k.Name] {
			t.Errorf("key %q: want a benchfmt key, once", k.Name)
		}
		seen[k.Name] = true
		if !oneLine.MatchString(k.Value) || len(k.Value) > 200 {
			t.Errorf("%s: got %q, want one line of at most 200 characters", k.Name, k.Value)
		}
	}
}

func TestKeysAreFileKeys(t *testing.T) {
	all := cpuid.CPUInfo{}
	all.Enable(shownFlags...)
	full := testHost(bareMetal)
	full.CPU = all
	order := func(h Host) (names []string) {
		for _, k := range h.Facts() {
			names = append(names, k.Name)
		}
		return names
	}
	want := order(full)
	for _, h := range []Host{Local(), full, testHost(files{}), testHost(bareMetal, trees...)} {
		keys := append(h.Facts(), h.Usage().Keys()...)
		checkKeys(t, append(keys, MeasureCosts().Keys()...))
		if got := order(h); !slices.Equal(got, want) {
			t.Errorf("order: got %v, want %v", got, want)
		}
	}
}
