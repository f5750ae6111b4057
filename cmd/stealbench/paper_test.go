package main

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
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

// TestFiguresAgree fails when a committed figure is not what the paper's
// recording gives: SVG by bytes, PNG by pixels.
func TestFiguresAgree(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(top, "paper.md"))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^<!-- recording=(.*) -->$`).FindSubmatch(text)
	if m == nil {
		t.Fatal("paper.md: no line <!-- recording=... -->")
	}
	rec, err := recording.Read(filepath.Join(top, string(m[1])))
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := plots.All(rec, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range drawn {
		committed := filepath.Join(top, "plots", "figures", filepath.Base(path))
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(committed)
		if err != nil {
			t.Fatal(err)
		}
		same := bytes.Equal(got, want)
		if strings.HasSuffix(path, ".png") {
			same = samePixels(t, got, want)
		}
		if !same {
			t.Errorf("%s: is not what %s gives: run make plots", committed, m[1])
		}
	}
	if len(drawn) != 6 {
		t.Errorf("got %d figure files, want 6", len(drawn))
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
