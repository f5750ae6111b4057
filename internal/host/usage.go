package host

import (
	"errors"
	"io/fs"
	"strings"

	"stealbench/internal/recording"
)

// Usage is what others took from this process, counted since some start.
// Usages differ meaningfully only by Sub.
type Usage struct {
	Steal              Reading // ticks of 10 ms that the hypervisor gave to other guests, all CPUs
	RunQueueWait       Reading // ns that this process's threads were runnable but did not run
	Pressure           Reading // us in which some task of the system waited for a CPU
	Throttled          Reading // periods in which the own cgroup was stopped by its quota
	ThrottledAncestors Reading // the same, summed over the groups above
	ThrottledTime      Reading // ns that the own cgroup and those above were stopped

	waits map[string]float64 // RunQueueWait by thread id
}

// Usage reads the counters as they are now.
func (h Host) Usage() Usage {
	var u Usage
	u.Steal = h.steal()
	u.waits, u.RunQueueWait = h.runQueueWaits()
	u.Pressure = h.pressure()
	u.Throttled, u.ThrottledAncestors = h.throttled()
	u.ThrottledTime = h.throttledTime()
	return u
}

// Sub is the usage between before and u.
func (u Usage) Sub(before Usage) Usage {
	return Usage{
		Steal:              u.Steal.sub(before.Steal),
		RunQueueWait:       u.subWaits(before),
		Pressure:           u.Pressure.sub(before.Pressure),
		Throttled:          u.Throttled.sub(before.Throttled),
		ThrottledAncestors: u.ThrottledAncestors.sub(before.ThrottledAncestors),
		ThrottledTime:      u.ThrottledTime.sub(before.ThrottledTime),
	}
}

// subWaits goes thread by thread: a thread that ended takes its wait with it,
// so that the sum alone would lose the wait of the others.
func (u Usage) subWaits(before Usage) Reading {
	if !u.RunQueueWait.OK() {
		return u.RunQueueWait
	}
	if !before.RunQueueWait.OK() {
		return before.RunQueueWait
	}
	sum := 0.0
	for thread, wait := range u.waits {
		if old := before.waits[thread]; old <= wait { // else the id was used again
			wait -= old
		}
		sum += wait
	}
	return Reading{V: sum, Unit: u.RunQueueWait.Unit}
}

// Keys are the usage as file keys.
func (u Usage) Keys() []recording.Key {
	return []recording.Key{
		{Name: "steal", Value: u.Steal.String()},
		{Name: "run-queue-wait", Value: u.RunQueueWait.String()},
		{Name: "pressure-cpu", Value: u.Pressure.String()},
		{Name: "throttled", Value: u.Throttled.String()},
		{Name: "throttled-ancestors", Value: u.ThrottledAncestors.String()},
	}
}

// steal is the eighth number of /proc/stat's first line.
func (h Host) steal() Reading {
	s, err := readField(h.Root, "proc/stat", "cpu")
	if err != nil {
		return unread(err)
	}
	fields := strings.Fields(s)
	if len(fields) < 8 {
		return Reading{Why: "no steal"}
	}
	return parseReading(fields[7], nil, "ticks")
}

// runQueueWaits is the second number of each thread's schedstat, and the sum.
func (h Host) runQueueWaits() (map[string]float64, Reading) {
	const tasks = "proc/self/task"
	threads, err := fs.ReadDir(h.Root, tasks)
	if err != nil {
		return nil, unread(err)
	}
	waits := map[string]float64{}
	sum := Reading{Why: "ENOENT"}
	for _, thread := range threads {
		s, err := readText(h.Root, tasks+"/"+thread.Name()+"/schedstat")
		if errors.Is(err, fs.ErrNotExist) {
			continue // ended since ReadDir, or a kernel without schedstat
		}
		if err != nil {
			return nil, unread(err)
		}
		fields := strings.Fields(s)
		if len(fields) < 2 {
			return nil, Reading{Why: "bad schedstat"}
		}
		wait := parseReading(fields[1], nil, "ns")
		if !wait.OK() {
			return nil, wait
		}
		waits[thread.Name()] = wait.V
		if sum.OK() {
			wait.V += sum.V
		}
		sum = wait
	}
	return waits, sum
}

// pressure is the total of the line "some avg10=0.00 ... total=4351248".
func (h Host) pressure() Reading {
	s, err := readField(h.Root, "proc/pressure/cpu", "some")
	if err != nil {
		return unread(err)
	}
	_, total, ok := strings.Cut(s, "total=")
	if !ok {
		return Reading{Why: "no total"}
	}
	return parseReading(total, nil, "us")
}
