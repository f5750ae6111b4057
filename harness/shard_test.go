package harness

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"stealbench/internal/recording"
)

func TestParseShard(t *testing.T) {
	for _, row := range []struct {
		flag, env string
		want      Shard
		err       string
	}{
		{"1/4", "", Shard{1, 4}, ""},
		{"4/4", "", Shard{4, 4}, ""},
		{"auto/4", "SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_MIN=3", Shard{3, 4}, ""}, // that one again
		{"auto/4", "SLURM_ARRAY_TASK_ID=0", Shard{}, "index 0 (from SLURM_ARRAY_TASK_ID): give 1 to 4"},
		{"auto/4", "JOB_COMPLETION_INDEX=0", Shard{1, 4}, ""},
		{"auto/4", "PARALLEL_SEQ=4", Shard{4, 4}, ""},
		{"2/4", "PARALLEL_SEQ=4", Shard{2, 4}, ""},
		{"0/4", "", Shard{}, "index 0: give 1 to 4"},
		{"5/4", "", Shard{}, "index 5: give 1 to 4"},
		{"auto/4", "JOB_COMPLETION_INDEX=4", Shard{}, "index 5 (from JOB_COMPLETION_INDEX): give 1 to 4"},
		{"auto/4", "", Shard{}, "none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX, PARALLEL_SEQ is set"},
		{"auto/4", "PARALLEL_SEQ=x", Shard{}, `PARALLEL_SEQ is "x"`},
		{"1", "", Shard{}, "give i/n or auto/n"},
		{"1/0", "", Shard{}, "give i/n or auto/n"},
		{"1/1001", "", Shard{}, "n from 1 to 1000"},
		{"a/4", "", Shard{}, "index a: give 1 to 4"},
		{"", "", Shard{}, "give i/n"},
	} {
		env := map[string]string{}
		for pair := range strings.FieldsSeq(row.env) {
			k, v, _ := strings.Cut(pair, "=")
			env[k] = v
		}
		got, err := ParseShard(row.flag, func(name string) string { return env[name] })
		if got != row.want || (err == nil) != (row.err == "") || err != nil && !strings.Contains(err.Error(), row.err) {
			t.Errorf("%q, %s: got %v, %v, want %v, %q", row.flag, row.env, got, err, row.want, row.err)
		}
	}
}

// TestShardsPartition: every cell is of exactly one shard, a comparison's cells of
// one, and none depends on what else the plan has.
func TestShardsPartition(t *testing.T) {
	p := DefaultPlan()
	for _, n := range []int{1, 2, 4, 7, 100} {
		where := map[string]int{}
		used := map[int]bool{}
		for _, c := range p.Cells() {
			var in []int
			for i := range n {
				if (Shard{i + 1, n}).has(c) {
					in = append(in, i+1)
				}
			}
			c.Layout, c.Proc = 0, 0
			key := c.String()
			if was, ok := where[key]; len(in) != 1 || ok && was != in[0] {
				t.Fatalf("%v: got shards %v of %d, before %d, want one and the same", c, in, n, was)
			}
			where[key] = in[0]
			used[in[0]] = true
		}
		if n <= 4 && len(used) != n {
			t.Errorf("got cells in shards %v only of %d", slices.Sorted(maps.Keys(used)), n)
		}
	}
	// A hash that changes would make shards of two builds overlap.
	if c := (recording.Cell{Workload: "fib", Size: "default", Workers: 2}); !(Shard{2, 4}).has(c) {
		t.Errorf("%v: has moved to another shard", c)
	}
}
