package counts

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// instruction is one locked instruction, or a call that runs exactly one.
type instruction struct {
	op   kind
	file string // of its line, without folders
}

// kind is what a locked instruction does.
type kind uint8

const (
	exchange kind = iota // XCHG: a store, or a Swap
	add                  // LOCK XADD: an Add
	other                // LOCK CMPXCHG and the rest: a CompareAndSwap, And, Or
)

// pointerCalls are the atomics on pointers, which are calls, for the write
// barrier: each runs one locked instruction, and whose it is says the call.
var pointerCalls = map[string]kind{
	"sync/atomic.StorePointer":          exchange,
	"sync/atomic.SwapPointer":           exchange,
	"sync/atomic.CompareAndSwapPointer": other,
}

// insidePointerCalls are where they run it, and nobody else calls these.
var insidePointerCalls = map[string]bool{
	"sync/atomic.StoreUintptr":          true,
	"sync/atomic.SwapUintptr":           true,
	"sync/atomic.CompareAndSwapUintptr": true,
}

// disassembled reads the output of go tool objdump: the locked instructions by
// address, and the first instructions of the submit methods.
//
//	TEXT stealbench/impls/chaselev.(*metrics).submit(SB) /path/metrics.go
//	  metrics.go:105	0x8a1f20	4c8d6424e8	LEAQ -0x18(SP), R12
func disassembled(r io.Reader) (locked map[uint64]instruction, submits map[uint64]bool, err error) {
	locked, submits = map[uint64]instruction{}, map[uint64]bool{}
	function, begins := "", false // begins: at the next instruction
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		line := scanner.Text()
		if name, ok := strings.CutPrefix(line, "TEXT "); ok {
			function, _, _ = strings.Cut(name, "(SB)")
			begins = true
			continue
		}
		fields := strings.FieldsFunc(line, func(r rune) bool { return r == '\t' })
		if len(fields) < 4 {
			continue
		}
		address, err := strconv.ParseUint(fields[1], 0, 64)
		if err != nil {
			return nil, nil, fmt.Errorf("go tool objdump: %q: %w", line, err)
		}
		if begins && strings.HasSuffix(function, ".(*metrics).submit") {
			submits[address] = true
		}
		begins = false
		if op, ok := lockedKind(fields[3]); ok && !insidePointerCalls[function] {
			file, _, _ := strings.Cut(strings.TrimSpace(fields[0]), ":")
			locked[address] = instruction{op, file}
		}
	}
	if err := scanner.Err(); err != nil {
		return nil, nil, err
	}
	if len(locked) == 0 {
		return nil, nil, errors.New("go tool objdump shows no locked instruction")
	}
	return locked, submits, nil
}

// lockedKind reports whether the text of an instruction is a locked one.
func lockedKind(text string) (kind, bool) {
	switch {
	case strings.HasPrefix(text, "LOCK XADD"):
		return add, true
	case strings.HasPrefix(text, "LOCK "):
		return other, true
	case strings.HasPrefix(text, "XCHG") && strings.Contains(text, "("): // with memory
		return exchange, true
	}
	callee, _ := strings.CutPrefix(text, "CALL ")
	op, ok := pointerCalls[strings.TrimSuffix(strings.TrimSpace(callee), "(SB)")]
	return op, ok
}
