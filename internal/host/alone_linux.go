package host

import (
	"errors"
	"os"
	"runtime"
	"strconv"

	"golang.org/x/sys/unix"
)

// Alone gives the calling goroutine a CPU that no other thread of the process may run on,
// until restore is called: a kernel may put the thread that somebody wakes behind the one
// that wakes it, and leave it there for milliseconds.
func Alone() (restore func() error, err error) {
	allowed, err := affinity()
	if err != nil {
		return nil, err
	}
	if len(allowed) < 2 {
		return nil, errTooFew
	}
	last := len(allowed) - 1
	runtime.LockOSThread() // Go starts no thread of its own from a locked one
	restore = func() error {
		defer runtime.UnlockOSThread()
		return errors.Join(moveAll(allowed), move(0, allowed))
	}
	if err := errors.Join(moveAll(allowed[:last]), move(0, allowed[last:])); err != nil {
		return nil, errors.Join(err, restore())
	}
	return restore, nil
}

// moveAll moves all threads of the process. One that has ended meanwhile is no fault. One
// that is not moved yet may start another, which is not listed: so it looks again until
// it finds none that is new.
func moveAll(cpus []int) error {
	moved := map[int]bool{}
	for before := -1; before < len(moved); {
		before = len(moved)
		tasks, err := os.ReadDir("/proc/self/task")
		if err != nil {
			return err
		}
		for _, t := range tasks {
			id, err := strconv.Atoi(t.Name())
			if err != nil {
				return err
			}
			if moved[id] {
				continue
			}
			if err := move(id, cpus); err != nil && !errors.Is(err, unix.ESRCH) {
				return err
			}
			moved[id] = true
		}
	}
	return nil
}

// move moves a thread, by its ID; 0 is the calling one.
func move(id int, cpus []int) error {
	set := unix.NewCPUSet(maxCPUs)
	for _, cpu := range cpus {
		set.Set(cpu)
	}
	return unix.SchedSetaffinityDynamic(id, set)
}
