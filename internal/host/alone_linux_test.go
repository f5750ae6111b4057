package host

import (
	"os"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"golang.org/x/sys/unix"
)

// TestAlone has no thread share the caller's CPU, one that starts later included, and
// takes that back.
func TestAlone(t *testing.T) {
	before, err := affinity()
	if err != nil || len(before) < 2 {
		t.Skipf("fewer than 2 CPUs: %v, %v", before, err)
	}
	restore, err := Alone()
	if err != nil {
		t.Fatal(err)
	}
	mine, err := affinity()
	if err != nil || len(mine) != 1 {
		t.Fatalf("got CPUs %v, %v, want one", mine, err)
	}
	var wg sync.WaitGroup
	release := make(chan struct{})
	for range 8 {
		started := make(chan struct{})
		onThread(&wg, func() { close(started); <-release })
		<-started
	}
	noneOn(t, mine)
	close(release)
	wg.Wait()
	if err := restore(); err != nil {
		t.Fatal(err)
	}
	for id, cpus := range threads(t) {
		if !slices.Equal(cpus, before) {
			t.Errorf("thread %d may run on CPUs %v, want %v again", id, cpus, before)
		}
	}
}

// TestAloneWhileThreadsStart has none escape that starts while the others are moved. If
// they are listed once it finds one in 0 to 8 of 100 rounds, by how busy the machine is.
func TestAloneWhileThreadsStart(t *testing.T) {
	if before, err := affinity(); err != nil || len(before) < 2 {
		t.Skipf("fewer than 2 CPUs: %v, %v", before, err)
	}
	for range 100 {
		var wg sync.WaitGroup
		var stop atomic.Bool
		release := make(chan struct{})
		for range 2 {
			wg.Go(func() {
				for n := 0; n < 30 && !stop.Load(); n++ {
					onThread(&wg, func() { <-release })
					runtime.Gosched()
				}
			})
		}
		restore, err := Alone()
		if err != nil {
			t.Fatal(err)
		}
		stop.Store(true)
		mine, err := affinity()
		if err != nil || len(mine) != 1 {
			t.Fatalf("got CPUs %v, %v, want one", mine, err)
		}
		noneOn(t, mine)
		close(release)
		wg.Wait()
		if err := restore(); err != nil {
			t.Fatal(err)
		}
	}
}

// noneOn wants no other thread of the process where this one is.
func noneOn(t *testing.T, mine []int) {
	t.Helper()
	for id, cpus := range threads(t) {
		if id != unix.Gettid() && slices.Contains(cpus, mine[0]) {
			t.Errorf("thread %d may run on CPUs %v, want none of %v", id, cpus, mine)
		}
	}
}

// threads are the CPUs that each thread of the process may run on, by ID.
func threads(t *testing.T) map[int][]int {
	t.Helper()
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Fatal(err)
	}
	all := map[int][]int{}
	for _, task := range tasks {
		id, err := strconv.Atoi(task.Name())
		if err != nil {
			t.Fatal(err)
		}
		set := unix.NewCPUSet(maxCPUs)
		if unix.SchedGetaffinityDynamic(id, set) != nil {
			continue // it has ended
		}
		for cpu := range maxCPUs {
			if set.IsSet(cpu) {
				all[id] = append(all[id], cpu)
			}
		}
	}
	return all
}
