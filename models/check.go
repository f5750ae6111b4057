package main

import (
	"context"
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

//go:embed *.pml
var models embed.FS

// Bounds of one search. Deeper or larger ones are reported, not cut off.
const (
	maxDepth = 100_000
	memory   = 4096 // MB
)

// job is one search: a configuration as it is, or with a fault.
type job struct {
	name    string
	file    string
	defines []string
	gcc     []string
	least   int
	finds   string // empty: must be clean
}

// jobs lists the searches: the short ones only, or all.
func jobs(part bool) []job {
	var list []job
	for _, c := range configurations {
		defines, gcc := strings.Fields(c.defines), strings.Fields(c.gcc)
		if !part || !c.long {
			list = append(list, job{c.name, c.file, defines, gcc, c.least, ""})
		}
		for _, f := range c.faults {
			if !part || !f.long {
				d := append(defines[:len(defines):len(defines)], "-DFAULT_"+f.name)
				list = append(list, job{c.name + "/" + f.name, c.file, d, gcc, 0, f.finds})
			}
		}
	}
	return list
}

// built is a job whose verifier lies in dir, or could not be made.
type built struct {
	job
	dir string
	err error
}

// build makes the verifier of j in a directory of its own.
func build(ctx context.Context, j job) built {
	b := built{job: j}
	if b.dir, b.err = os.MkdirTemp("", "models-"); b.err != nil {
		return b
	}
	if b.err = os.CopyFS(b.dir, models); b.err != nil {
		return b
	}
	// Spin goes on after some errors: any word from it is one.
	out, err := command(ctx, b.dir, "spin", append(append([]string{"-a"}, j.defines...), j.file)...)
	if err != nil || out != "" {
		b.err = fmt.Errorf("spin: %v: %s", err, lastLine(out))
		return b
	}
	level := "-O2"
	if j.finds != "" {
		level = "-O0" // found soon: compiling takes longer
	}
	flags := append([]string{level, "-DSAFETY", fmt.Sprintf("-DMEMLIM=%d", memory)}, j.gcc...)
	out, err = command(ctx, b.dir, "gcc", append(flags, "-o", "pan", "pan.c")...)
	if err != nil {
		b.err = fmt.Errorf("gcc: %v: %s", err, lastLine(out))
	}
	return b
}

// result is what a search came to.
type result struct {
	report
	took    time.Duration
	problem string // why it is not what was expected; empty if it is
}

// search runs the verifier of b and compares what it prints with what is
// expected.
func search(ctx context.Context, b built) result {
	if b.err != nil {
		return result{problem: b.err.Error()}
	}
	began := time.Now()
	out, err := command(ctx, b.dir, "./pan", fmt.Sprintf("-m%d", maxDepth), "-w20") // the hash table grows by itself
	r := result{took: time.Since(began)}
	if r.report, r.problem = judge(b.job, out); r.problem == "" && err != nil {
		r.problem = fmt.Sprintf("pan: %v", err)
	}
	return r
}

// judge says what is wrong with a search of j that printed out.
func judge(j job, out string) (report, string) {
	r, err := parse(out)
	switch {
	case err != nil:
		return r, err.Error()
	case j.finds == "" && r.errors > 0:
		return r, "got " + r.violation + ", want no error"
	case j.finds == "" && r.incomplete != "":
		return r, "the search is incomplete: " + r.incomplete
	case j.finds == "" && r.states < j.least:
		return r, fmt.Sprintf("got %d states, want at least %d", r.states, j.least)
	case j.finds != "" && r.errors == 0:
		return r, "the fault was not found"
	case j.finds != "" && !strings.Contains(r.violation, j.finds):
		return r, fmt.Sprintf("got %s, want one with %q", r.violation, j.finds)
	}
	return r, ""
}

// replay is the command that shows the steps to the error that a search found.
func replay(b built) string {
	return fmt.Sprintf("cd %s && spin -t -p -g -l %s %s", b.dir, strings.Join(b.defines, " "), b.file)
}

// trail reports whether a search left the steps to an error.
func trail(b built) bool {
	_, err := os.Stat(filepath.Join(b.dir, b.file+".trail"))
	return err == nil
}

func command(ctx context.Context, dir, name string, args ...string) (string, error) {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	return string(out), err
}
