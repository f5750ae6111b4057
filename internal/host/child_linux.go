package host

import (
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// children is the thread that starts children: they die with the thread that started
// them, and Go ends others when it likes.
var children = sync.OnceValue(func() chan<- func() {
	starts := make(chan func())
	go func() {
		runtime.LockOSThread()
		for start := range starts {
			start()
		}
	}()
	return starts
})

// StartChild starts a process that is killed when this one ends, however that is.
func StartChild(cmd *exec.Cmd) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	started := make(chan error)
	children() <- func() { started <- cmd.Start() }
	return <-started
}

// CPUTime is what all threads of a process have taken until now, false if that
// can't be known (clock_getcpuclockid(3)).
func CPUTime(pid int) (time.Duration, bool) {
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^pid<<3|2), &t); err != nil {
		return 0, false
	}
	return time.Duration(t.Nano()), true
}
