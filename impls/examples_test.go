package impls

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestExamples wants an example of every exported type of the base, made only of
// what a program outside this module can import.
func TestExamples(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(Base, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	sources := map[string]string{}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sources[path] = string(src)
	}
	problems, err := checkExamples(sources)
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problems {
		t.Error(problem)
	}
}

// checkExamples returns what is wrong with the examples in the sources of a
// package, by path: an exported type without one, one without output, which is
// not run, and an import from inside this module. Build tags do not count.
func checkExamples(sources map[string]string) (problems []string, err error) {
	positions := token.NewFileSet()
	var exported []string
	var tests []*ast.File
	for _, path := range slices.Sorted(maps.Keys(sources)) {
		f, err := parser.ParseFile(positions, path, sources[path], parser.ParseComments)
		if err != nil {
			return nil, err
		}
		if strings.HasSuffix(path, "_test.go") {
			tests = append(tests, f)
			continue
		}
		exported = append(exported, exportedTypes(f)...)
	}
	has := map[string]bool{}
	for _, f := range tests {
		examples := doc.Examples(f)
		for _, e := range examples {
			typeName, _, _ := strings.Cut(e.Name, "_")
			has[typeName] = true
			if e.Output == "" && !e.EmptyOutput {
				problems = append(problems, fmt.Sprintf("Example%s: got no output, want some: it is not run", e.Name))
			}
		}
		if len(examples) == 0 {
			continue
		}
		for _, i := range f.Imports {
			path, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return nil, err
			}
			if strings.HasPrefix(path, "stealbench/") && path != "stealbench/impls/"+Base {
				problems = append(problems, fmt.Sprintf("%s: imports %s, want the base only", positions.Position(i.Pos()), path))
			}
		}
	}
	if len(exported) == 0 {
		problems = append(problems, "got no exported type, want some")
	}
	for _, name := range exported {
		if !has[name] {
			problems = append(problems, fmt.Sprintf("%s: got no example, want an Example%s", name, name))
		}
	}
	return problems, nil
}

func exportedTypes(f *ast.File) (names []string) {
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.TYPE {
			continue
		}
		for _, s := range g.Specs {
			if name := s.(*ast.TypeSpec).Name; name.IsExported() {
				names = append(names, name.Name)
			}
		}
	}
	return names
}

// TestCheckExamples seeds what checkExamples must find.
func TestCheckExamples(t *testing.T) {
	fresh := map[string]string{
		"a.go":         "package chaselev\n\ntype (\n\tTask struct{}\n\tConfig = int\n\thidden int\n)\n",
		"a_test.go":    "package chaselev\n\nimport _ \"stealbench/internal/sched\"\n",
		"task_test.go": "package chaselev_test\n\nimport _ \"stealbench/impls/chaselev\"\n\nfunc ExampleTask_Method() {\n\t// Output:\n}\n",
		"conf_test.go": "//go:build unix\n\npackage chaselev_test\n\nfunc ExampleConfig() {\n\t// Output: 1\n}\n",
	}
	for _, row := range []struct {
		name          string
		path, content string // written over the fresh sources
		want          string // part of the one problem
	}{
		{name: "fresh"},
		{"new type", "b.go", "package chaselev\n\ntype Waker struct{}\n", "want an ExampleWaker"},
		{"new alias", "b.go", "package chaselev\n\nimport \"time\"\n\ntype Span = time.Duration\n", "want an ExampleSpan"},
		{"example gone", "conf_test.go", "package chaselev_test\n", "want an ExampleConfig"},
		{"example of another name", "conf_test.go", "package chaselev_test\n\nfunc ExampleConfigs() {\n\t// Output: 1\n}\n", "want an ExampleConfig"},
		{"not run", "conf_test.go", "package chaselev_test\n\nfunc ExampleConfig() {}\n", "ExampleConfig: got no output"},
		{"internal import", "conf_test.go", "package chaselev_test\n\nimport _ \"stealbench/internal/sched\"\n\nfunc ExampleConfig() {\n\t// Output: 1\n}\n", "imports stealbench/internal/sched"},
		{"no type", "a.go", "package chaselev\n", "got no exported type"},
	} {
		sources := maps.Clone(fresh)
		if row.path != "" {
			sources[row.path] = row.content
		}
		got, err := checkExamples(sources)
		if err != nil {
			t.Fatal(err)
		}
		if row.want == "" && len(got) == 0 || row.want != "" && len(got) == 1 && strings.Contains(got[0], row.want) {
			continue
		}
		t.Errorf("%s: got problems %q, want %q", row.name, got, row.want)
	}
}

// outside is a program in another module.
const outside = `package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"stealbench/impls/chaselev"
)

func double(_ *chaselev.Worker, t *chaselev.Task) chaselev.Poll {
	t.Result = 2 * t.Args[0]
	return chaselev.Ready
}

func run() (result int64, err error) {
	buckets, err := chaselev.LinearBuckets(time.Millisecond, 4)
	if err != nil {
		return 0, err
	}
	s, err := chaselev.New(chaselev.Config{Workers: 2, PollTimes: chaselev.PollTimes{Buckets: buckets}})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	before := s.Snapshot()
	err = s.Run(func(w *chaselev.Worker) {
		t := w.NewTask(double)
		t.Args[0] = 21
		w.Fork(t)
		result = w.Join(t)
	})
	var total chaselev.WorkerCounters = s.Snapshot().Delta(before).Total()
	var d *chaselev.Dump
	d, dumpErr := s.Dump(context.Background())
	if dumpErr == nil {
		dumpErr = d.WriteText(os.Stderr)
	}
	fmt.Fprintln(os.Stderr, total, dumpErr, errors.As(dumpErr, new(*chaselev.DumpTimeoutError)))
	return result, err
}

func main() { fmt.Println(run()) }
`

// TestOutsideProgram vets, builds and runs a program in a module of its own, with
// this one in place of a released version, as README.md says. The scheduler needs
// no other module, so nothing is fetched.
func TestOutsideProgram(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("js starts no processes, so no compiler")
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, content := range map[string]string{
		"main.go": outside,
		"go.mod": fmt.Sprintf("module outside\n\ngo 1.26.0\n\nrequire stealbench v0.0.0\n\nreplace stealbench => %s\n",
			strconv.Quote(root)),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range []struct{ args, want string }{
		{"vet .", ""},
		{"build -o program .", ""},
		{"run .", "42 <nil>\n"},
	} {
		cmd := exec.Command("go", strings.Fields(row.args)...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=", "GOPROXY=off", "GOWORK=off")
		var stderr strings.Builder
		cmd.Stderr = &stderr
		got, err := cmd.Output()
		if err != nil {
			t.Fatalf("go %s: got %v, want nil\n%s", row.args, err, stderr.String())
		}
		if string(got) != row.want {
			t.Errorf("go %s: got %q, want %q", row.args, got, row.want)
		}
	}
}
