package recording

import (
	"bufio"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

// inFile is one variant's file. Its lines are header, records, complete; a
// line that fits nowhere is an error, since files are never edited.
type inFile struct {
	variant, path string
	line          int // of the last line read, from 1

	header   []string
	keys     []Key
	units    []Unit
	cells    []CellData
	index    map[Cell]int
	names    map[string]string // benchmark name -> workload
	complete bool
	resumed  int // how often a run went on with it

	off   int64 // bytes read
	whole int64 // after the last header line, record or resumed line
	last  int64 // start of the last whole record
	tail  bool  // what follows whole is the start of a record or line

	open inRecord // the record being read
}

type inRecord struct {
	line   int // its first line; 0 when no record is open
	start  int64
	name   string
	sum    uint32
	blocks []Block
}

func (f *inFile) blocks(c Cell) []Block { return f.cells[f.index[c]].Blocks[f.variant] }

func (f *inFile) errorf(line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: "+format, append([]any{f.path, line}, args...)...)
}

func readFile(root *os.Root, name, path, variant string) (*inFile, error) {
	file, err := root.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s: cannot open: %w: make it readable", path, reason(err))
	}
	defer file.Close()
	f := &inFile{variant: variant, path: path, index: map[Cell]int{}, names: map[string]string{}}
	return f, f.read(file)
}

func (f *inFile) read(in io.Reader) error {
	buf := bufio.NewReaderSize(in, maxLine)
	for {
		raw, err := buf.ReadSlice('\n')
		f.line++
		start := f.off
		f.off += int64(len(raw))
		switch {
		case err == io.EOF && len(raw) == 0:
			return f.end()
		case err == io.EOF:
			f.tail = f.line > 1 && !f.complete && f.checkHeader() == nil
			return f.torn(f.line, "last line is torn")
		case errors.Is(err, bufio.ErrBufferFull):
			return f.errorf(f.line, "line longer than %d bytes: not a recording, or damaged: record again", maxLine)
		case err != nil:
			return f.errorf(f.line, "cannot read: %w", reason(err))
		}
		if err := f.next(string(raw[:len(raw)-1]), start); err != nil {
			return err
		}
		if f.open.line == 0 && !f.complete {
			f.whole = f.off
		}
	}
}

// torn names the first line that must go. With the header torn nothing is left
// to keep.
func (f *inFile) torn(line int, what string) error {
	if f.open.line > 0 {
		line = f.open.line
	}
	if len(f.cells) == 0 && f.open.line == 0 && !f.tail {
		return f.errorf(line, "%s in the header: record again", what)
	}
	return f.errorf(line, "%s: go on with stealbench run --resume, delete from line %d on, or record again", what, line)
}

// next takes the line that begins at byte start.
func (f *inFile) next(line string, start int64) error {
	switch {
	case f.line == 1:
		if line != magic {
			return f.errorf(1, "not a stealbench recording: want %q first: name a folder of results/", magic)
		}
		f.header = append(f.header, line)
		return nil
	case f.complete:
		return f.errorf(f.line, "text after the complete line: delete it")
	case strings.HasPrefix(line, "Benchmark"):
		return f.benchmark(line, start)
	case strings.HasPrefix(line, "# cell "):
		return f.cell(line)
	case strings.HasPrefix(line, "# complete "):
		return f.finish(line)
	case strings.HasPrefix(line, resumedPrefix) && f.open.line == 0:
		f.resumed++
		return f.checkHeader()
	case f.open.line > 0 || len(f.cells) > 0 || f.resumed > 0:
		return f.errorf(f.line, "unknown line %.40q between records: restore the file or record again", line)
	}
	f.header = append(f.header, line)
	if rest, ok := strings.CutPrefix(line, "Unit "); ok {
		return f.unit(rest)
	}
	return f.key(line)
}

func (f *inFile) key(line string) error {
	name, value, _ := strings.Cut(line, ": ")
	k := Key{name, value}
	if err := k.check(); err != nil {
		return f.errorf(f.line, "%w: restore the file or record again", err)
	}
	if slices.ContainsFunc(f.keys, func(have Key) bool { return have.Name == name }) {
		return f.errorf(f.line, "key %s is there twice: restore the file or record again", name)
	}
	f.keys = append(f.keys, k)
	return nil
}

