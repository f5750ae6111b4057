package main

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stealbench/internal/paper"
	"stealbench/internal/recording"
	"stealbench/plots"
)

const top = "../.."

// TestDocumentsAgree fails when a number or table differs from what its
// recording gives.
func TestDocumentsAgree(t *testing.T) {
	for _, name := range documents {
		text, err := os.ReadFile(filepath.Join(top, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := paper.Check(name, text, top); err != nil {
			t.Error(err)
		}
	}
}

// TestFiguresAgree fails when a committed figure is not what its recording gives, SVG
// by bytes, PNG by pixels, or is shown nowhere.
func TestFiguresAgree(t *testing.T) {
	committed := map[string]bool{}
	err := filepath.WalkDir(filepath.Join(top, "plots", "figures"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			committed[path] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	read := func(path string) []byte {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%v: run make paper", err)
		}
		return data
	}
	for _, document := range documents {
		for _, f := range paper.Figures(read(filepath.Join(top, document))) {
			rec, err := recording.Read(filepath.Join(top, f.Recording))
			if err != nil {
				t.Fatal(err)
			}
			drawn, err := plots.One(rec, t.TempDir(), f.Name)
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range drawn {
				kept := filepath.Join(top, f.Dir, filepath.Base(path))
				delete(committed, kept)
				got, want := read(kept), read(path)
				same := bytes.Equal(got, want)
				if strings.HasSuffix(path, ".png") && got != nil {
					same = samePixels(t, got, want)
				}
				if !same {
					t.Errorf("%s: is not what %s gives: run make paper", kept, f.Recording)
				}
			}
		}
	}
	for path := range committed {
		t.Errorf("%s: is shown in none of %v: delete it", path, documents)
	}
}

func samePixels(t *testing.T, a, b []byte) bool {
	t.Helper()
	x, err := png.Decode(bytes.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	y, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if x.Bounds() != y.Bounds() {
		return false
	}
	return eachPixel(x.Bounds(), func(i, j int) bool { return x.At(i, j) == y.At(i, j) })
}

func eachPixel(r image.Rectangle, ok func(x, y int) bool) bool {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if !ok(x, y) {
				return false
			}
		}
	}
	return true
}
