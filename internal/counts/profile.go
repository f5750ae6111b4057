package counts

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// readProfile reads a callgrind profile by instruction, with positions and names
// in full: how often the instruction at each address ran.
//
//	fn=stealbench/impls/chaselev.(*Worker).turn
//	0x8a2b40 161 43188
//	calls=177 0x8a2c00 166
//	0x8a2b5c 164 9204
//
// The line after calls= is what the callee ran, which stands in its own lines.
func readProfile(r io.Reader) (map[uint64]int64, error) {
	ran := map[uint64]int64{}
	byInstruction, inclusive := false, false
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, 1<<20)
	for n := 1; scanner.Scan(); n++ {
		line := scanner.Text()
		switch {
		case line == "positions: instr line":
			byInstruction = true
		case strings.HasPrefix(line, "calls="):
			inclusive = true
		case strings.HasPrefix(line, "0x"):
			if inclusive {
				inclusive = false
				continue
			}
			fields := strings.Fields(line)
			if len(fields) != 3 {
				return nil, fmt.Errorf("callgrind profile:%d: %q: want address, line and count", n, line)
			}
			address, err := strconv.ParseUint(fields[0], 0, 64)
			if err != nil {
				return nil, fmt.Errorf("callgrind profile:%d: %w", n, err)
			}
			count, err := strconv.ParseInt(fields[2], 10, 64)
			if err != nil {
				return nil, fmt.Errorf("callgrind profile:%d: %w", n, err)
			}
			ran[address] += count
		}
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("callgrind profile: %w", err)
	}
	if !byInstruction || len(ran) == 0 {
		return nil, fmt.Errorf("callgrind profile: no counts by instruction: want a newer valgrind")
	}
	return ran, nil
}
