package recording

import "os"

// disk is what a writer does to its folder, and outHandle to a file in it. Tests
// make them fail, or end the process between any two of their steps.
type disk interface {
	OpenFile(name string, flag int) (outHandle, error) // to append
	Rename(old, new string) error
	Sync() error
	Close() error
}

type outHandle interface {
	Write([]byte) (int, error)
	Sync() error
	Truncate(int64) error
	Close() error
}

var onDisk = func(root *os.Root) disk { return folder{root} }

// folder is the disk of an open folder.
type folder struct{ root *os.Root }

func (f folder) OpenFile(name string, flag int) (outHandle, error) {
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_APPEND|flag, 0o644)
	if err != nil {
		return nil, err // not a nil *os.File in an interface
	}
	return file, nil
}

func (f folder) Rename(old, new string) error { return f.root.Rename(old, new) }
func (f folder) Sync() error                  { return syncDir(f.root) }
func (f folder) Close() error                 { return f.root.Close() }
