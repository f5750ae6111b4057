//go:build !linux

package host

import (
	"errors"
	"io/fs"
)

var errNotLinux = errors.New("not linux")

// noRoot has no files. Its error becomes "n/a (not linux)".
type noRoot struct{}

func (noRoot) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: errNotLinux}
}

func systemRoot() fs.FS { return noRoot{} }

func affinity() ([]int, error) { return nil, errNotLinux }

// Pinned pins on Linux only.
func Pinned([]int, func() error) error { return errNotLinux }
