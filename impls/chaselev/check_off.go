//go:build !invariants && !race

package chaselev

func (*idle) check() {}
