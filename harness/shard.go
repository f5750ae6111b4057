package harness

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"stealbench/internal/recording"
)

// Shard is a part of a plan, for one of several machines: the comparisons whose
// hash falls to it. A comparison, all cells of a workload, a size and a number of
// workers, is never divided: its cells are from one host.
type Shard struct {
	Index, Of int // 1 to Of; Of is 0 for a whole plan
}

const maxShards = 1000

// indexVariables are how the tools that start many jobs number them, from which
// number on.
var indexVariables = []struct {
	name  string
	first func(getenv func(string) string) string
}{
	{"SLURM_ARRAY_TASK_ID", func(getenv func(string) string) string { return getenv("SLURM_ARRAY_TASK_MIN") }},
	{"JOB_COMPLETION_INDEX", func(func(string) string) string { return "0" }}, // a Kubernetes Indexed Job
	{"PARALLEL_SEQ", func(func(string) string) string { return "1" }},         // GNU parallel
}

// ParseShard reads i/n, 1 to n, or auto/n, whose i comes from the environment of
// a Slurm job array, a Kubernetes Indexed Job or GNU parallel.
func ParseShard(s string, getenv func(string) string) (Shard, error) {
	index, of, ok := strings.Cut(s, "/")
	n, err := strconv.Atoi(of)
	if !ok || err != nil || n < 1 || n > maxShards {
		return Shard{}, fmt.Errorf("shard %q: give i/n or auto/n, n from 1 to %d", s, maxShards)
	}
	where := ""
	if index == "auto" {
		if index, where, err = indexOf(getenv); err != nil {
			return Shard{}, fmt.Errorf("shard %q: %w", s, err)
		}
	}
	i, err := strconv.Atoi(index)
	if err != nil || i < 1 || i > n {
		return Shard{}, fmt.Errorf("shard %q: index %s%s: give 1 to %d", s, index, where, n)
	}
	return Shard{i, n}, nil
}

// indexOf is the index that the environment gives, from 1 on, and where it is from.
func indexOf(getenv func(string) string) (index, where string, err error) {
	var names []string
	for _, v := range indexVariables {
		names = append(names, v.name)
		value := getenv(v.name)
		if value == "" {
			continue
		}
		first := v.first(getenv)
		if first == "" {
			first = "0"
		}
		i, err := strconv.Atoi(value)
		from, err2 := strconv.Atoi(first)
		if err != nil || err2 != nil {
			return "", "", fmt.Errorf("%s is %q, counted from %q: want numbers", v.name, value, first)
		}
		return strconv.Itoa(i - from + 1), " (from " + v.name + ")", nil
	}
	return "", "", fmt.Errorf("none of %s is set: give i/n", strings.Join(names, ", "))
}

// has reports whether a cell is of this part.
func (s Shard) has(c recording.Cell) bool {
	if s.Of == 0 {
		return true
	}
	h := fnv.New32a()
	fmt.Fprintf(h, "%s %s %d", c.Workload, c.Size, c.Workers)
	return int(h.Sum32()%uint32(s.Of)) == s.Index-1
}

func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Index, s.Of) }
