package harness

import (
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
// one, and all shards have about as many comparisons.
func TestShardsPartition(t *testing.T) {
	p := DefaultPlan()
	whole := p.Cells()
	for _, n := range []int{1, 2, 4, 7, 30} {
		seen := map[recording.Cell]bool{}
		where := map[comparison]int{}
		for i := range n {
			p.Shard = Shard{i + 1, n}
			if err := p.Check(); err != nil {
				t.Fatal(err)
			}
			mine := map[comparison]bool{}
			for _, c := range p.Cells() {
				if was, ok := where[of(c)]; seen[c] || ok && was != i {
					t.Fatalf("%v: is in shard %d of %d, and in another", c, i+1, n)
				}
				seen[c] = true
				where[of(c)] = i
				mine[of(c)] = true
			}
			if least := 30 / n; len(mine) != least && len(mine) != least+1 {
				t.Errorf("got %d comparisons in shard %d of %d, want about %d", len(mine), i+1, n, least)
			}
		}
		if len(seen) != len(whole) {
			t.Errorf("%d shards: got %d cells, want %d", n, len(seen), len(whole))
		}
	}
	p.Shard = Shard{1, 31}
	if err := p.Check(); err == nil || !strings.Contains(err.Error(), "31 shards of 30 comparisons") {
		t.Errorf("got %v, want a refusal of empty shards", err)
	}
}

// TestShardIsStable: another hash would make the shards of two builds overlap.
func TestShardIsStable(t *testing.T) {
	for c, want := range map[comparison]uint32{{"fib", 2}: 0xbd8a4ab0, {"yield_many", 1}: 0x10c5f6df} {
		if got := c.hash(); got != want {
			t.Errorf("%v: got hash %#x, want %#x", c, got, want)
		}
	}
}
