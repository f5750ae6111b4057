package recording

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A name becomes part of a file name, a benchmark name and a key=value field,
// so it holds nothing that any of them would read as syntax.
var (
	nameRE = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,31}$`)
	// benchfmt: a key starts lower case and has no upper case, space or colon.
	keyRE  = regexp.MustCompile(`^[a-z][a-z0-9_./-]{0,63}$`)
	unitRE = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_./%-]{0,63}$`)
)

// CheckName says whether s may name a variant, a workload or a size.
func CheckName(s string) error {
	if !nameRE.MatchString(s) {
		return fmt.Errorf("name %q: use a-z 0-9 _ -, at most 32, not starting with _ or -", s)
	}
	return nil
}

// checkVariants says whether the names may be the variants of a recording.
func checkVariants(names []string) error {
	for i, v := range names {
		if err := CheckName(v); err != nil {
			return err
		}
		if slices.Contains(names[:i], v) {
			return fmt.Errorf("variant %s is there twice", v)
		}
	}
	return nil
}

// BenchName is the name benchstat shows for a workload: "yield_many" gives
// "YieldMany".
func BenchName(workload string) string {
	var b strings.Builder
	for word := range strings.FieldsFuncSeq(workload, isJoin) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// WorkloadName is the inverse of BenchName for names whose words start with a
// letter and are joined by "_". The reader takes the name from the "# cell"
// line instead, which is exact.
func WorkloadName(bench string) string {
	var b strings.Builder
	for i, r := range bench {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

func isJoin(r rune) bool { return r == '_' || r == '-' }

// FullName is the benchmark name of one variant's blocks of a cell.
func FullName(variant string, c Cell) string {
	return fmt.Sprintf("Benchmark%s/impl=%s/size=%s/workers=%d/layout=%d/proc=%d",
		BenchName(c.Workload), variant, c.Size, c.Workers, c.Layout, c.Proc)
}

// String is the cell as the "# cell" line spells it.
func (c Cell) String() string {
	return fmt.Sprintf("workload=%s size=%s workers=%d layout=%d proc=%d",
		c.Workload, c.Size, c.Workers, c.Layout, c.Proc)
}

func (c Cell) check() error {
	for _, name := range []string{c.Workload, c.Size} {
		if err := CheckName(name); err != nil {
			return err
		}
	}
	if c.Workers < 1 || c.Layout < 0 || c.Proc < 0 {
		return fmt.Errorf("cell %v: want workers >= 1, layout and proc >= 0", c)
	}
	return nil
}
