package impls

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"math/bits"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// hookTypes are the types of the metrics seam that shared code calls.
var hookTypes = []string{"metrics", "board"}

// notHooks are their methods that need not vanish into their callers: off the
// hot path, but for submit, which is a call in every variant that batches.
// (Of the local queue, push and pop are too large in every variant.)
var notHooks = []string{"init", "snapshot", "submit"}

// TestHooksInlined compiles each variant and looks at every call of a hook in
// shared code, so that the variants differ in what is counted and not in calls.
func TestHooksInlined(t *testing.T) {
	if bits.UintSize != 64 {
		t.Skip("64-bit atomics are calls on 32-bit hosts, where nothing is measured")
	}
	positions := token.NewFileSet()
	imports := importer.ForCompiler(positions, "source", nil)
	for _, v := range Variants {
		t.Run(v.Name, func(t *testing.T) {
			cmd := exec.Command("go", "build", "-gcflags=-m", "./"+v.Name)
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
			}
			inlined := inlinedCalls(out)
			calls := hookCalls(t, v.Name, positions, imports)
			called := map[string]bool{}
			for _, call := range calls {
				called[call.hook] = true
				if !inlined[call.String()] {
					t.Errorf("%s: got a call of %s, want it inlined", call.site, call.hook)
				}
			}
			if got, least := len(called), 14; got < least {
				t.Errorf("got %d hooks that shared code calls, want at least %d: %v", got, least, calls)
			}
		})
	}
}

var inlining = regexp.MustCompile(`(?m)^([^:\n]+:\d+):\d+: inlining call to (\S+)$`)

// inlinedCalls reads the compiler's remarks into "file:line hook". The build
// cache replays them with paths as seen from where they were first made.
func inlinedCalls(remarks []byte) map[string]bool {
	calls := map[string]bool{}
	for _, m := range inlining.FindAllSubmatch(remarks, -1) {
		dir, file := filepath.Split(string(m[1]))
		calls[filepath.Join(filepath.Base(dir), file)+" "+string(m[2])] = true
	}
	return calls
}

// hookCall is where a hook is called; site is "file:line", hook as the compiler
// names it.
type hookCall struct{ site, hook string }

func (c hookCall) String() string { return c.site + " " + c.hook }

// hookCalls returns every use of a hook outside the metrics seam, by whatever
// name its receiver goes there.
func hookCalls(t *testing.T, variant string, positions *token.FileSet, imports types.Importer) []hookCall {
	t.Helper()
	dir, err := filepath.Abs(variant)
	if err != nil {
		t.Fatal(err)
	}
	folder, err := build.ImportDir(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range folder.GoFiles {
		f, err := parser.ParseFile(positions, filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	config := types.Config{Importer: imports}
	info := types.Info{Selections: map[*ast.SelectorExpr]*types.Selection{}}
	if _, err := config.Check(variant, positions, files, &info); err != nil {
		t.Fatal(err)
	}
	var calls []hookCall
	for expr, selection := range info.Selections {
		method, ok := selection.Obj().(*types.Func)
		if !ok || slices.Contains(notHooks, method.Name()) {
			continue
		}
		at := positions.Position(expr.Sel.Pos())
		file := filepath.Base(at.Filename)
		if slices.Contains(metricsSeam, strings.TrimPrefix(file, "z")) {
			continue
		}
		receiver := method.Signature().Recv().Type()
		if p, ok := receiver.(*types.Pointer); ok {
			receiver = p.Elem()
		}
		if name := types.TypeString(receiver, func(*types.Package) string { return "" }); slices.Contains(hookTypes, name) {
			calls = append(calls, hookCall{
				site: fmt.Sprintf("%s/%s:%d", variant, file, at.Line),
				hook: fmt.Sprintf("(*%s).%s", name, method.Name()),
			})
		}
	}
	return calls
}
