package host

import (
	"io/fs"
	"runtime"

	"github.com/klauspost/cpuid/v2"
)

// Host is where facts come from. Tests fill in their own.
type Host struct {
	// Root is the root of the file system; only proc and sys are read.
	Root fs.FS
	// CPU is what the CPUID instruction says, for what /proc leaves out.
	CPU cpuid.CPUInfo
	// CPUs is how many CPUs the process may use.
	CPUs int
	// Affinity lists the CPUs that the calling thread may run on, ascending.
	Affinity func() ([]int, error)
}

// Local is the host that this process runs on.
func Local() Host {
	return Host{
		Root:     systemRoot(),
		CPU:      cpuid.CPU,
		CPUs:     runtime.NumCPU(),
		Affinity: affinity,
	}
}
