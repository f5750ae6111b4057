//go:build !linux

package host

import (
	"os/exec"
	"time"
)

// StartChild starts a process. It must end by itself when its input does.
func StartChild(cmd *exec.Cmd) error { return cmd.Start() }

// CPUTime can't be known here.
func CPUTime(pid int) (time.Duration, bool) { return 0, false }
