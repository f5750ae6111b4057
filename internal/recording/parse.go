package recording

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// numberRE is narrower than strconv.ParseFloat, which also takes NaN, Inf,
// 0x1p3 and signs.
var numberRE = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?$`)

var cellRE = regexp.MustCompile(
	`^# cell workload=(\S+) size=(\S+) workers=(\d+) layout=(\d+) proc=(\d+) lines=(\d+) crc32=([0-9a-f]{8})$`)

// parseBlock parses a benchmark line. benchfmt would also take what is
// refused here: NaN, negative times, two values of one unit.
func parseBlock(line string) (name string, b Block, err error) {
	f := strings.Split(line, " ")
	if len(f) < 4 || len(f)%2 != 0 {
		return "", b, fmt.Errorf("benchmark line of %d fields: want name, slots and pairs of value and unit", len(f))
	}
	if b.Slots, err = strconv.Atoi(f[1]); err != nil || strconv.Itoa(b.Slots) != f[1] {
		return "", b, fmt.Errorf("slots %.40q: want a number", f[1])
	}
	for i := 2; i < len(f); i += 2 {
		if !numberRE.MatchString(f[i]) {
			return "", b, fmt.Errorf("value %.40q: want a plain number, not negative", f[i])
		}
		v, err := strconv.ParseFloat(f[i], 64)
		if err != nil {
			return "", b, fmt.Errorf("value %.40q: out of range", f[i])
		}
		b.Values = append(b.Values, Value{Unit: f[i+1], V: v})
	}
	return f[0], b, b.check()
}

func parseCell(line string) (c Cell, lines int, sum uint32, err error) {
	bad := fmt.Errorf("cell line %.160q: want workload, size, workers, layout, proc, lines, crc32", line)
	m := cellRE.FindStringSubmatch(line)
	if m == nil {
		return c, 0, 0, bad
	}
	var n [4]int
	for i, s := range m[3:7] {
		if n[i], err = strconv.Atoi(s); err != nil {
			return c, 0, 0, bad
		}
	}
	x, err := strconv.ParseUint(m[7], 16, 32)
	if err != nil {
		return c, 0, 0, bad
	}
	c = Cell{Workload: m[1], Size: m[2], Workers: n[0], Layout: n[1], Proc: n[2]}
	return c, n[3], uint32(x), c.check()
}
