package host

import (
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// maxCPUs is the largest NR_CPUS that Linux can be configured with on x86; the
// fixed unix.CPUSet ends at 1024.
const maxCPUs = 8192

func systemRoot() fs.FS { return os.DirFS("/") }

func affinity() ([]int, error) {
	set := unix.NewCPUSet(maxCPUs)
	if err := unix.SchedGetaffinityDynamic(0, set); err != nil {
		return nil, err
	}
	var cpus []int
	for cpu := range maxCPUs {
		if set.IsSet(cpu) {
			cpus = append(cpus, cpu)
		}
	}
	return cpus, nil
}
