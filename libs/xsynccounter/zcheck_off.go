// Code generated from ../../impls/chaselev/check_off.go by go generate ./impls; DO NOT EDIT.

//go:build !invariants && !race && !explore

package xsynccounter

func (*idle) check() {}
