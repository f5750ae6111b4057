package host

import (
	"errors"
	"io/fs"
	"os"
	"runtime"

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

// Pinned calls start on a thread that may run on cpus only. A process that
// start starts inherits that, with all its threads.
func Pinned(cpus []int, start func() error) error {
	runtime.LockOSThread() // Go starts no thread of its own from a locked one
	defer runtime.UnlockOSThread()
	old := unix.NewCPUSet(maxCPUs)
	if err := unix.SchedGetaffinityDynamic(0, old); err != nil {
		return err
	}
	set := unix.NewCPUSet(maxCPUs)
	for _, cpu := range cpus {
		set.Set(cpu)
	}
	if err := unix.SchedSetaffinityDynamic(0, set); err != nil {
		return err
	}
	err := start()
	if back := unix.SchedSetaffinityDynamic(0, old); back != nil {
		runtime.LockOSThread() // once more, for good: the thread ends with its goroutine
		return errors.Join(err, back)
	}
	return err
}
