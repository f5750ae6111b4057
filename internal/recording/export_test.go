package recording

import "os"

// Disk and OutHandle are what a test can put between a writer and its folder.
type (
	Disk      = disk
	OutHandle = outHandle
)

// Wrap makes every writer that is opened from now on work through wrap.
func Wrap(wrap func(Disk) Disk) {
	real := onDisk
	onDisk = func(root *os.Root) disk { return wrap(real(root)) }
}
