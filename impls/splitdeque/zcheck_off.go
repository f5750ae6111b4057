// Code generated from ../chaselev/check_off.go by go generate ./impls; DO NOT EDIT.

//go:build !invariants && !race && !explore

package splitdeque

func (*idle) check() {}
