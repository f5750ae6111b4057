package main

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
)

// tool is a program that is not part of Go.
type tool struct{ name, debian string }

// platform is one that tests run on.
type platform struct {
	name, os, arch string
	launch         []string   // what env starts a program there with; none: the host does, or Go has a launcher
	needs          []tool     // beside Go
	checks         [][]string // run before the tests
	packages       []string
	part           []string // the packages that a part tests; none: the platform is not in it
	note           string   // what its result is worth, if less than that of amd64
}

// packages are the schedulers and what they need.
var packages = []string{"./impls/...", "./harness", "./internal/sched", "./internal/stat", "./internal/recording", "./internal/uts"}

const qemu = "qemu-user-static"

// platforms in the order of the table.
var platforms = []platform{
	{name: "amd64", os: "linux", arch: "amd64", packages: packages},
	{name: "386", os: "linux", arch: "386", packages: packages, part: packages,
		// staticcheck's SA1027 finds 64-bit words that 32-bit hosts do not align.
		checks: [][]string{{"go", "vet", "./..."}, {"go", "tool", "staticcheck", "./..."}}},
	{name: "wasm", os: "js", arch: "wasm", packages: packages,
		part:  []string{"./impls/chaselev", "./impls/mutexqueue", "./impls/nometrics", "./internal/sched", "./internal/stat", "./internal/recording"},
		needs: []tool{{"node", "nodejs"}}, note: "one thread, without preemption"},
	{name: "riscv64", os: "linux", arch: "riscv64", packages: packages,
		launch: []string{"qemu-riscv64-static"}, needs: []tool{{"qemu-riscv64-static", qemu}}},
	{name: "s390x", os: "linux", arch: "s390x", packages: packages,
		launch: []string{"qemu-s390x-static"}, needs: []tool{{"qemu-s390x-static", qemu}}},
	// Emulated by an amd64 host on several CPUs, arm64 shows memory orders that its
	// hardware forbids, and loses tasks of a correct deque. On one CPU it does not.
	// Several threads share it: qemu takes signals between blocks of code only, and
	// if a loop's one such place is none where Go preempts, the loop keeps its thread.
	{name: "arm64", os: "linux", arch: "arm64", packages: packages,
		launch: []string{"GOMAXPROCS=8", "taskset", "-c", "0", "qemu-aarch64-static"},
		needs:  []tool{{"qemu-aarch64-static", qemu}, {"taskset", "util-linux"}},
		note:   "one CPU: build, alignment and logic only, nothing about the order of memory"},
}

// choose returns the platforms with these names, or all of a part, or all.
func choose(part bool, names []string) ([]platform, error) {
	var chosen []platform
	for _, p := range platforms {
		if part {
			p.packages = p.part
		}
		if len(p.packages) > 0 && (len(names) == 0 || slices.Contains(names, p.name)) {
			chosen = append(chosen, p)
		}
	}
	if len(names) > 0 && len(names) != len(chosen) {
		return nil, fmt.Errorf("no such platforms: %s: give names of the table, each once", strings.Join(names, " "))
	}
	return chosen, nil
}

// missing names every tool that the platforms need and look does not find.
func missing(chosen []platform, look func(string) (string, error)) error {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return fmt.Errorf("this host is %s/%s: want linux/amd64, which runs amd64 and 386", runtime.GOOS, runtime.GOARCH)
	}
	var tools, debian []string
	for _, p := range chosen {
		for _, t := range p.needs {
			if _, err := look(t.name); err != nil {
				tools = append(tools, t.name)
				if !slices.Contains(debian, t.debian) {
					debian = append(debian, t.debian)
				}
			}
		}
	}
	if tools != nil {
		return fmt.Errorf("nothing was run: no %s on the PATH: install the Debian packages: %s",
			strings.Join(tools, ", "), strings.Join(debian, " "))
	}
	return nil
}
