package soak

import "testing"

// TestPlan divides sections into rounds: none is empty or too large, and together
// they are the whole.
func TestPlan(t *testing.T) {
	for _, row := range []struct {
		name              string
		full, least, most int64
		tasks             int64
		total             int64
		rounds            int
	}{
		{"full", FullTasks, 1000, 1_000_000, FullTasks, FullTasks, 1000},
		{"a part", FullTasks, 1000, 1_000_000, 20_000_000, 20_000_000, 50},
		{"not divided evenly", FullTasks, 1000, 1_000_000, 99_999, 99_999, 51},
		{"no fraction lost", 10_000_000, 1000, 100_000, 300_000, 3000, 3},
		{"one task", FullTasks, 1000, 1_000_000, 1, 1000, 1},
		{"least of all", 1000, 20, 20, 1, 20, 1},
		{"wedged", 1000, 20, 20, FullTasks, 1000, 50},
		{"the last one smaller", 1000, 20, 20, 25_000_000, 25, 2},
		{"beyond full", FullTasks, 1000, 1_000_000, maxTasks, maxTasks, 1_000_000},
	} {
		s := Section{Name: row.name, Full: row.full, Least: row.least, Most: row.most}
		total, _ := s.plan(row.tasks)
		rounds := s.rounds(row.tasks)
		if total != row.total || rounds != row.rounds {
			t.Errorf("%s: got %d in %d rounds, want %d in %d", row.name, total, rounds, row.total, row.rounds)
		}
		sum := int64(0)
		for i := range rounds {
			n := s.round(row.tasks, 1, i).N
			if n < 1 || int64(n) > row.most {
				t.Fatalf("%s, round %d: got %d, want 1 to %d", row.name, i, n, row.most)
			}
			sum += int64(n)
		}
		if sum != total {
			t.Errorf("%s: got %d in all rounds, want %d", row.name, sum, total)
		}
	}
	s := Section{Name: "a", Full: FullTasks, Least: 1, Most: 1}
	other := Section{Name: "b", Full: FullTasks, Least: 1, Most: 1}
	first := s.round(10, 1, 3).Random.Uint64()
	if again := s.round(10, 1, 3).Random.Uint64(); again != first {
		t.Errorf("the same round: got %d, want %d again", again, first)
	}
	for name, r := range map[string]Round{"section": other.round(10, 1, 3), "seed": s.round(10, 2, 3), "round": s.round(10, 1, 4)} {
		if r.Random.Uint64() == first {
			t.Errorf("another %s: got the same random numbers", name)
		}
	}
}
