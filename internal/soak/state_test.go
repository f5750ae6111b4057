package soak

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// oneState is a state as soaks write it.
func oneState() state {
	return state{Variant: "chaselev", Build: "0123abcd", Tasks: 1_000_000_000, Seed: 1<<63 + 2, Sections: []progress{
		{Name: "tasks", Rounds: 17, Begun: 18, Counts: []int64{0, 0, 1164}, Millis: 12_345},
		{Name: "meetings", Counts: []int64{}},
	}}
}

// FuzzState: any bytes are refused in one line, or are a state that comes back
// the same, and that a soak goes on from to its end, or refuses too. The bytes serve as a file and, since few files would have a fitting
// checksum, as what follows it.
func FuzzState(f *testing.F) {
	good := oneState().encode()
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add(good[9:])
	f.Add([]byte(`{"variant":"twin","sections":[{"rounds":-1}]}`))
	f.Add([]byte(`{"variant":"twin","sections":[{"rounds":1e3}]}`))
	f.Add([]byte(`{"variant":"twin"} {}`))
	f.Add([]byte(`{"varient":"twin"}`))
	f.Add([]byte(`{"tasks":9223372036854775808}`))
	f.Add([]byte("\x00 "))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		checkParse(t, data)
		checkParse(t, seal(data))
	})
}

func checkParse(t *testing.T, data []byte) {
	t.Helper()
	s, err := parse(data)
	if err != nil {
		if text := err.Error(); strings.ContainsAny(text, "\n\r") || !strings.HasPrefix(text, "it is damaged: ") {
			t.Errorf("%q: got error %q, want one line that says how it is damaged", data, text)
		}
		return
	}
	encoded := s.encode()
	again, err := parse(encoded)
	if err != nil || !bytes.Equal(again.encode(), encoded) {
		t.Errorf("%q: got %+v back, %v, want %+v", data, again, err, s)
	}
	checkResume(t, s)
}

// checkResume wants what is done and what is left to be all there is.
func checkResume(t *testing.T, s state) {
	t.Helper()
	sections := []Section{
		{Name: "tasks", Full: FullTasks, Least: 1000, Most: 1_000_000, Counts: make([]string, 3)},
		{Name: "meetings", Full: 100_000, Least: 30, Most: 1000},
	}
	if s.Tasks < 1 || s.Tasks > maxTasks || s.fits(newState(s.Variant, s.Build, s.Tasks, s.Seed, sections), sections) != nil {
		return
	}
	for i, section := range sections {
		total, size := section.plan(s.Tasks)
		done, rounds := section.done(s.Tasks, s.Sections[i].Rounds), section.rounds(s.Tasks)
		left := int64(0)
		if k := s.Sections[i].Rounds; k < rounds {
			left = int64(rounds-1-k)*size + int64(section.round(s.Tasks, s.Seed, rounds-1).N)
		}
		if done < 0 || left < 0 || done+left != total {
			t.Errorf("%+v: got %d %s done and %d left, want %d together", s, done, section.Name, left, total)
		}
	}
}

// TestComesBack: what is read is what was written.
func TestComesBack(t *testing.T) {
	if got, err := parse(oneState().encode()); err != nil || !reflect.DeepEqual(got, oneState()) {
		t.Errorf("got %+v, %v, want %+v", got, err, oneState())
	}
}

// TestDamaged changes every byte of a state, and cuts it everywhere.
func TestDamaged(t *testing.T) {
	good := oneState().encode()
	for i := range good {
		if s, err := parse(good[:i]); err == nil {
			t.Errorf("the first %d bytes: got %+v, want an error", i, s)
		}
		for bit := range 8 {
			bad := bytes.Clone(good)
			bad[i] ^= 1 << bit
			if s, err := parse(bad); err == nil && !bytes.Equal(bytes.ToLower(bad), good) { // the checksum in capitals
				t.Errorf("bit %d of byte %d changed: got %+v, want an error", bit, i, s)
			}
		}
	}
}

// TestLoad reads files that fit and that do not.
func TestLoad(t *testing.T) {
	round := func(*testing.T, Round) []int64 { return []int64{0} }
	sections := []Section{{Name: "tasks", Full: FullTasks, Least: 1, Most: 100, Counts: []string{"lost"}, Round: round}}
	fresh := newState("twin", "abc", 1000, 1, sections)
	for _, row := range []struct {
		name  string
		spoil func(s *state)
		want  string // in the error; empty for none
	}{
		{"begun", func(s *state) { s.Sections[0].Rounds, s.Sections[0].Begun = 7, 8 }, ""},
		{"finished", func(s *state) { s.Sections[0].Rounds, s.Sections[0].Begun = 50, 50 }, ""},
		{"another variant's", func(s *state) { s.Variant = "chaselev" }, "its variant is chaselev, this one's twin"},
		{"another build's", func(s *state) { s.Build = "abd" }, "its build is abd, this one's abc"},
		{"another size's", func(s *state) { s.Tasks = 2000 }, "its tasks is 2000, this one's 1000"},
		{"another seed's", func(s *state) { s.Seed = 2 }, "its seed is 2, this one's 1"},
		{"more sections", func(s *state) { s.Sections = append(s.Sections, progress{Name: "x"}) }, "its sections is 2, this one's 1"},
		{"other sections", func(s *state) { s.Sections[0].Name = "x" }, `0 rounds of "x"`},
		{"other counts", func(s *state) { s.Sections[0].Counts = nil }, "0 counts"},
		{"too many rounds", func(s *state) { s.Sections[0].Rounds, s.Sections[0].Begun = 51, 51 }, "it has 51 rounds"},
		{"more ended than begun", func(s *state) { s.Sections[0].Rounds = 2 }, "have ended than begun"},
		{"failed", func(s *state) { s.Failed = "tasks of twin, round 3" }, "it failed in tasks of twin, round 3"},
		{"negative rounds", func(s *state) { s.Sections[0].Rounds = -1 }, "negative"},
		{"negative counts", func(s *state) { s.Sections[0].Counts[0] = -1 }, "negative"},
	} {
		path := filepath.Join(t.TempDir(), "state")
		s := newState("twin", "abc", 1000, 1, sections)
		row.spoil(&s)
		if err := s.save(path); err != nil {
			t.Fatal(err)
		}
		got, err := load(path, fresh, sections)
		checkLoaded(t, row.name, path, err, row.want)
		if row.want == "" && (err != nil || got.Sections[0].Rounds != s.Sections[0].Rounds) {
			t.Errorf("%s: got %+v, want %+v", row.name, got, s)
		}
		if data, err := os.ReadFile(path); err != nil || !bytes.Equal(data, s.encode()) {
			t.Errorf("%s: the file changed: got %q, %v, want %q", row.name, data, err, s.encode())
		}
	}
	if s, err := load(filepath.Join(t.TempDir(), "none"), fresh, sections); err != nil || s.Sections[0].Rounds != 0 {
		t.Errorf("no file: got %+v, %v, want a soak that has not begun", s, err)
	}
	directory := t.TempDir()
	_, err := load(directory, fresh, sections)
	checkLoaded(t, "a directory", directory, err, "is a directory")
}

func checkLoaded(t *testing.T, name, path string, err error, want string) {
	t.Helper()
	if want == "" {
		if err != nil {
			t.Errorf("%s: got error %v, want nil", name, err)
		}
		return
	}
	if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "remove it") {
		t.Errorf("%s: got error %v, want one with %q, the path and the remedy", name, err, want)
	}
}
