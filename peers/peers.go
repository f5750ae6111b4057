package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

// peer is a row of the table.
type peer struct {
	name   string
	module string // what is measured; empty: this module's own code
	setup  string
	start  func(workers int) *bench
}

// peers is the table.
var peers = []peer{
	{"goroutines", "", "a goroutine a task and sync.WaitGroup", pooled(newGoroutines)},
	{"errgroup", "golang.org/x/sync", "errgroup without a limit, a group a fork", pooled(newErrGroups)},
	{"conc", "github.com/sourcegraph/conc", "conc.WaitGroup, one a fork", pooled(newConc)},
	{"ants", "github.com/panjf2000/ants/v2", "a pool of as many goroutines as workers", pooled(newAnts)},
	{"ants_unbounded", "github.com/panjf2000/ants/v2", "a pool of size -1: without a limit", pooled(newAntsUnbounded)},
	{"pond", "github.com/alitto/pond/v2", "a pool of as many goroutines as workers, its groups", pooled(newPond)},
	{"pond_unbounded", "github.com/alitto/pond/v2", "a pool of size 0: without a limit, its groups", pooled(newPondUnbounded)},
	{"workerpool", "github.com/gammazero/workerpool", "a pool of as many goroutines as workers", pooled(newWorkerPool)},
	{"gopool", "github.com/bytedance/gopkg", "util/gopool, its default pool: without a limit", pooled(newGopool)},
	{"channel", "", "hand-written: a buffered channel of closures with workers", pooled(newChannel)},
	{"mutexring", "", "hand-written: a ring buffer under a mutex with workers", pooled(newMutexRing)},
	{"sketch", "", "hand-written: Chase-Lev deques, fork and join, nothing else", startSketch},
	{"sequential", "", "hand-written: plain calls, no tasks", startSequential},
}

func findPeer(name string) (peer, error) {
	var names []string
	for _, p := range peers {
		if p.name == name {
			return p, nil
		}
		names = append(names, p.name)
	}
	return peer{}, fmt.Errorf("no peer %q: choose from %s", name, strings.Join(names, " "))
}

// version is read from the binary, so that it can't be stale.
func (p peer) version() string {
	if p.module == "" {
		return runtime.Version()
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == p.module {
				return m.Path + " " + m.Version
			}
		}
	}
	return p.module + " unknown"
}

// pooled starts the workloads of closures on a pool.
func pooled(open func(workers int) Pool) func(int) *bench {
	return func(workers int) *bench {
		return newClosures(open(workers), workers)
	}
}
