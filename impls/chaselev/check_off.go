//go:build !invariants && !race && !explore

package chaselev

func (*idle) check() {}
