package host

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/klauspost/cpuid/v2"
)

// files are the text of files by their path, without the first slash.
type files map[string]string

// testHost is a host with these files, 4 CPUs and nothing known to CPUID.
// Paths in denied, and all below them, can't be opened.
func testHost(f files, denied ...string) Host {
	m := fstest.MapFS{}
	for name, text := range f {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return Host{
		Root:     deniedFS{m, denied},
		CPUs:     4,
		Affinity: func() ([]int, error) { return []int{0, 1, 2, 5}, nil },
	}
}

type deniedFS struct {
	fs.FS
	denied []string
}

func (d deniedFS) Open(name string) (fs.File, error) {
	for dir := name; dir != "."; dir = path.Dir(dir) {
		if slices.Contains(d.denied, dir) {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
		}
	}
	return d.FS.Open(name)
}

// with is f with some files replaced; an empty text removes one.
func (f files) with(changes files) files {
	out := files{}
	for _, m := range []files{f, changes} {
		for name, text := range m {
			out[name] = text
		}
	}
	for name, text := range changes {
		if text == "" {
			delete(out, name)
		}
	}
	return out
}

// bareMetal has two sockets of one core of two threads, and a quota two
// groups up.
var bareMetal = files{
	"proc/cpuinfo": "processor\t: 0\nmodel name\t: Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz\n" +
		"flags\t\t: fpu vme avx2\nprocessor\t: 1\nmodel name\t: another\n",
	"proc/meminfo":              "MemTotal:       24684092 kB\nMemFree:        24532828 kB\n",
	"proc/sys/kernel/osrelease": "6.18.44\n",

	cpuDir + "/online": "0-3\n",
	cpuDir + "/cpu0/topology/physical_package_id":                     "0\n",
	cpuDir + "/cpu0/topology/thread_siblings_list":                    "0,2\n",
	cpuDir + "/cpu1/topology/physical_package_id":                     "1\n",
	cpuDir + "/cpu1/topology/thread_siblings_list":                    "1,3\n",
	cpuDir + "/cpu2/topology/physical_package_id":                     "0\n",
	cpuDir + "/cpu2/topology/thread_siblings_list":                    "0,2\n",
	cpuDir + "/cpu3/topology/physical_package_id":                     "1\n",
	cpuDir + "/cpu3/topology/thread_siblings_list":                    "1,3\n",
	cpuDir + "/cpu4/online":                                           "0\n", // has no topology
	cpuDir + "/cpu0/cpufreq/scaling_governor":                         "powersave\n",
	cpuDir + "/cpu1/cpufreq/scaling_governor":                         "powersave\n",
	cpuDir + "/cpu2/cpufreq/scaling_governor":                         "performance\n",
	cpuDir + "/intel_pstate/no_turbo":                                 "1\n",
	"sys/devices/system/node/online":                                  "0-1\n",
	"sys/devices/system/clocksource/clocksource0/current_clocksource": "tsc\n",

	cpuDir + "/cpu0/cache/index0/level":           "1\n",
	cpuDir + "/cpu0/cache/index0/type":            "Instruction\n",
	cpuDir + "/cpu0/cache/index0/size":            "32K\n",
	cpuDir + "/cpu0/cache/index1/level":           "1\n",
	cpuDir + "/cpu0/cache/index1/type":            "Data\n",
	cpuDir + "/cpu0/cache/index1/size":            "48K\n",
	cpuDir + "/cpu0/cache/index1/shared_cpu_list": "0,2\n",
	cpuDir + "/cpu0/cache/index2/level":           "2\n",
	cpuDir + "/cpu0/cache/index2/type":            "Unified\n",
	cpuDir + "/cpu0/cache/index2/size":            "1280K\n",

	"proc/self/cgroup":                        "0::/user.slice/session.scope\n",
	"proc/self/mountinfo":                     "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n",
	v2 + "/user.slice/session.scope/cpu.max":  "max 100000\n",
	v2 + "/user.slice/cpu.max":                "250000 100000\n",
	v2 + "/cgroup.controllers":                "cpuset cpu io\n",
	v2 + "/user.slice/session.scope/cpu.stat": "usage_usec 1\nnr_periods 9\nnr_throttled 3\n",
	v2 + "/user.slice/cpu.stat":               "usage_usec 1\nnr_periods 9\nnr_throttled 4\n",
	v2 + "/cpu.stat":                          "usage_usec 1\n",

	"proc/stat":                    "cpu  1027 0 1302 153772 76 0 30 17 0 0\ncpu0 466 0 537 77025 12 0 9 7 0 0\n",
	"proc/pressure/cpu":            "some avg10=0.01 avg60=0.23 avg300=0.24 total=4351\nfull avg10=0.00 total=0\n",
	"proc/self/task/100/schedstat": "119078 1000 2\n",
	"proc/self/task/101/schedstat": "119078 500 2\n",
}

const v2 = "sys/fs/cgroup"

// guest adds what CPUID tells inside a virtual machine.
func guest(h Host) Host {
	h.CPU = cpuid.CPUInfo{BrandName: "AMD EPYC", HypervisorVendorString: "KVMKVMKVM\x00\x00"}
	h.CPU.Enable(cpuid.HYPERVISOR, cpuid.AVX2, cpuid.CX16)
	return h
}

// everything that the package reads.
var trees = []string{"etc", "proc", "sys"}

func values(h Host) map[string]string {
	m := map[string]string{}
	for _, k := range h.Facts() {
		m[k.Name] = k.Value
	}
	return m
}

func isNA(value string) bool {
	return strings.HasPrefix(value, "n/a (") && strings.HasSuffix(value, ")")
}
