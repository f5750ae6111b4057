package recording

import (
	"errors"
	"os"
)

const probe, probe2 = ".probe", ".probe2"

// preflight does once, on a file that nobody needs, all that a recording will
// do for hours, so that a full or read-only disk is known before the first
// cell.
func preflight(root *os.Root) error {
	root.Remove(probe)
	root.Remove(probe2)
	f, err := root.OpenFile(probe, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer root.Remove(probe)
	_, err = f.Write(make([]byte, 4096))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := root.Rename(probe, probe2); err != nil {
		return err
	}
	return root.Remove(probe2)
}

func syncDir(root *os.Root) error {
	d, err := root.Open(".")
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
