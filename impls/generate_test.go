package impls

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var write = flag.Bool("write", false, "stamp the variants' z*.go files anew")

// TestGenerated fails when a stamped file is stale, missing or left over. With
// -write it stamps them.
func TestGenerated(t *testing.T) {
	for _, v := range Variants[1:] {
		want, err := stamp(v)
		if err != nil {
			t.Fatal(err)
		}
		have, err := filepath.Glob(filepath.Join(v.Name, "z*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range have {
			if _, ok := want[path]; ok {
				continue
			}
			if !*write {
				t.Errorf("%s: no base file for it: run go generate ./impls", path)
			} else if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
		for path, content := range want {
			if got, _ := os.ReadFile(path); bytes.Equal(got, content) {
				continue
			}
			if !*write {
				t.Errorf("%s: differs from the base: run go generate ./impls and commit both", path)
			} else if err := os.WriteFile(path, content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// stamp returns the stamped files of v by path.
func stamp(v Variant) (map[string][]byte, error) {
	paths, err := filepath.Glob(filepath.Join(Base, "*.go"))
	if err != nil {
		return nil, err
	}
	for _, r := range v.Replaces {
		if !slices.Contains(paths, filepath.Join(Base, r)) {
			return nil, fmt.Errorf("impls/variants.go: %s replaces %s, which the base does not have", v.Name, r)
		}
	}
	files := map[string][]byte{}
	for _, path := range paths {
		name := filepath.Base(path)
		if name == "doc.go" || slices.Contains(v.Replaces, name) {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		body, ok := renamePackage(src, v.Name)
		if !ok {
			return nil, fmt.Errorf("impls/%s: no package clause %q", path, "package "+Base)
		}
		header := fmt.Sprintf("// Code generated from ../%s/%s by go generate ./impls; DO NOT EDIT.\n\n", Base, name)
		files[filepath.Join(v.Name, "z"+name)] = append([]byte(header), body...)
	}
	return files, nil
}

// renamePackage renames the package clause, and in external tests the import
// and qualifier of the base too.
func renamePackage(src []byte, name string) ([]byte, bool) {
	s := string(src)
	for _, suffix := range []string{"\n", "_test\n"} {
		clause := "package " + Base + suffix
		i := strings.Index("\n"+s, "\n"+clause)
		if i < 0 {
			continue
		}
		s = s[:i] + "package " + name + suffix + s[i+len(clause):]
		if suffix == "_test\n" {
			s = strings.ReplaceAll(s, "stealbench/impls/"+Base, "stealbench/impls/"+name)
			s = strings.ReplaceAll(s, Base+".", name+".")
		}
		return []byte(s), true
	}
	return nil, false
}
