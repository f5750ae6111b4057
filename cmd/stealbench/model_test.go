package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestModel compares what the committed recording of 2 CPUs gives with a golden file.
func TestModel(t *testing.T) {
	var out, errOut bytes.Buffer
	rec := filepath.Join("..", "..", "results", "2026-11-25-amd-epyc-2cpu")
	if err := run(context.Background(), []string{"model", rec}, strings.NewReader(""), &out, &errOut); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "model.golden")
	if *update {
		if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out.Bytes(), want) {
		t.Errorf("%s: got\n%s\nwant\n%s\nif that is right: go test ./cmd/stealbench -run TestModel -update", path, out.Bytes(), want)
	}
	if !strings.Contains(out.String(), "No fit: not identifiable: 2 numbers of workers, want 4.") {
		t.Error("two numbers of workers are fitted")
	}
}

// TestModelRefuses: one line that names the place and the remedy.
func TestModelRefuses(t *testing.T) {
	results := filepath.Join("..", "..", "results")
	rec := filepath.Join(results, "2026-11-25-amd-epyc-2cpu")
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{rec, "--counts", rec}, "counts.txt: not there: name a folder that make counts has written"},
		{[]string{filepath.Join(results, "2026-11-26-amd-epyc-2cpu-counts")}, "not a stealbench recording"},
		{[]string{filepath.Join(results, "steps", "join-in-one")}, "no counts beside it"},
	} {
		var out bytes.Buffer
		err := run(context.Background(), append([]string{"model"}, tt.args...), strings.NewReader(""), &out, &out)
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") || out.Len() > 0 {
			t.Errorf("%v: got %v, want one line with %q", tt.args, err, tt.want)
		}
	}
}
