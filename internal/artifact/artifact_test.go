package artifact

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stealbench/internal/paper"
	"stealbench/internal/recording"
	"stealbench/plots"
)

const (
	document  = "text.md"
	recorded1 = "results/steps/ring"
	text      = "<!-- recording=" + recorded1 + " -->\n<!-- n:cells --><!-- /n --> cells\n![Overhead](plots/figures/workers.png)\n"
)

// TestFaults takes a small repository that is whole, and damages one thing at a time.
func TestFaults(t *testing.T) {
	for _, row := range []struct {
		name   string
		damage func(root string) error
		want   string // part of the fault
	}{
		{"none", func(string) error { return nil }, ""},
		{"a number", func(root string) error {
			return replace(filepath.Join(root, document), "40<!--", "41<!--")
		}, "text.md:2: got"},
		{"a figure", func(root string) error {
			return replace(filepath.Join(root, "plots/figures/workers.svg"), "</svg>", " </svg>")
		}, "workers.svg: differs"},
		{"a figure that is gone", func(root string) error {
			return os.Remove(filepath.Join(root, "plots/figures/workers.png"))
		}, "workers.png"},
		{"a figure nobody shows", func(root string) error {
			return os.WriteFile(filepath.Join(root, "plots/figures/old.png"), nil, 0o644)
		}, "old.png: shown by no document"},
		{"a figure as a file of another kind", func(root string) error {
			return os.WriteFile(filepath.Join(root, "plots/figures/workers.pdf"), nil, 0o644)
		}, "workers.pdf: shown by no document"},
		{"a recording", func(root string) error {
			return replace(filepath.Join(root, recorded1, "twin.txt"), "ns/task", "ns/tsk")
		}, "twin.txt"},
		{"a recording that nobody cites without its base", func(root string) error {
			uncited := filepath.Join(root, "results/steps/uncited")
			if err := os.CopyFS(uncited, os.DirFS(filepath.Join(root, recorded1))); err != nil {
				return err
			}
			return os.Remove(filepath.Join(uncited, "chaselev.txt"))
		}, "results/steps/uncited: key variants names chaselev"},
		{"a recording that is gone", func(root string) error {
			return os.RemoveAll(filepath.Join(root, recorded1))
		}, recorded1},
	} {
		t.Run(row.name, func(t *testing.T) {
			root := repository(t)
			if err := row.damage(root); err != nil {
				t.Fatal(err)
			}
			var faults []string
			err := Check(root, []string{document}, func(what string, fault error) {
				if fault != nil && what != "claims" && what != tableOfClaims { // their recordings are not here
					faults = append(faults, fault.Error())
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			if row.want == "" && len(faults) > 0 || row.want != "" && !strings.Contains(strings.Join(faults, "\n"), row.want) {
				t.Errorf("got %q, want %q", faults, row.want)
			}
		})
	}
}

// TestTableOfClaims: claims that no document has are not published. In a fence a marker is
// text.
func TestTableOfClaims(t *testing.T) {
	for _, row := range []struct {
		text string
		want bool // a fault
	}{
		{"# Claims\n", true},
		{"```\n<!-- begin:claims -->\n```\n", true},
		{"<!-- begin:claims -->\n<!-- end:claims -->\n", false},
	} {
		root, found := t.TempDir(), false
		for name, text := range map[string]string{document: row.text, "results/none": "", "plots/figures/none": ""} {
			if err := os.MkdirAll(filepath.Dir(filepath.Join(root, name)), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		err := Check(root, []string{document}, func(_ string, fault error) {
			found = found || fault != nil && strings.Contains(fault.Error(), "their table is in none of text.md")
		})
		if err != nil || found != row.want {
			t.Errorf("%q: got a fault %v, %v, want %v", row.text, found, err, row.want)
		}
	}
}

// repository is one recording, a document with a number and a figure of it.
func repository(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, recorded1), os.DirFS(filepath.Join("..", "..", recorded1))); err != nil {
		t.Fatal(err)
	}
	rec, err := recording.Read(filepath.Join(root, recorded1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := plots.One(rec, filepath.Join(root, "plots", "figures"), "workers"); err != nil {
		t.Fatal(err)
	}
	filled, err := paper.Rewrite(document, []byte(text), root)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, document), filled, 0o644); err != nil {
		t.Fatal(err)
	}
	return root
}

func replace(path, old, new string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, bytes.Replace(data, []byte(old), []byte(new), 1), 0o644)
}
