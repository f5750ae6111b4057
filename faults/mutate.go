package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// mutated are the files in which goroutines meet, and the scenarios that reach each
// soonest.
var mutated = []source{
	{base, "queue.go", "queue|overflow|stealHalf"},
	{base, "inject.go", "inject"},
	{base, "idle.go", "park|join"},
	{base, "park.go", "park|join|dump"},
	{base, "steal.go", "stealHalf|park"},
	{base, "schedule.go", "overflow|park"},
	{base, "task.go", "wake|join"},
	{base, "join.go", "join"},
	{base, "run.go", "join|wake"},
	{base, "pool.go", "wake|join"},
	{base, "dump.go", "dump"},
	{base, "scheduler.go", "inject|dump"},
	{base, "worker.go", "park"},
	{base, "publish.go", "submit"},
	{base, "fair.go", "park|wake"},
	{base, "dump_task.go", "dump"},
	{base, "metrics.go", "submit"},
	{base, "metrics_extended.go", "submit"},
	{"impls/mutexqueue", "queue.go", "queue|overflow|stealHalf"},
	{"impls/splitdeque", "queue.go", "queue|overflow|stealHalf"},
	{"impls/splitdeque", "private.go", "queue|wake"},
}

type source struct{ folder, file, scenarios string }

// mutant is one small change, made by rule.
type mutant struct {
	source
	function string
	change   string // in words
	code     string // what it changes, one line
	nth      int    // of those that are the same so far
	content  []byte
}

// id names a mutant as long as the code that it changes is there.
func (m mutant) id() string {
	id := fmt.Sprintf("%s %s: %s: %s", strings.TrimPrefix(m.folder+"/"+m.file, base+"/"), m.function, m.change, m.code)
	if m.nth > 0 {
		id += fmt.Sprintf(" (%d)", m.nth+1)
	}
	return id
}

// mutants makes all mutants of a file.
func mutants(from source) ([]mutant, error) {
	src, err := os.ReadFile(filepath.Join(from.folder, from.file))
	if err != nil {
		return nil, err
	}
	return mutantsOf(from, src)
}

func mutantsOf(from source, src []byte) ([]mutant, error) {
	positions := token.NewFileSet()
	tree, err := parser.ParseFile(positions, from.file, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	m := &mutator{source: from, src: src, positions: positions, seen: map[string]int{}}
	for _, d := range tree.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
			m.function = f.Name.Name
			m.unlocked(f.Body)
			ast.Inspect(f.Body, func(n ast.Node) bool { m.node(n); return true })
		}
	}
	return m.all, nil
}

type mutator struct {
	source
	function  string
	src       []byte
	positions *token.FileSet
	seen      map[string]int
	all       []mutant
}

func (m *mutator) offset(p token.Pos) int { return m.positions.Position(p).Offset }

func (m *mutator) text(n ast.Node) string { return string(m.src[m.offset(n.Pos()):m.offset(n.End())]) }

// cut is a piece of the source and what stands there instead.
type cut struct {
	node ast.Node
	text string
}

// add makes a mutant of some cuts, in the order of the source.
func (m *mutator) add(change string, shown ast.Node, cuts ...cut) {
	var content []byte
	at := 0
	for _, c := range cuts {
		content = append(content, m.src[at:m.offset(c.node.Pos())]...)
		content = append(content, c.text...)
		at = m.offset(c.node.End())
	}
	content = append(content, m.src[at:]...)
	if tidy, err := format.Source(content); err == nil && bytes.Equal(tidy, m.src) {
		return
	}
	code, _, more := strings.Cut(m.text(shown), "\n")
	if code = strings.TrimSpace(code); more {
		code += " ..."
	}
	one := mutant{m.source, m.function, change, code, 0, content}
	key := one.id()
	one.nth = m.seen[key]
	m.seen[key]++
	m.all = append(m.all, one)
}

// atomicCall returns the receiver, the method and the arguments of an operation
// that goroutines meet in.
func (m *mutator) atomicCall(n ast.Node) (on, method string, args []string, ok bool) {
	call, isCall := n.(*ast.CallExpr)
	if !isCall {
		return "", "", nil, false
	}
	selector, isSelector := call.Fun.(*ast.SelectorExpr)
	if !isSelector || !slices.Contains([]string{"Load", "Store", "Add", "Or", "CompareAndSwap"}, selector.Sel.Name) {
		return "", "", nil, false
	}
	for _, a := range call.Args {
		args = append(args, m.text(a))
	}
	return m.text(selector.X), selector.Sel.Name, args, true
}

// meets reports whether others may see n happen, or be seen by it.
func (m *mutator) meets(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if _, isBlock := n.(*ast.BlockStmt); isBlock {
			return false
		}
		if _, _, _, ok := m.atomicCall(n); ok {
			found = true
		}
		return !found
	})
	return found
}

