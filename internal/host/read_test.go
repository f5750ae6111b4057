package host

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"syscall"
	"testing"
)

func TestWhy(t *testing.T) {
	tests := []struct {
		err  error
		want string
	}{
		{fs.ErrNotExist, "ENOENT"},
		{&fs.PathError{Op: "open", Path: "/proc/x", Err: syscall.EACCES}, "EACCES"},
		{&fs.PathError{Op: "open", Path: "/proc/x", Err: syscall.EPERM}, "EPERM"},
		{&fs.PathError{Op: "read", Path: "/proc/secret", Err: errors.New("not\nsupported")}, "not supported"},
		{fmt.Errorf("no %s", "field"), "no field"},
	}
	for _, tt := range tests {
		if got := why(tt.err); got != tt.want {
			t.Errorf("why(%v): got %q, want %q", tt.err, got, tt.want)
		}
	}
}

func TestLists(t *testing.T) {
	tests := []struct {
		in   string
		want []int // nil is an error
	}{
		{"0", []int{0}},
		{"0-3,8", []int{0, 1, 2, 3, 8}},
		{"2,4-5,9-9", []int{2, 4, 5, 9}},
		{"", nil},
		{"3-1", nil},
		{"-1", nil},
		{"0-x", nil},
		{"0-99999999", nil},
	}
	for _, tt := range tests {
		got, err := parseList(tt.in)
		if (err != nil) != (tt.want == nil) || err == nil && !slices.Equal(got, tt.want) {
			t.Errorf("parseList(%q): got %v, %v, want %v", tt.in, got, err, tt.want)
		}
	}
	if got, want := formatList([]int{8, 0, 1, 2, 5, 4}), "0-2,4-5,8"; got != want {
		t.Errorf("formatList: got %q, want %q", got, want)
	}
}

func TestReadingString(t *testing.T) {
	tests := []struct {
		r    Reading
		want string
	}{
		{Reading{V: 2.51, Unit: "ns"}, "2.5 ns"},
		{Reading{V: 0.733, Unit: "ns"}, "0.733 ns"},
		{Reading{V: 3, Unit: "ticks"}, "3 ticks"},
		{Reading{V: 1234.5, Unit: "ns"}, "1234 ns"},
		{Reading{V: 1, Unit: "ns", Why: "ENOENT"}, "n/a (ENOENT)"},
	}
	for _, tt := range tests {
		if got := tt.r.String(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
