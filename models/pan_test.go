package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func printed(t *testing.T, name string) string {
	t.Helper()
	out, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestParse reads what real runs of pan printed. All but the violations ended
// with status 0 or by a signal and, where they say so, without errors.
func TestParse(t *testing.T) {
	for _, c := range []struct {
		name       string
		states     int
		errors     int
		violation  string
		incomplete string
	}{
		{name: "clean", states: 27030},
		{name: "assertion", states: 1753, errors: 1, violation: "assertion violated ((((bottom-top)+trial)==size)&&(size<=2))"},
		{name: "stranded", states: 648, errors: 1, violation: "invalid end state"},
		{name: "truncated", states: 20488, incomplete: "max search depth too small"},
		{name: "memory", states: 398152, incomplete: "reached -DMEMLIM bound"},
		{name: "interrupted", states: 1986639, incomplete: "Interrupted"},
		{name: "bitstate", states: 26816, incomplete: "Full statespace"},
		{name: "hashcompact", states: 27030, incomplete: "Full statespace"},
		{name: "no-assertions", states: 27030, incomplete: "assertion violations"},
		{name: "no-end-states", states: 27030, incomplete: "invalid end states"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := parse(printed(t, c.name))
			if err != nil {
				t.Fatal(err)
			}
			if got.states != c.states || got.errors != c.errors || got.violation != c.violation {
				t.Errorf("got %+v, want %+v", got, c)
			}
			if (got.incomplete == "") != (c.incomplete == "") || !strings.Contains(got.incomplete, c.incomplete) {
				t.Errorf("got incomplete %q, want %q", got.incomplete, c.incomplete)
			}
		})
	}
}

// TestParseNoResult: what ended early or contradicts itself is an error.
func TestParseNoResult(t *testing.T) {
	clean := printed(t, "clean")
	for _, c := range []struct{ name, out string }{
		{"nothing", ""},
		{"killed", printed(t, "killed")},
		{"cut off before the states", clean[:strings.Index(clean, "states, stored")]},
		{"two results", clean + clean},
		{"errors without a violation", strings.Replace(clean, "errors: 0", "errors: 1", 1)},
		{"a violation without errors", "pan:1: invalid end state (at depth 3)\n" + clean},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := parse(c.out); err == nil {
				t.Errorf("got %+v, want an error", got)
			}
		})
	}
}

// TestParseManyStates: from 100 million on pan prints an exponent.
func TestParseManyStates(t *testing.T) {
	got, err := parse(strings.Replace(printed(t, "clean"), "    27030 states, stored", "1.2345679e+08 states, stored", 1))
	if err != nil {
		t.Fatal(err)
	}
	if want := 123456790; got.states != want {
		t.Errorf("got %d states, want %d", got.states, want)
	}
}
