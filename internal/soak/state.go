package soak

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"

	"github.com/google/renameio/v2"
)

// state is what a soak has done. On disk it is one line: a checksum of the rest,
// a space, and JSON.
type state struct {
	Variant  string     `json:"variant"`
	Build    string     `json:"build"` // hash of the test binary
	Tasks    int64      `json:"tasks"`
	Seed     uint64     `json:"seed"`
	Sections []progress `json:"sections"`
	Failed   string     `json:"failed,omitempty"` // the round that found something
}

// progress is what a section has done: its first rounds.
type progress struct {
	Name   string  `json:"name"`
	Rounds int     `json:"rounds"`
	Begun  int     `json:"begun"`  // rounds, with those that a kill or a crash cut short
	Counts []int64 `json:"counts"` // reported by them, added up
	Millis int64   `json:"millis"` // they took
}

// newState is the state of a soak that has not begun.
func newState(variant, build string, tasks int64, seed uint64, sections []Section) state {
	s := state{Variant: variant, Build: build, Tasks: tasks, Seed: seed}
	for _, section := range sections {
		s.Sections = append(s.Sections, progress{Name: section.Name, Counts: make([]int64, len(section.Counts))})
	}
	return s
}

// fits says how s, which was read, can't go on as fresh, the state of a soak that
// has not begun.
func (s state) fits(fresh state, sections []Section) error {
	for _, f := range []struct {
		name      string
		got, want any
	}{
		{"variant", s.Variant, fresh.Variant},
		{"build", s.Build, fresh.Build},
		{"tasks", s.Tasks, fresh.Tasks},
		{"seed", s.Seed, fresh.Seed},
		{"sections", len(s.Sections), len(fresh.Sections)},
	} {
		if f.got != f.want {
			return fmt.Errorf("it belongs to another soak: its %s is %v, this one's %v", f.name, f.got, f.want)
		}
	}
	if s.Failed != "" {
		return fmt.Errorf("it failed in %s: keep it and what was said then", s.Failed)
	}
	for i, p := range s.Sections {
		most := sections[i].rounds(fresh.Tasks)
		if p.Name != sections[i].Name || len(p.Counts) != len(sections[i].Counts) || p.Rounds > most {
			return fmt.Errorf("it belongs to another soak: it has %d rounds of %q and %d counts, this one %d of %q and %d",
				p.Rounds, p.Name, len(p.Counts), most, sections[i].Name, len(sections[i].Counts))
		}
	}
	return nil
}

var errSum = errors.New("it is damaged: its checksum does not fit")

// parse reads what encode wrote.
func parse(data []byte) (state, error) {
	sum, body, ok := bytes.Cut(data, []byte(" "))
	if want, err := strconv.ParseUint(string(sum), 16, 32); !ok || err != nil || uint32(want) != crc32.ChecksumIEEE(body) {
		return state{}, errSum
	}
	return parseBody(body)
}

func parseBody(body []byte) (state, error) {
	var s state
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return state{}, fmt.Errorf("it is damaged: %q", err.Error())
	}
	if _, err := d.Token(); err != io.EOF {
		return state{}, errors.New("it is damaged: more follows")
	}
	for _, p := range s.Sections {
		if p.Begun < p.Rounds {
			return state{}, fmt.Errorf("it is damaged: more rounds of %q have ended than begun", p.Name)
		}
		if p.Rounds < 0 || p.Millis < 0 || slices.ContainsFunc(p.Counts, func(n int64) bool { return n < 0 }) {
			return state{}, fmt.Errorf("it is damaged: a number of %q is negative", p.Name)
		}
	}
	return s, nil
}

func (s state) encode() []byte {
	body, err := json.Marshal(s)
	if err != nil {
		panic(err) // no field can't be marshalled
	}
	return seal(append(body, '\n'))
}

func seal(body []byte) []byte {
	return fmt.Appendf(nil, "%08x %s", crc32.ChecksumIEEE(body), body)
}

// load reads the state in path, or returns fresh if there is none. A path of ""
// keeps none.
func load(path string, fresh state, sections []Section) (state, error) {
	if path == "" {
		return fresh, nil
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fresh, nil
	}
	var s state
	if err == nil {
		s, err = parse(data)
	}
	if err == nil {
		err = s.fits(fresh, sections)
	}
	if err != nil {
		return state{}, fmt.Errorf("%s: %w: remove it to begin anew, or name another file with -soak.state", path, err)
	}
	return s, nil
}

// save writes s in one step: a kill leaves the old state or the new one.
func (s state) save(path string) error {
	if path == "" {
		return nil
	}
	return renameio.WriteFile(path, s.encode(), 0o644)
}
