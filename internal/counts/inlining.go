package counts

import (
	"debug/dwarf"
	"debug/elf"
	"fmt"
	"maps"
	"path"
	"slices"
)

// frame is a function that an instruction belongs to, by itself or inlined, and
// the file of the line in it, without folders.
type frame struct{ function, file string }

// inlining reads the DWARF of a program: for each locked instruction the
// functions that it belongs to, the innermost first.
func inlining(program string, locked map[uint64]instruction) (map[uint64][]frame, error) {
	file, err := elf.Open(program)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := file.DWARF()
	if err != nil {
		return nil, fmt.Errorf("%s: no debug information: %w", program, err)
	}
	d := &inlineReader{
		data: data, reader: data.Reader(), names: map[dwarf.Offset]string{},
		addresses: slices.Sorted(maps.Keys(locked)), calls: map[uint64][]call{},
	}
	if err := d.read(); err != nil {
		return nil, fmt.Errorf("%s: debug information: %w", program, err)
	}
	found := map[uint64][]frame{}
	for address, calls := range d.calls {
		at := locked[address].file
		for _, c := range slices.Backward(calls) {
			found[address] = append(found[address], frame{d.names[c.callee], at})
			at = c.file
		}
	}
	return found, nil
}

// call is an inlined call, or, outermost, the function itself.
type call struct {
	callee dwarf.Offset
	file   string // of the call
}

type inlineReader struct {
	data      *dwarf.Data
	reader    *dwarf.Reader
	files     []*dwarf.LineFile // of the unit
	names     map[dwarf.Offset]string
	addresses []uint64 // of locked instructions, ascending
	calls     map[uint64][]call
}

// read goes through the tree of units, functions and inlined calls, the outer
// ones before the inner ones.
func (d *inlineReader) read() error {
	for {
		e, err := d.reader.Next()
		if err != nil || e == nil {
			return err
		}
		switch e.Tag {
		case dwarf.TagCompileUnit:
			d.files = nil
			if lines, err := d.data.LineReader(e); err != nil {
				return err
			} else if lines != nil {
				d.files = lines.Files()
			}
		case dwarf.TagSubprogram:
			if name, ok := e.Val(dwarf.AttrName).(string); ok {
				d.names[e.Offset] = name
			}
			if err := d.enter(e); err != nil {
				return err
			}
		case dwarf.TagInlinedSubroutine:
			if err := d.enter(e); err != nil {
				return err
			}
		case dwarf.TagLexDwarfBlock, 0:
		default:
			d.reader.SkipChildren()
		}
	}
}

// enter notes the locked instructions of a function or an inlined call, and skips
// what is inside if it has none.
func (d *inlineReader) enter(e *dwarf.Entry) error {
	ranges, err := d.data.Ranges(e)
	if err != nil {
		return err
	}
	c := call{callee: e.Offset}
	if origin, ok := e.Val(dwarf.AttrAbstractOrigin).(dwarf.Offset); ok {
		c.callee = origin
	}
	if i, ok := e.Val(dwarf.AttrCallFile).(int64); ok && int(i) < len(d.files) && d.files[i] != nil {
		c.file = path.Base(d.files[i].Name)
	}
	any := false
	for _, r := range ranges {
		i, _ := slices.BinarySearch(d.addresses, r[0])
		for ; i < len(d.addresses) && d.addresses[i] < r[1]; i++ {
			d.calls[d.addresses[i]] = append(d.calls[d.addresses[i]], c)
			any = true
		}
	}
	if !any {
		d.reader.SkipChildren()
	}
	return nil
}
