package harness

import (
	"fmt"
	"slices"
	"strings"

	"stealbench/impls"
	"stealbench/impls/batchless"
	"stealbench/impls/chaselev"
	"stealbench/impls/mutexqueue"
	"stealbench/impls/nometrics"
	"stealbench/impls/sharedline"
	"stealbench/impls/twin"
	"stealbench/internal/sched"
)

// constructors maps a variant's name to its New.
var constructors = map[string]func(sched.Config) (sched.Scheduler, error){
	"chaselev":   func(c sched.Config) (sched.Scheduler, error) { return chaselev.New(c) },
	"twin":       func(c sched.Config) (sched.Scheduler, error) { return twin.New(c) },
	"nometrics":  func(c sched.Config) (sched.Scheduler, error) { return nometrics.New(c) },
	"batchless":  func(c sched.Config) (sched.Scheduler, error) { return batchless.New(c) },
	"sharedline": func(c sched.Config) (sched.Scheduler, error) { return sharedline.New(c) },
	"mutexqueue": func(c sched.Config) (sched.Scheduler, error) { return mutexqueue.New(c) },
}

// VariantNames lists the variants, the base first.
func VariantNames() []string {
	names := make([]string, len(impls.Variants))
	for i, v := range impls.Variants {
		names[i] = v.Name
	}
	return names
}

// NewScheduler starts a variant by name.
func NewScheduler(variant string, c sched.Config) (sched.Scheduler, error) {
	n, ok := constructors[variant]
	if !ok {
		return nil, unknown("variant", variant, VariantNames())
	}
	return n(c)
}

// unknown is the one line for a name that is not in a table.
func unknown(what, got string, known []string) error {
	return fmt.Errorf("no %s %q: choose from %s", what, got, strings.Join(known, " "))
}

func checkNames(what string, got, known []string) error {
	if len(got) == 0 {
		return fmt.Errorf("no %s given: choose from %s", what, strings.Join(known, " "))
	}
	for i, g := range got {
		if !slices.Contains(known, g) {
			return unknown(what, g, known)
		}
		if slices.Contains(got[:i], g) {
			return fmt.Errorf("%s %q is given twice: name each once", what, g)
		}
	}
	return nil
}
