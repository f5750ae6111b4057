package host

import (
	"fmt"
	"slices"
)

// PinCPUs chooses n of the CPUs that this process may run on: the lowest
// numbers, but one thread of every core before the second of any. Numbers that
// are near each other share caches and memory on most hosts.
func (h Host) PinCPUs(n int) ([]int, error) {
	allowed, err := h.Affinity()
	if err != nil {
		return nil, fmt.Errorf("cannot pin: affinity %s", na(err))
	}
	if len(allowed) < n {
		return nil, fmt.Errorf("cannot pin to %d CPUs: this process may use %d (%s)", n, len(allowed), formatList(allowed))
	}
	var first, later []int
	cores := map[string]bool{}
	for _, cpu := range slices.Sorted(slices.Values(allowed)) {
		core, err := readText(h.Root, fmt.Sprintf("%s/cpu%d/topology/thread_siblings_list", cpuDir, cpu))
		if err == nil && cores[core] {
			later = append(later, cpu)
			continue
		}
		cores[core] = true
		first = append(first, cpu)
	}
	chosen := append(first, later...)[:n]
	slices.Sort(chosen)
	return chosen, nil
}

// FormatCPUs is a set of CPUs as the kernel writes it, "0-3,8".
func FormatCPUs(cpus []int) string { return formatList(cpus) }