func (f *inFile) unit(rest string) error {
	name, meta, _ := strings.Cut(rest, " ")
	u := Unit{name, meta}
	if err := u.check(); err != nil {
		return f.errorf(f.line, "%w: restore the file or record again", err)
	}
	if slices.ContainsFunc(f.units, func(have Unit) bool { return have.Name == name }) {
		return f.errorf(f.line, "unit %s is there twice: restore the file or record again", name)
	}
	f.units = append(f.units, u)
	return nil
}

// checkHeader is called where the header ends.
func (f *inFile) checkHeader() error {
	var variants, cells string
	for _, k := range f.keys {
		switch k.Name {
		case "variants":
			variants = k.Value
		case "cells":
			cells = k.Value
		}
	}
	if n, err := strconv.Atoi(cells); variants == "" || err != nil || n < 1 {
		return f.errorf(f.line, "header has no key variants, or no number in key cells: record again")
	}
	if err := checkVariants(strings.Fields(variants)); err != nil {
		return f.errorf(f.line, "key variants: %w: restore the file or record again", err)
	}
	for _, u := range standardUnits {
		if !slices.Contains(f.units, u) {
			return f.errorf(f.line, "header is cut: no line %q: record again", u.line())
		}
	}
	return nil
}

func (f *inFile) benchmark(line string, start int64) error {
	if f.open.line == 0 {
		f.open.line, f.open.start = f.line, start
		if len(f.cells) == 0 {
			if err := f.checkHeader(); err != nil {
				return err
			}
		}
	}
	name, block, err := parseBlock(line)
	if err != nil {
		return f.errorf(f.line, "%w: restore the file or record again", err)
	}
	if f.open.name != "" && f.open.name != name {
		return f.torn(f.line, fmt.Sprintf("no cell line before %.80s", name))
	}
	f.open.name = name
	f.open.sum = crc32.Update(f.open.sum, crc32.IEEETable, []byte(line+"\n"))
	f.open.blocks = append(f.open.blocks, block)
	return nil
}

func (f *inFile) cell(line string) error {
	c, lines, sum, err := parseCell(line)
	if err != nil {
		return f.errorf(f.line, "%w: restore the file or record again", err)
	}
	r := f.open
	f.open = inRecord{}
	_, twice := f.index[c]
	other, known := f.names[BenchName(c.Workload)]
	switch {
	case lines != len(r.blocks) || lines == 0:
		return f.errorf(f.line, "cell line says %d lines, found %d: restore the file or record again", lines, len(r.blocks))
	case sum != r.sum:
		return f.errorf(f.line, "crc32 of lines %d-%d is %08x, cell line says %08x: restore the file or record again",
			r.line, f.line-1, r.sum, sum)
	case r.name != FullName(f.variant, c):
		return f.errorf(r.line, "benchmark %.80s, cell line says %s: restore the file or record again",
			r.name, FullName(f.variant, c))
	case twice:
		return f.errorf(f.line, "cell %v is there twice: restore the file or record again", c)
	case known && other != c.Workload:
		return f.errorf(f.line, "workloads %s and %s have one benchmark name: rename one and record again", other, c.Workload)
	}
	f.names[BenchName(c.Workload)] = c.Workload
	f.last = r.start
	f.index[c] = len(f.cells)
	f.cells = append(f.cells, CellData{Cell: c, Blocks: map[string][]Block{f.variant: r.blocks}})
	return nil
}

func (f *inFile) finish(line string) error {
	if f.open.line > 0 {
		return f.torn(f.line, "no cell line before the complete line")
	}
	if want := completeLine(len(f.cells)); line != want {
		return f.errorf(f.line, "%.40q, but the file holds %d cells: restore the file or record again", line, len(f.cells))
	}
	f.complete = true
	return f.checkHeader()
}

func (f *inFile) end() error {
	switch {
	case f.line == 1:
		return f.errorf(1, "empty file: not a stealbench recording: name a folder of results/")
	case f.open.line > 0:
		f.tail = true
		return f.torn(f.line, "last record has no cell line")
	}
	f.line--
	return f.checkHeader()
}