// node makes the mutants of one node.
func (m *mutator) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.CallExpr:
		on, method, args, ok := m.atomicCall(n)
		switch {
		case ok && method == "CompareAndSwap":
			m.add("CAS always succeeds", n, cut{n, fmt.Sprintf("func() bool { %s.Store(%s); return true }()", on, args[1])})
			m.add("CAS becomes load and store", n, cut{n,
				fmt.Sprintf("func() bool { same := %s.Load() == %s; if same { %s.Store(%s) }; return same }()", on, args[0], on, args[1])})
			m.add("CAS is turned round", n, cut{n, "!" + m.text(n)})
		case ok && method == "Or":
			m.add("Or becomes load and store", n, cut{n,
				fmt.Sprintf("func() uint32 { old := %s.Load(); %s.Store(old|%s); return old }()", on, on, args[0])})
		case ok && method == "Add":
			m.add("Add becomes load and store", n, cut{n,
				fmt.Sprintf("func() uint64 { sum := %s.Load() + (%s); %s.Store(sum); return sum }()", on, args[0], on)})
		}
	case *ast.ExprStmt:
		if call, ok := n.X.(*ast.CallExpr); ok && (m.meets(n) || m.tells(call)) {
			m.add("left out", n, cut{n, ""})
		}
	case *ast.IfStmt:
		if n.Init == nil && m.decides(n.Cond) {
			m.add("never", n.Cond, cut{n.Cond, "(" + m.text(n.Cond) + ") && false"})
			m.add("always", n.Cond, cut{n.Cond, "(" + m.text(n.Cond) + ") || true"})
		}
	case *ast.BinaryExpr:
		if !m.meets(n) {
			return
		}
		if other, ok := map[token.Token]string{token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">"}[n.Op]; ok {
			m.add("boundary", n, cut{n, m.text(n.X) + " " + other + " " + m.text(n.Y)})
		}
		if n.Op == token.LAND || n.Op == token.LOR {
			m.add("first condition alone", n, cut{n, m.text(n.X)})
			m.add("second condition alone", n, cut{n, m.text(n.Y)})
		}
	case *ast.BlockStmt:
		m.swaps(n.List)
	case *ast.CaseClause:
		m.swaps(n.Body)
	}
}

// telling are the calls that others notice.
var telling = []string{
	"push", "pushAll", "pushLocal", "overflow", "schedule", "scheduleLocal", "scheduleRemote", "notify", "notifyParked", "wake", "unpark", "park",
	"stopSearching", "addSleeper", "removeSleeper", "submit", "joinDump", "sleepForDump", "leadIfAllHere", "finishRound", "endRound", "callWorkers",
	"closeDumps", "collect", "Give", "Take", "Open", "Wait", "finish", "setFlags", "waitFor", "beginPoll", "endYield", "recycle", "settle", "yield",
	"pollFailed", "failed", "helpRun", "pushReversed", "give", "putAside",
}

func (m *mutator) tells(call *ast.CallExpr) bool {
	name := m.text(call.Fun)
	return slices.Contains(telling, name[strings.LastIndex(name, ".")+1:])
}

// decides reports whether a condition is about what others do.
func (m *mutator) decides(cond ast.Expr) bool {
	if m.meets(cond) {
		return true
	}
	for _, word := range []string{"closed", "closing", "joiner", "searching", "hasWork", "shouldNotify", "removeSleeper", "asleep", "isCalled", "back", "result", "flag"} {
		if strings.Contains(m.text(cond), word) {
			return true
		}
	}
	return false
}

// swaps exchanges neighbours that meet others.
func (m *mutator) swaps(list []ast.Stmt) {
	for i := range len(list) - 1 {
		a, b := list[i], list[i+1]
		if m.simple(a) && m.simple(b) && (m.meets(a) || m.meets(b)) {
			m.add("comes after the next", a, cut{a, m.text(b)}, cut{b, m.text(a)})
		}
	}
}

func (m *mutator) simple(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.ExprStmt, *ast.AssignStmt, *ast.IncDecStmt:
		return true
	}
	return false
}

// unlocked takes the locks out of a function.
func (m *mutator) unlocked(body *ast.BlockStmt) {
	var cuts []cut
	ast.Inspect(body, func(n ast.Node) bool {
		var call ast.Expr
		switch s := n.(type) {
		case *ast.ExprStmt:
			call = s.X
		case *ast.DeferStmt:
			call = s.Call
		default:
			return true
		}
		if text := m.text(call); strings.HasSuffix(text, ".Lock()") || strings.HasSuffix(text, ".Unlock()") {
			cuts = append(cuts, cut{n, ""})
		}
		return true
	})
	if len(cuts) > 0 {
		m.add("without its lock", cuts[0].node, cuts...)
	}
}
