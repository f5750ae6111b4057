// Code generated from ../../impls/chaselev/dump_mock.go by go generate ./impls; DO NOT EDIT.

//go:build nodump

package xsynccounter

import (
	"context"

	"stealbench/internal/sched"
)

// Without dumps nothing is recorded and nobody asks: all of this compiles to
// nothing, as in a tokio without its taskdump feature.
const dumpCompiled = false

type (
	dumper        struct{}
	taskInfo      struct{}
	tracer        struct{}
	outsideStamps struct{}
)

// Dump returns sched.ErrNoDump.
func (s *Scheduler) Dump(context.Context) (*sched.Dump, error) { return nil, sched.ErrNoDump }

func (*dumper) init() {}

func (*Scheduler) closeDumps()             {}
func (*Scheduler) outsideSite() [2]uintptr { return [2]uintptr{} }

func (*Worker) isCalled() bool     { return false }
func (*Worker) sleepForDump()      {}
func (*Worker) pauseForDump()      {}
func (*Worker) joinDump()          {}
func (*Worker) spawned(*Task)      {}
func (*Worker) enter(*Task)        {}
func (*Worker) exit(*Task)         {}
func (*Worker) recordsSites() bool { return false }
func (*Worker) spawns() uint64     { return 0 }
func (*Worker) recordSite(*Task)   {}
func (*Worker) know(*Task)         {}

func (*tracer) init(sched.Config, int)             {}
func (*outsideStamps) init(sched.Config)           {}
func (*outsideStamps) put(*Task, bool, [2]uintptr) {}
func (*Task) again()                               {}
