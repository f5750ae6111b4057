package harness

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
)

// Shard is a part of a plan, for one of several machines: every Of-th comparison in
// the order of their hashes. A comparison, all cells of a workload and a number of
// workers, is never divided: its cells are from one host.
type Shard struct {
	Index, Of int // 1 to Of; Of is 0 for a whole plan
}

const maxShards = 1000

// indexVariables are how the tools that start many jobs number them, from which
// number on. A Slurm array must be 1-n, also where only some of it is submitted
// again: the lowest number that a job sees is then not the array's.
var indexVariables = []struct {
	name  string
	first int
}{
	{"SLURM_ARRAY_TASK_ID", 1},
	{"JOB_COMPLETION_INDEX", 0}, // a Kubernetes Indexed Job
	{"PARALLEL_SEQ", 1},         // GNU parallel
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
		i, err := strconv.Atoi(value)
		if err != nil {
			return "", "", fmt.Errorf("%s is %q: want a number", v.name, value)
		}
		return strconv.Itoa(i - v.first + 1), " (from " + v.name + ")", nil
	}
	return "", "", fmt.Errorf("none of %s is set: give i/n", strings.Join(names, ", "))
}

// of deals the comparisons of a plan out, in the order of their hashes, so that every
// shard gets as many, give or take one, and returns those of this shard.
func (s Shard) of(all []comparison) map[comparison]bool {
	mine := map[comparison]bool{}
	order := slices.SortedFunc(slices.Values(all), func(a, b comparison) int {
		return cmp.Or(cmp.Compare(a.hash(), b.hash()), cmp.Compare(a.workload, b.workload), cmp.Compare(a.workers, b.workers))
	})
	for i, c := range order {
		if s.Of == 0 || i%s.Of == s.Index-1 {
			mine[c] = true
		}
	}
	return mine
}

// hash is the same in every build: FNV-1a.
func (c comparison) hash() uint32 {
	h := fnv.New32a()
	fmt.Fprintf(h, "%s %d", c.workload, c.workers)
	return h.Sum32()
}

func (s Shard) String() string {
	if s.Of == 0 {
		return "none"
	}
	return fmt.Sprintf("%d/%d", s.Index, s.Of)
}
