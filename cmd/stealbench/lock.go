package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"stealbench/internal/host"
	"stealbench/internal/recording"
)

// machineLock is the name of this machine's lock in a folder of recordings. Two runs
// on one machine would disturb each other's times, and most write into one results
// folder; on a file system that several machines see each has its own.
func machineLock() string {
	for _, k := range host.Local().Facts() {
		if k.Name == recording.KeyMachine && !strings.HasPrefix(k.Value, "n/a") {
			return ".stealbench-" + k.Value + ".lock"
		}
	}
	return ".stealbench.lock"
}

// lockFolder takes a lock of a folder, which it makes if it is not there, and
// returns what gives it back. The lock ends with its process, however that ends,
// so that a file left behind does not block.
func lockFolder(folder, name, command string, now time.Time) (unlock func(), err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, fmt.Errorf("%s: cannot make the folder: %w: choose a folder you may write", folder, err)
	}
	path := filepath.Join(folder, name)
	for {
		l := flock.New(path)
		ours, err := l.TryLock()
		if err != nil {
			return nil, fmt.Errorf("%s: cannot lock: %w: choose a folder you may write", path, err)
		}
		if !ours {
			return nil, failed(fmt.Errorf("%s: another run measures here: %s: wait for it or stop it", folder, holder(path)))
		}
		// Who gives the lock back removes the file first: what we locked must
		// still have the name.
		locked, err := l.Stat()
		if named, statErr := os.Stat(path); err != nil || statErr != nil || !os.SameFile(locked, named) {
			_ = l.Close()
			continue
		}
		text := fmt.Sprintf("pid %d, %q, since %s\n", os.Getpid(), command, now.UTC().Format(time.RFC3339))
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			_ = l.Close()
			return nil, fmt.Errorf("%s: cannot write: %w: free space or choose another folder", path, err)
		}
		return func() { _ = os.Remove(path); _ = l.Close() }, nil // the lock ends with us anyway
	}
}

// holder is what the holder of a lock says of itself.
func holder(path string) string {
	text, err := os.ReadFile(path)
	line, _, _ := strings.Cut(string(text), "\n")
	if err != nil || line == "" {
		return "it is just starting"
	}
	return line
}
