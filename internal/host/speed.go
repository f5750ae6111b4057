package host

import (
	"errors"
	"slices"
	"strings"

	"github.com/klauspost/cpuid/v2"
)

// governor lists the frequency governors in use, usually one.
func (h Host) governor() (string, error) {
	cpus, err := h.cpuDirs()
	if err != nil {
		return "", err
	}
	var seen []string
	var firstErr error
	for _, dir := range cpus {
		g, err := readText(h.Root, dir+"/cpufreq/scaling_governor")
		switch {
		case err != nil && firstErr == nil:
			firstErr = err
		case err == nil && !slices.Contains(seen, g):
			seen = append(seen, g)
		}
	}
	if len(seen) == 0 {
		return "", firstErr
	}
	return strings.Join(seen, ","), nil
}

// turbo is "on" or "off". The two drivers' files mean opposite things.
func (h Host) turbo() (string, error) {
	if s, err := readText(h.Root, cpuDir+"/intel_pstate/no_turbo"); err == nil {
		return onOff(s, "0", "1")
	}
	s, err := readText(h.Root, cpuDir+"/cpufreq/boost")
	if err != nil {
		return "", err
	}
	return onOff(s, "1", "0")
}

func onOff(s, on, off string) (string, error) {
	switch s {
	case on:
		return "on", nil
	case off:
		return "off", nil
	}
	return "", errors.New("neither 0 nor 1")
}

// hypervisor names the hypervisor, or is "none". Only x86 tells every guest;
// elsewhere silence proves nothing.
func (h Host) hypervisor() (string, error) {
	if s, err := readText(h.Root, "sys/hypervisor/type"); err == nil {
		return s, nil
	}
	if h.CPU.Has(cpuid.HYPERVISOR) {
		if id := h.CPU.HypervisorVendorID; id != cpuid.VendorUnknown {
			return id.String(), nil
		}
		if vendor := clean(h.CPU.HypervisorVendorString); vendor != "" {
			return vendor, nil
		}
		return "unnamed", nil
	}
	flags, err := readField(h.Root, "proc/cpuinfo", "flags")
	if err != nil {
		return "", err
	}
	if slices.Contains(strings.Fields(flags), "hypervisor") {
		return "unnamed", nil
	}
	return "none", nil
}
