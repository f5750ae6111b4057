package main

import "github.com/bytedance/gopkg/util/gopool"

// goPool is the package's default pool: a list under a mutex, and a new goroutine
// for a task while there are tasks in it.
type goPool struct{}

func newGopool(int) Pool { return goPool{} }

func (goPool) Go(f func())    { gopool.Go(f) }
func (p goPool) Group() Group { return &waitGroup{pool: p} }
func (goPool) Close()         {}
