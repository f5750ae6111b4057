//go:build !linux

package host

import "errors"

// Alone is for Linux.
func Alone() (restore func() error, err error) {
	return nil, errors.New("not linux")
}
