package impls

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var write = flag.Bool("write", false, "stamp the variants' z*.go files anew")

// TestGenerated fails when a stamped file is stale, missing or left over. With
// -write it stamps them.
func TestGenerated(t *testing.T) {
	for _, v := range slices.Concat(Variants[1:], Levels, Libraries) {
		want, stale, leftOver, err := compare(v)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range leftOver {
			if !*write {
				t.Errorf("%s: no base file for it: run go generate ./impls", path)
			} else if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
		for _, path := range stale {
			if !*write {
				t.Errorf("%s: differs from the base: run go generate ./impls and commit both", path)
			} else if err := os.WriteFile(path, want[path], 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// compare returns the stamped files of v by path, and those on disk that differ
// from them and that should not be there.
func compare(v Variant) (want map[string][]byte, stale, leftOver []string, err error) {
	if want, err = stamp(v); err != nil {
		return nil, nil, nil, err
	}
	have, err := filepath.Glob(filepath.Join(folder(v), "z*.go"))
	if err != nil {
		return nil, nil, nil, err
	}
	for _, path := range have {
		if _, ok := want[path]; !ok {
			leftOver = append(leftOver, path)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(want)) {
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want[path]) {
			stale = append(stale, path)
		}
	}
	return want, stale, leftOver, nil
}

// TestStale seeds what compare must find in a small tree of a base and one
// variant.
func TestStale(t *testing.T) {
	v := Variant{Name: "other", Replaces: []string{"seam.go"}}
	fresh := map[string]string{
		"chaselev/doc.go":     "// Package chaselev is the base.\npackage chaselev\n",
		"chaselev/seam.go":    "package chaselev\n\nvar seam = 1\n",
		"chaselev/shared.go":  "package chaselev\n\nvar shared = 1\n",
		"chaselev/a_test.go":  "package chaselev_test\n\nimport \"stealbench/impls/chaselev\"\n\nvar _ = chaselev.New\n",
		"other/seam.go":       "package other\n\nvar seam = 2\n",
		"other/zshared.go":    "// Code generated from ../chaselev/shared.go by go generate ./impls; DO NOT EDIT.\n\npackage other\n\nvar shared = 1\n",
		"other/za_test.go":    "// Code generated from ../chaselev/a_test.go by go generate ./impls; DO NOT EDIT.\n\npackage other_test\n\nimport \"stealbench/impls/other\"\n\nvar _ = other.New\n",
		"other/by_hand.go":    "package other\n",
		"other/zero_value.md": "not a Go file",
	}
	for _, row := range []struct {
		name            string
		path, content   string // written over the fresh tree; no content: removed
		stale, leftOver []string
		err             string
	}{
		{name: "fresh"},
		{name: "copy edited", path: "other/zshared.go", content: "package other\n", stale: []string{"other/zshared.go"}},
		{name: "base edited", path: "chaselev/shared.go", content: "package chaselev\n", stale: []string{"other/zshared.go"}},
		{name: "copy missing", path: "other/zshared.go", stale: []string{"other/zshared.go"}},
		{name: "new in the base", path: "chaselev/new.go", content: "package chaselev\n", stale: []string{"other/znew.go"}},
		{name: "gone from the base", path: "chaselev/shared.go", leftOver: []string{"other/zshared.go"}},
		{name: "seam stamped", path: "other/zseam.go", content: "package other\n", leftOver: []string{"other/zseam.go"}},
		{name: "seam edited in the base", path: "chaselev/seam.go", content: "package chaselev\n"},
		{name: "replaces nothing", path: "chaselev/seam.go", err: "replaces seam.go, which chaselev does not have"},
		{name: "wrong package", path: "chaselev/shared.go", content: "package main\n", err: "no package clause"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			files := maps.Clone(fresh)
			if files[row.path] = row.content; row.content == "" {
				delete(files, row.path)
			}
			for path, content := range files {
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			_, stale, leftOver, err := compare(v)
			if !slices.Equal(stale, row.stale) || !slices.Equal(leftOver, row.leftOver) {
				t.Errorf("got stale %v, left over %v, want %v, %v", stale, leftOver, row.stale, row.leftOver)
			}
			if row.err == "" && err != nil || row.err != "" && (err == nil || !strings.Contains(err.Error(), row.err)) {
				t.Errorf("got error %v, want %q", err, row.err)
			}
		})
	}
}

// TestOver stamps a variant of another one: files that both it and the base have are
// copies of that one's.
func TestOver(t *testing.T) {
	t.Chdir(t.TempDir())
	for path, content := range map[string]string{
		"chaselev/doc.go":              "package chaselev\n",
		"chaselev/shared.go":           "package chaselev\n",
		"chaselev/metrics.go":          "package chaselev\n",
		"chaselev/metrics_extended.go": "package chaselev\n",
		"chaselev/metrics_stable.go":   "package chaselev\n",
		"chaselev/publish.go":          "package chaselev\n",
		"chaselev/a_test.go":           "package chaselev_test\n\nvar _ = chaselev.New\n",
		"batchless/doc.go":             "package batchless\n",
		"batchless/metrics.go":         "package batchless\n\nvar seam = 2\n",
		"batchless/cells.go":           "package batchless\n",
		"batchless/b_test.go":          "package batchless_test\n\nvar _ = batchless.New\n",
		"batchless/zshared.go":         "package batchless\n",
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := stamp(Variant{Name: "other", Over: []string{"batchless"}, Replaces: []string{"cells.go"}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"other/zshared.go":  "// Code generated from ../chaselev/shared.go by go generate ./impls; DO NOT EDIT.\n\npackage other\n",
		"other/za_test.go":  "// Code generated from ../chaselev/a_test.go by go generate ./impls; DO NOT EDIT.\n\npackage other_test\n\nvar _ = other.New\n",
		"other/zmetrics.go": "// Code generated from ../batchless/metrics.go by go generate ./impls; DO NOT EDIT.\n\npackage other\n\nvar seam = 2\n",
		"other/zb_test.go":  "// Code generated from ../batchless/b_test.go by go generate ./impls; DO NOT EDIT.\n\npackage other_test\n\nvar _ = other.New\n",
	}
	if !maps.EqualFunc(got, want, func(a []byte, b string) bool { return string(a) == b }) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, v := range []Variant{
		{Name: "other", Over: []string{"nothing"}},
		{Name: "other", Over: []string{"sharedline"}}, // itself over another
		{Name: "other", Over: []string{"batchless"}, Replaces: []string{"publish.go"}},
	} {
		if _, err := stamp(v); err == nil || !strings.HasPrefix(err.Error(), "impls/variants.go: other ") {
			t.Errorf("%+v: got error %v, want one that names the row", v, err)
		}
	}
}

// TestLibraryFolder stamps a variant that counts with a library into the other module.
func TestLibraryFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	for path, content := range map[string]string{
		"impls/chaselev/shared.go":  "package chaselev\n\nfunc f() { m.cells.n.Add(1); m.cells.n.Add(2); b.n.Add(1) }\n",
		"impls/chaselev/a_test.go":  "package chaselev_test\n\nimport \"stealbench/impls/chaselev\"\n\nvar _ = chaselev.New\n",
		"libs/xsynccounter/zold.go": "package xsynccounter\n",
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir("impls")
	got, stale, leftOver, err := compare(Variant{Name: Libraries[0].Name})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"../libs/xsynccounter/zshared.go": "// Code generated from ../../impls/chaselev/shared.go by go generate ./impls; DO NOT EDIT.\n\npackage xsynccounter\n\nfunc f() { m.cells.n.Inc(); m.cells.n.Add(2); b.n.Add(1) }\n",
		"../libs/xsynccounter/za_test.go": "// Code generated from ../../impls/chaselev/a_test.go by go generate ./impls; DO NOT EDIT.\n\npackage xsynccounter_test\n\nimport \"stealbench/libs/xsynccounter\"\n\nvar _ = xsynccounter.New\n",
	}
	if !maps.EqualFunc(got, want, func(a []byte, b string) bool { return string(a) == b }) {
		t.Errorf("got %q, want %q", got, want)
	}
	if !slices.Equal(stale, slices.Sorted(maps.Keys(want))) || !slices.Equal(leftOver, []string{"../libs/xsynccounter/zold.go"}) {
		t.Errorf("got stale %v, left over %v, want both files and zold.go", stale, leftOver)
	}
}

// TestUnderTags resolves build constraints.
func TestUnderTags(t *testing.T) {
	tags := []string{"nodump", "other"}
	for _, row := range []struct {
		src, want string
		kept      bool
	}{
		{"package p\n", "package p\n", true},
		{"//go:build nodump\n\npackage p\n", "package p\n", true},
		{"//go:build !nodump\n\npackage p\n", "", false},
		{"//go:build !other\n\npackage p\n", "", false},
		{"//go:build !stable\n\npackage p\n", "//go:build !stable\n\npackage p\n", true},
	} {
		if got, kept := underTags([]byte(row.src), tags); string(got) != row.want || kept != row.kept {
			t.Errorf("%q: got %q, %v, want %q, %v", row.src, got, kept, row.want, row.kept)
		}
	}
}

// stamp returns the stamped files of v by path.
func stamp(v Variant) (map[string][]byte, error) {
	sources, err := sourcesOf(v)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for name, from := range sources {
		if isLevel(v) && strings.HasSuffix(name, "_test.go") {
			continue
		}
		path := filepath.Join(from, name)
		src, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		src, ok := underTags(src, v.Tags)
		if !ok {
			continue
		}
		body, ok := renamePackage(src, from, importPath(v))
		if !ok {
			return nil, fmt.Errorf("impls/%s: no package clause %q", path, "package "+from)
		}
		source := "../" + from
		if isLibrary(v) {
			source, body = "../../impls/"+from, oneEvent.ReplaceAll(body, []byte("$1.Inc()"))
		}
		header := fmt.Sprintf("// Code generated from %s/%s by go generate ./impls; DO NOT EDIT.\n\n", source, name)
		files[filepath.Join(folder(v), "z"+name)] = append([]byte(header), body...)
	}
	return files, nil
}

// sourcesOf says which variant each file that v is stamped from is of, by name: the
// base, or one of those that it is over.
func sourcesOf(v Variant) (map[string]string, error) {
	sources := map[string]string{}
	if err := addByHand(sources, Base); err != nil {
		return nil, err
	}
	for _, name := range v.Over {
		i := slices.IndexFunc(Variants, func(o Variant) bool { return o.Name == name })
		if i < 0 || len(Variants[i].Over) > 0 {
			return nil, fmt.Errorf("impls/variants.go: %s is over %s: name a variant that is the base with files replaced", v.Name, name)
		}
		for _, r := range Variants[i].Replaces {
			delete(sources, r)
		}
		if err := addByHand(sources, name); err != nil {
			return nil, err
		}
	}
	for _, r := range v.Replaces {
		if _, ok := sources[r]; !ok {
			return nil, fmt.Errorf("impls/variants.go: %s replaces %s, which %s does not have", v.Name, r, strings.Join(append(v.Over, Base), " or "))
		}
		delete(sources, r)
	}
	return sources, nil
}

// addByHand adds the files that a variant writes by hand, but for its doc.go.
func addByHand(sources map[string]string, variant string) error {
	paths, err := filepath.Glob(filepath.Join(variant, "*.go"))
	if err != nil {
		return err
	}
	for _, path := range paths {
		if name := filepath.Base(path); name != "doc.go" && (variant == Base || !strings.HasPrefix(name, "z")) {
			sources[name] = variant
		}
	}
	return nil
}

func isLevel(v Variant) bool {
	return slices.ContainsFunc(Levels, func(l Variant) bool { return l.Name == v.Name })
}

// oneEvent is the count of one event on a worker's counters. Who has a library calls
// its Inc for that: an Add of another type has more to do. To have an inc in the seam
// that variants replace would leave no-ops in all of them, where it is inlined.
var oneEvent = regexp.MustCompile(`(\bm\.cells\.\w+)\.Add\(1\)`)

func isLibrary(v Variant) bool {
	return slices.ContainsFunc(Libraries, func(l Variant) bool { return l.Name == v.Name })
}

// folder is where the files of v are.
func folder(v Variant) string {
	if isLibrary(v) {
		return filepath.Join("..", "libs", v.Name)
	}
	return v.Name
}

func importPath(v Variant) string {
	if isLibrary(v) {
		return "stealbench/libs/" + v.Name
	}
	return "stealbench/impls/" + v.Name
}

// underTags takes a build constraint on one of the tags, such as !nodump, out of
// src, and reports whether it is met.
func underTags(src []byte, tags []string) ([]byte, bool) {
	line, rest, _ := strings.Cut(string(src), "\n")
	for _, tag := range tags {
		switch line {
		case "//go:build " + tag:
			return []byte(strings.TrimLeft(rest, "\n")), true
		case "//go:build !" + tag:
			return nil, false
		}
	}
	return src, true
}

// renamePackage renames the package clause, and in external tests the import
// and qualifier of the variant that it is a copy of too.
func renamePackage(src []byte, from, toPath string) ([]byte, bool) {
	s, to := string(src), path.Base(toPath)
	for _, suffix := range []string{"\n", "_test\n"} {
		clause := "package " + from + suffix
		i := strings.Index("\n"+s, "\n"+clause)
		if i < 0 {
			continue
		}
		s = s[:i] + "package " + to + suffix + s[i+len(clause):]
		if suffix == "_test\n" {
			s = strings.ReplaceAll(s, "stealbench/impls/"+from, toPath)
			s = strings.ReplaceAll(s, from+".", to+".")
		}
		return []byte(s), true
	}
	return nil, false
}
