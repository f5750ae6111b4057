package harness

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestLayoutsAreOfTheBinary builds layouts of the command from a copy of this tree:
// what is built has the binary's own linker flags; what is kept is not built again;
// sources that have changed since are refused, committed or not.
func TestLayoutsAreOfTheBinary(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("js starts no processes")
	}
	if testing.Short() {
		t.Skip("builds the command some times")
	}
	tree := t.TempDir()
	if out, err := exec.Command("sh", "-c", "cd .. && tar cf - --exclude=./bin --exclude=./results --exclude=./.git . | tar xf - -C "+tree).CombinedOutput(); err != nil {
		t.Skipf("no copy of the tree: %v: %s", err, out)
	}
	t.Chdir(tree)
	self := filepath.Join(tree, "self")
	build := func(flags ...string) {
		t.Helper()
		args := append([]string{"build", "-buildvcs=false", "-o", self}, flags...)
		if out, err := exec.Command("go", append(args, "./cmd/stealbench")...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	layouts := func() (map[int]string, int, error) {
		n := 0
		all, err := Layouts(context.Background(), self, "layouts", 1, func(int) { n++ })
		return all, n, err
	}
	build("-ldflags=-X stealbench/harness.commit=1a2b3c4", "-tags=stable")
	all, n, err := layouts()
	if err != nil || n != 1 {
		t.Fatalf("got %d built, %v, want 1", n, err)
	}
	made, err := recipeOf(all[1])
	if err != nil || !strings.HasPrefix(made.ldflags, "-X stealbench/harness.commit=1a2b3c4 ") || !strings.Contains(strings.Join(made.flags, " "), "-tags=stable") {
		t.Errorf("got a layout built by %+v, %v, want the flags of the binary", made, err)
	}
	if _, n, err := layouts(); err != nil || n != 0 {
		t.Errorf("the second time: got %d built, %v, want none", n, err)
	}
	change := func(text string) {
		t.Helper()
		if err := os.WriteFile("harness/added.go", []byte("package harness\n\nfunc init() { commit += "+text+" }\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	change(`"x"`)
	if _, n, err := layouts(); err != nil || n != 0 {
		t.Errorf("sources changed, layouts kept: got %d built, %v, want none", n, err)
	}
	if err := os.Remove(all[1]); err != nil {
		t.Fatal(err)
	}
	if _, n, err := layouts(); err == nil || n != 0 || !strings.Contains(err.Error(), "not what the source tree builds: make build") {
		t.Errorf("sources changed: got %d built, %v, want a refusal", n, err)
	}
	build()
	if _, n, err := layouts(); err != nil || n != 1 {
		t.Errorf("built again: got %d layouts built, %v, want 1", n, err)
	}
}
