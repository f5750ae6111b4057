package host

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"unicode"
)

var errEmpty = errors.New("empty")

// readText is the trimmed text of a file. An empty file is an error, because
// an empty value would be no value in a recording.
func readText(root fs.FS, name string) (string, error) {
	b, err := fs.ReadFile(root, name)
	if err != nil {
		return "", err
	}
	s := strings.TrimSpace(string(b))
	if s == "" {
		return "", errEmpty
	}
	return s, nil
}

// readField is the text after "name:" or "name " at the start of a line, the
// first such line: the form of /proc/cpuinfo, /proc/meminfo and cpu.stat.
func readField(root fs.FS, file, name string) (string, error) {
	text, err := readText(root, file)
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(text) {
		rest, ok := strings.CutPrefix(line, name)
		if !ok || rest == strings.TrimLeft(rest, ": \t") {
			continue // another name that only begins like this one
		}
		if v := strings.TrimSpace(strings.TrimLeft(rest, ": \t")); v != "" {
			return v, nil
		}
		return "", errEmpty
	}
	return "", fmt.Errorf("no %s", name)
}

// text is s, or why there is none.
func text(s string, err error) string {
	if err != nil {
		return na(err)
	}
	if s = clean(s); s == "" {
		return na(errEmpty)
	}
	return s
}

func na(err error) string { return "n/a (" + why(err) + ")" }

// why names the cause in a word or two, without the path: a path may name the
// host or its user.
func why(err error) string {
	switch {
	case errors.Is(err, syscall.EPERM): // before ErrPermission, which it is too
		return "EPERM"
	case errors.Is(err, fs.ErrPermission):
		return "EACCES"
	case errors.Is(err, fs.ErrNotExist):
		return "ENOENT"
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	var numErr *strconv.NumError
	if errors.As(err, &numErr) {
		return "not a number"
	}
	return clean(err.Error())
}

// clean makes s one line of printable text: a recording is line by line.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// parseList reads the kernel's form of a set of CPUs or nodes, "0-3,8".
func parseList(s string) ([]int, error) {
	var list []int
	for part := range strings.SplitSeq(s, ",") {
		lo, hi, isRange := strings.Cut(strings.TrimSpace(part), "-")
		first, err := strconv.Atoi(lo)
		if err != nil {
			return nil, err
		}
		last := first
		if isRange {
			if last, err = strconv.Atoi(hi); err != nil {
				return nil, err
			}
		}
		if first < 0 || last < first || last-first > 1<<20 {
			return nil, errors.New("bad list")
		}
		for n := first; n <= last; n++ {
			list = append(list, n)
		}
	}
	return list, nil
}

// formatList is the reverse of parseList.
func formatList(list []int) string {
	list = slices.Clone(list)
	slices.Sort(list)
	var parts []string
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && list[j+1] == list[j]+1 {
			j++
		}
		part := strconv.Itoa(list[i])
		if j > i {
			part += "-" + strconv.Itoa(list[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	return strings.Join(parts, ",")
}
