package main

import "golang.org/x/sync/errgroup"

// errGroups has no task without a group: those that nobody waits for share one.
type errGroups struct{ errGroup }

func newErrGroups(int) Pool { return new(errGroups) }

func (p *errGroups) Group() Group { return new(errGroup) }
func (p *errGroups) Close()       { p.Wait() }

type errGroup struct{ g errgroup.Group }

func (g *errGroup) Go(f func()) {
	g.g.Go(func() error {
		f()
		return nil
	})
}

func (g *errGroup) Wait() { must(g.g.Wait()) }
