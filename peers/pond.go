package main

import "github.com/alitto/pond/v2"

// pondPool queues without a limit. Its goroutines end when the queue is empty.
type pondPool struct{ pool pond.Pool }

func newPond(workers int) Pool { return &pondPool{pond.NewPool(workers)} }

func newPondUnbounded(int) Pool { return &pondPool{pond.NewPool(0)} }

func (p *pondPool) Go(f func())  { must(p.pool.Go(f)) }
func (p *pondPool) Group() Group { return &pondGroup{p.pool.NewGroup()} }
func (p *pondPool) Close()       { p.pool.StopAndWait() }

type pondGroup struct{ group pond.TaskGroup }

func (g *pondGroup) Go(f func()) { g.group.Submit(f) }
func (g *pondGroup) Wait()       { must(g.group.Wait()) }
