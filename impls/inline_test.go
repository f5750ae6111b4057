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
	"runtime"
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
// Libraries are not in it: what they count with is a call, and that is what they show.
func TestHooksInlined(t *testing.T) {
	if bits.UintSize != 64 {
		t.Skip("64-bit atomics are calls on 32-bit hosts, where nothing is measured")
	}
	positions := token.NewFileSet()
	imports := importer.ForCompiler(positions, "source", nil)
	for _, v := range append(slices.Clone(Variants), Levels...) {
		t.Run(v.Name, func(t *testing.T) {
			inlined := inlinedCalls(compile(t, v.Name))
			calls := hookCalls(t, v.Name, positions, imports, func(receiver string, method *types.Func) bool {
				return slices.Contains(hookTypes, receiver) && !slices.Contains(notHooks, method.Name())
			})
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

// TestNoDumpCostsNothing looks at the base under -tags nodump: what stands in for
// the dump has empty bodies, or returns a constant, and every call of it is
// inlined. So nothing is left of it in the run loop.
func TestNoDumpCostsNothing(t *testing.T) {
	if bits.UintSize != 64 {
		t.Skip("64-bit atomics are calls on 32-bit hosts, where nothing is measured")
	}
	const level, mock = "nodump", "zdump_mock.go"
	positions := token.NewFileSet()
	file, err := parser.ParseFile(positions, filepath.Join(level, mock), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	hooks := 0
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Name.Name == "Dump" {
			continue
		}
		hooks++
		if !costsNothing(f.Body) {
			t.Errorf("%v: got a body that does something, want none", positions.Position(f.Pos()))
		}
	}
	if hooks < 15 {
		t.Errorf("got %d functions in %s, want 15 and more", hooks, mock)
	}
	inlined := inlinedCalls(compile(t, level))
	calls := hookCalls(t, level, positions, importer.ForCompiler(positions, "source", nil), func(_ string, method *types.Func) bool {
		return filepath.Base(positions.Position(method.Pos()).Filename) == mock && method.Name() != "Dump"
	})
	if len(calls) < hooks {
		t.Errorf("got %d calls of %d functions, want each called", len(calls), hooks)
	}
	for _, call := range calls {
		if !inlined[call.String()] {
			t.Errorf("%s: got a call of %s, want it inlined", call.site, call.hook)
		}
	}
}

// TestNoPrivatePartCostsNothing looks at what stands in for a private part of the local
// queue: what the run loop calls has empty bodies, or returns a constant, and every call
// of it is inlined. So nothing is left of it there.
func TestNoPrivatePartCostsNothing(t *testing.T) {
	if bits.UintSize != 64 {
		t.Skip("64-bit atomics are calls on 32-bit hosts, where nothing is measured")
	}
	positions := token.NewFileSet()
	file, err := parser.ParseFile(positions, filepath.Join(Base, "private.go"), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var nothing []string
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && costsNothing(f.Body) {
			nothing = append(nothing, f.Name.Name)
		}
	}
	if want := []string{"init", "isAsked", "answer", "reveal"}; !slices.Equal(nothing, want) {
		t.Errorf("got %v that cost nothing, want %v", nothing, want)
	}
	inlined := inlinedCalls(compile(t, Base))
	calls := hookCalls(t, Base, positions, importer.ForCompiler(positions, "source", nil), func(receiver string, method *types.Func) bool {
		return receiver == "localQueue" && slices.Contains(nothing, method.Name())
	})
	if got, want := len(calls), len(nothing)+3; got != want { // isAsked in three places, reveal in two
		t.Errorf("got %d calls, want %d", got, want)
	}
	for _, call := range calls {
		if !inlined[call.String()] {
			t.Errorf("%s: got a call of %s, want it inlined", call.site, call.hook)
		}
	}
}

// costsNothing reports whether a body is empty or returns a literal.
func costsNothing(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return true
	}
	r, ok := body.List[0].(*ast.ReturnStmt)
	if !ok || len(body.List) > 1 {
		return false
	}
	for _, result := range r.Results {
		switch x := result.(type) {
		case *ast.BasicLit:
		case *ast.Ident:
			if x.Name != "true" && x.Name != "false" && x.Name != "nil" {
				return false
			}
		case *ast.CompositeLit:
			if len(x.Elts) > 0 {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// compile returns the compiler's remarks on a variant.
func compile(t *testing.T, variant string) []byte {
	t.Helper()
	if runtime.GOOS == "js" {
		t.Skip("js starts no processes, so no compiler")
	}
	cmd := exec.Command("go", "build", "-gcflags=-m", "./"+variant)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
	}
	return out
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
func hookCalls(t *testing.T, variant string, positions *token.FileSet, imports types.Importer, isHook func(receiver string, method *types.Func) bool) []hookCall {
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
		if !ok {
			continue
		}
		at := positions.Position(expr.Sel.Pos())
		file := filepath.Base(at.Filename)
		if name := strings.TrimPrefix(file, "z"); name == "cells.go" || slices.Contains(metricsSeam, name) {
			continue
		}
		receiver := method.Signature().Recv().Type()
		if p, ok := receiver.(*types.Pointer); ok {
			receiver = p.Elem()
		}
		if name := types.TypeString(receiver, func(*types.Package) string { return "" }); isHook(name, method) {
			calls = append(calls, hookCall{
				site: fmt.Sprintf("%s/%s:%d", variant, file, at.Line),
				hook: fmt.Sprintf("(*%s).%s", name, method.Name()),
			})
		}
	}
	return calls
}
