package host

import (
	"encoding/binary"
	"errors"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// countLoop counts the events of a loop of so many turns on this thread, as one
// group: they are on the processor together or not at all.
func countLoop(events []perfEvent, turns int) (counts []uint64, errs []error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	counts, errs = make([]uint64, len(events)), make([]error, len(events))
	var open []int // events in the group, in order
	leader := -1
	for i, e := range events {
		if errs[i] = e.unknown; errs[i] != nil {
			continue
		}
		fd, err := openEvent(e, leader)
		if err != nil {
			errs[i] = err
			continue
		}
		defer unix.Close(fd)
		if leader < 0 {
			leader = fd
		}
		open = append(open, i)
	}
	if leader < 0 {
		return counts, errs
	}
	values, err := readGroup(leader, len(open), turns)
	for k, i := range open {
		if errs[i] = err; err == nil {
			counts[i] = values[k]
		}
	}
	return counts, errs
}

func openEvent(e perfEvent, leader int) (int, error) {
	attr := unix.PerfEventAttr{
		Type: e.typ, Config: e.config, Size: uint32(unsafe.Sizeof(unix.PerfEventAttr{})),
		Read_format: unix.PERF_FORMAT_GROUP | unix.PERF_FORMAT_TOTAL_TIME_ENABLED | unix.PERF_FORMAT_TOTAL_TIME_RUNNING,
		Bits:        unix.PerfBitExcludeKernel | unix.PerfBitExcludeHv,
	}
	if leader < 0 {
		attr.Bits |= unix.PerfBitDisabled // enabled with the group
	}
	fd, err := unix.PerfEventOpen(&attr, 0, -1, leader, unix.PERF_FLAG_FD_CLOEXEC)
	return fd, named(err)
}

// readGroup runs the loop and returns what the n events of a group counted.
func readGroup(leader, n, turns int) ([]uint64, error) {
	if err := unix.IoctlSetInt(leader, unix.PERF_EVENT_IOC_ENABLE, unix.PERF_IOC_FLAG_GROUP); err != nil {
		return nil, named(err)
	}
	spinTurns(turns)
	if err := unix.IoctlSetInt(leader, unix.PERF_EVENT_IOC_DISABLE, unix.PERF_IOC_FLAG_GROUP); err != nil {
		return nil, named(err)
	}
	buf := make([]byte, 8*(3+n)) // events, ns enabled, ns counted, a value each
	if got, err := unix.Read(leader, buf); err != nil || got != len(buf) {
		return nil, named(errors.Join(err, errEmpty))
	}
	word := func(i int) uint64 { return binary.NativeEndian.Uint64(buf[8*i:]) }
	if word(1) != word(2) || word(2) == 0 {
		return nil, errMultiplexed
	}
	values := make([]uint64, n)
	for i := range values {
		values[i] = word(3 + i)
	}
	return values, nil
}

// named is err as the name of its number.
func named(err error) error {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		if name := unix.ErrnoName(errno); name != "" {
			return errors.New(name)
		}
	}
	return err
}
