package host

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// cgroup is where the CPU controller keeps the files of this process's group.
type cgroup struct {
	version int      // 1 or 2
	dirs    []string // the own group, then its ancestors up to the mount
}

// findCgroup follows /proc/self/cgroup through /proc/self/mountinfo. Ancestors
// above the mount (outside a container) can't be seen from here.
func findCgroup(root fs.FS) (cgroup, error) {
	own, err := readText(root, "proc/self/cgroup")
	if err != nil {
		return cgroup{}, err
	}
	// A hierarchy of version 1 that has the controller takes it from version 2.
	version, group := 0, ""
	for line := range strings.Lines(own) {
		part := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(part) != 3 {
			continue
		}
		if hasCPU(part[1]) {
			version, group = 1, part[2]
			break
		}
		if part[0] == "0" && part[1] == "" {
			version, group = 2, part[2]
		}
	}
	if version == 0 {
		return cgroup{}, errors.New("no cpu controller")
	}
	mounts, err := readText(root, "proc/self/mountinfo")
	if err != nil {
		return cgroup{}, err
	}
	for line := range strings.Lines(mounts) {
		if dirs := groupDirs(line, version, group); dirs != nil {
			return cgroup{version, dirs}, nil
		}
	}
	return cgroup{}, errors.New("cgroup not mounted")
}

func hasCPU(list string) bool { return slices.Contains(strings.Split(list, ","), "cpu") }

// groupDirs is the folders of group and its ancestors, if this line of
// mountinfo is the mount that shows them:
//
//	id parent dev ROOT MOUNTPOINT options [optional...] - FSTYPE source OPTIONS
func groupDirs(line string, version int, group string) []string {
	before, after, ok := strings.Cut(strings.TrimSpace(line), " - ")
	head, tail := strings.Fields(before), strings.Fields(after)
	if !ok || len(head) < 5 || len(tail) < 3 {
		return nil
	}
	if version == 1 && (tail[0] != "cgroup" || !hasCPU(tail[2])) ||
		version == 2 && tail[0] != "cgroup2" {
		return nil
	}
	mountRoot, mountPoint := unescape(head[3]), unescape(head[4])
	below, ok := strings.CutPrefix(group, strings.TrimSuffix(mountRoot, "/"))
	if !ok || below != "" && below[0] != '/' || strings.Contains(below, "/..") {
		return nil // another part of the tree
	}
	top := strings.TrimPrefix(path.Clean(mountPoint), "/")
	dirs := []string{}
	for dir := path.Join(top, below); ; dir = path.Dir(dir) {
		dirs = append(dirs, dir)
		if dir == top || dir == "." {
			return dirs
		}
	}
}

// unescape undoes the only escapes that mountinfo uses.
func unescape(s string) string {
	return strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(s)
}
