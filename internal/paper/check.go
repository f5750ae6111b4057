package paper

import (
	"bytes"
	"fmt"
	"os"

	"github.com/google/renameio/v2"
)

// Check says where text differs first from what its recordings give.
func Check(name string, text []byte, root string) error {
	want, err := Rewrite(name, text, root)
	if err != nil {
		return err
	}
	got, wants := bytes.Split(text, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range max(len(got), len(wants)) {
		g, w := lineAt(got, i), lineAt(wants, i)
		if g != w {
			return fmt.Errorf("%s:%d: got %q, want %q: run make paper", name, i+1, g, w)
		}
	}
	return nil
}

func lineAt(lines [][]byte, i int) string {
	if i < len(lines) {
		return string(lines[i])
	}
	return "(end of file)"
}

// Update rewrites the file at path, and says whether it changed.
func Update(path, root string) (bool, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return false, err
	}
	out, err := Rewrite(path, text, root)
	if err != nil || bytes.Equal(text, out) {
		return false, err
	}
	return true, renameio.WriteFile(path, out, 0o644)
}
