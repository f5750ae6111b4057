package host

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/cpuid/v2"
)

const cpuDir = "sys/devices/system/cpu"

// model is the CPU's name. /proc comes first, because a hypervisor may hide
// the name from CPUID. Arm has no name there, only numbers.
func (h Host) model() (string, error) {
	name, err := readField(h.Root, "proc/cpuinfo", "model name")
	if err == nil {
		return name, nil
	}
	if h.CPU.BrandName != "" {
		return h.CPU.BrandName, nil
	}
	maker, makerErr := readField(h.Root, "proc/cpuinfo", "CPU implementer")
	part, partErr := readField(h.Root, "proc/cpuinfo", "CPU part")
	if makerErr == nil && partErr == nil {
		return "arm implementer " + maker + " part " + part, nil
	}
	return "", err
}

// shownFlags are the features that can change what atomics, spinning, clock
// reads or copies cost. The whole list of a modern CPU is over 1000 characters
// and says little more.
var shownFlags = []cpuid.FeatureID{
	// atomics and transactions
	cpuid.CX16, cpuid.CMPCCXADD, cpuid.RTM, cpuid.ATOMICS, cpuid.LRCPC, cpuid.RV_ZACAS,
	// cache lines, waiting, ordering
	cpuid.CLDEMOTE, cpuid.MOVDIRI, cpuid.WAITPKG, cpuid.SERIALIZE, cpuid.RDTSCP,
	// copies and wide registers
	cpuid.ERMS, cpuid.FSRM, cpuid.BMI2, cpuid.AVX2, cpuid.AVX512F, cpuid.AVX512VL,
	cpuid.SVE, cpuid.SVE2,
}

func (h Host) flags() string {
	var has []string
	for _, id := range shownFlags {
		if h.CPU.Has(id) {
			has = append(has, id.String())
		}
	}
	if len(has) == 0 {
		return na(errors.New("no cpuid"))
	}
	return strings.Join(has, " ")
}

// topology counts the CPUs that are online.
type topology struct {
	sockets, cores, threadsPerCore int
	err                            error
}

func (h Host) topology() topology {
	cpus, err := h.cpuDirs()
	if err != nil {
		return topology{err: err}
	}
	sockets, cores := map[string]bool{}, map[string]bool{}
	var top topology
	for _, dir := range cpus {
		socket, err := readText(h.Root, dir+"/topology/physical_package_id")
		if errors.Is(err, fs.ErrNotExist) {
			top.err = err // an offline CPU has no topology; all of them is an error
			continue
		}
		siblings, err2 := readText(h.Root, dir+"/topology/thread_siblings_list")
		if err := errors.Join(err, err2); err != nil {
			return topology{err: err}
		}
		threads, err := parseList(siblings)
		if err != nil {
			return topology{err: err}
		}
		sockets[socket], cores[siblings] = true, true
		top.threadsPerCore = max(top.threadsPerCore, len(threads))
	}
	top.sockets, top.cores = len(sockets), len(cores)
	if top.cores > 0 {
		top.err = nil
	}
	return top
}

// cpuDirs lists the folders of the CPUs, in the order of their numbers.
func (h Host) cpuDirs() ([]string, error) {
	entries, err := fs.ReadDir(h.Root, cpuDir)
	if err != nil {
		return nil, err
	}
	var numbers []int
	for _, e := range entries {
		digits, isCPU := strings.CutPrefix(e.Name(), "cpu")
		if n, err := strconv.Atoi(digits); isCPU && err == nil {
			numbers = append(numbers, n)
		}
	}
	if len(numbers) == 0 {
		return nil, fs.ErrNotExist
	}
	slices.Sort(numbers)
	dirs := make([]string, len(numbers))
	for i, n := range numbers {
		dirs[i] = fmt.Sprintf("%s/cpu%d", cpuDir, n)
	}
	return dirs, nil
}

// cache is the size of the first CPU's data or unified cache of that level,
// and the CPUs that share it: who shares decides what a contended line costs.
func (h Host) cache(level int) (string, error) {
	cpus, err := h.cpuDirs()
	if err != nil {
		return "", err
	}
	dir := cpus[0] + "/cache"
	entries, err := fs.ReadDir(h.Root, dir)
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), "index") {
			continue
		}
		index := path.Join(dir, e.Name())
		found, err := readText(h.Root, index+"/level")
		if err != nil {
			return "", err
		}
		kind, err := readText(h.Root, index+"/type")
		if err != nil {
			return "", err
		}
		if found != strconv.Itoa(level) || kind == "Instruction" {
			continue
		}
		size, err := readText(h.Root, index+"/size")
		if err != nil {
			return "", err
		}
		shared, err := readText(h.Root, index+"/shared_cpu_list")
		return size + ", CPUs " + text(shared, err), nil
	}
	return "", fmt.Errorf("no level %d", level)
}

func (h Host) numaNodes() (string, error) {
	s, err := readText(h.Root, "sys/devices/system/node/online")
	if err != nil {
		return "", err
	}
	nodes, err := parseList(s)
	return strconv.Itoa(len(nodes)), err
}
