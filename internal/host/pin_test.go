package host

import (
	"errors"
	"slices"
	"testing"
)

func TestPinCPUs(t *testing.T) {
	siblings := func(pairs ...string) files { // of CPUs 0, 1, ...
		f := files{}
		for cpu, list := range pairs {
			f[cpuDir+"/cpu"+string(rune('0'+cpu))+"/topology/thread_siblings_list"] = list + "\n"
		}
		return f
	}
	for _, row := range []struct {
		name    string
		f       files
		allowed []int
		n       int
		want    []int
		err     string
	}{
		{"one thread a core first", siblings("0-1", "0-1", "2-3", "2-3"), []int{0, 1, 2, 3}, 2, []int{0, 2}, ""},
		{"then the others", siblings("0-1", "0-1", "2-3", "2-3"), []int{0, 1, 2, 3}, 3, []int{0, 1, 2}, ""},
		{"only allowed ones", siblings("0-1", "0-1", "2-3", "2-3"), []int{3, 1}, 2, []int{1, 3}, ""},
		{"a sibling that is not allowed takes no core", siblings("0,2", "1,3", "0,2", "1,3"), []int{2, 3}, 2, []int{2, 3}, ""},
		{"unknown topology", files{}, []int{0, 1, 2}, 2, []int{0, 1}, ""},
		{"too few", files{}, []int{0, 1, 2}, 4, nil, "cannot pin to 4 CPUs: this process may use 3 (0-2)"},
	} {
		h := testHost(row.f)
		h.Affinity = func() ([]int, error) { return row.allowed, nil }
		got, err := h.PinCPUs(row.n)
		if said := ""; err != nil || row.err != "" {
			if err != nil {
				said = err.Error()
			}
			if said != row.err {
				t.Errorf("%s: got error %q, want %q", row.name, said, row.err)
			}
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
		}
	}
	h := testHost(files{})
	h.Affinity = func() ([]int, error) { return nil, errors.New("not linux") }
	if _, err := h.PinCPUs(1); err == nil || err.Error() != "cannot pin: affinity n/a (not linux)" {
		t.Errorf("no affinity: got %v", err)
	}
}
