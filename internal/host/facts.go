package host

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"stealbench/internal/recording"
)

// Facts are the file keys that describe the host, always the same ones in the
// same order. Nothing is measured here.
func (h Host) Facts() []recording.Key {
	var keys []recording.Key
	add := func(name, value string) {
		keys = append(keys, recording.Key{Name: name, Value: value})
	}
	top := h.topology()
	group, groupErr := findCgroup(h.Root)
	quota, above := h.quotas()

	add("os", runtime.GOOS+"/"+runtime.GOARCH)
	add("kernel", text(readText(h.Root, "proc/sys/kernel/osrelease")))
	add("cpu", text(h.model()))
	add("cpu-id", text(h.chip()))
	add("machine", text(h.machine()))
	add("cpu-flags", h.flags())
	add("cpus", strconv.Itoa(h.CPUs))
	add("sockets", text(strconv.Itoa(top.sockets), top.err))
	add("cores", text(strconv.Itoa(top.cores), top.err))
	add("threads-per-core", text(strconv.Itoa(top.threadsPerCore), top.err))
	add("cache-l1d", text(h.cache(1)))
	add("cache-l2", text(h.cache(2)))
	add("cache-l3", text(h.cache(3)))
	add("numa-nodes", text(h.numaNodes()))
	add("governor", text(h.governor()))
	add("turbo", text(h.turbo()))
	add("clocksource", text(readText(h.Root,
		"sys/devices/system/clocksource/clocksource0/current_clocksource")))
	add("hypervisor", text(h.hypervisor()))
	add("cgroup", text(fmt.Sprintf("v%d", group.version), groupErr))
	add("cgroup-quota", formatQuota(quota))
	add("cgroup-quota-ancestor", formatQuota(above))
	add("affinity", text(h.affinityList()))
	add("memory", text(h.memory()))
	add("go", runtime.Version())
	add("goamd64", text(goamd64()))
	add("gomaxprocs", strconv.Itoa(runtime.GOMAXPROCS(0)))
	return keys
}

func (h Host) affinityList() (string, error) {
	cpus, err := h.Affinity()
	return formatList(cpus), err
}

func (h Host) memory() (string, error) {
	s, err := readField(h.Root, "proc/meminfo", "MemTotal")
	if err != nil {
		return "", err
	}
	kib, err := strconv.ParseFloat(strings.TrimSuffix(s, " kB"), 64)
	return fmt.Sprintf("%.1f GiB", kib/(1<<20)), err
}

// goamd64 is the micro-architecture level that the binary was built for.
func goamd64() (string, error) {
	if runtime.GOARCH != "amd64" {
		return "", errors.New("not amd64")
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "", errors.New("no build info")
	}
	for _, s := range info.Settings {
		if s.Key == "GOAMD64" {
			return s.Value, nil
		}
	}
	return "", errors.New("no build setting")
}
