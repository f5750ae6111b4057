package paper

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// markerRE finds the comments that are ours; others stay as they are.
var markerRE = regexp.MustCompile(`<!--[ \t]*((?:begin:|end:|n:|/n\b|recording=)[^\n]*?)[ \t]*-->`)

var (
	beginRE = regexp.MustCompile(`^begin:(\S+)(?: +only=(\S+))?(?: +recording=(\S+))?$`)
	numRE   = regexp.MustCompile(`^n:([a-z]+)(?:\(([^()]*)\))?$`)
)

// marker is one comment: its text and where it stands.
type marker struct {
	text       string
	start, end int
	line       int
}

func (m marker) verb() string {
	for _, v := range []string{"begin:", "end:", "n:", "recording="} {
		if strings.HasPrefix(m.text, v) {
			return v
		}
	}
	return "/n"
}

// markers finds the markers outside code fences.
func markers(text []byte) []marker {
	var all []marker
	offset, fenced := 0, false
	for i, line := range bytes.SplitAfter(text, []byte("\n")) {
		if bytes.HasPrefix(bytes.TrimLeft(line, " "), []byte("```")) {
			fenced = !fenced
		}
		if !fenced {
			for _, at := range markerRE.FindAllSubmatchIndex(line, -1) {
				all = append(all, marker{text: string(line[at[2]:at[3]]),
					start: offset + at[0], end: offset + at[1], line: i + 1})
			}
		}
		offset += len(line)
	}
	return all
}

// HasTable says whether text has a table of that name.
func HasTable(text []byte, name string) bool {
	return slices.ContainsFunc(markers(text), func(m marker) bool {
		b := beginRE.FindStringSubmatch(m.text)
		return b != nil && b[1] == name
	})
}

// Rewrite returns text with every table and number replaced. name is the file
// that errors name; root is the folder that recordings are named from.
func Rewrite(name string, text []byte, root string) ([]byte, error) {
	r := rewriter{name: name, sources: sources{root: root, open: map[string]*source{}}}
	marks := markers(text)
	var out bytes.Buffer
	done := 0
	for i := 0; i < len(marks); i++ {
		m := marks[i]
		if m.verb() == "recording=" {
			r.current = strings.TrimPrefix(m.text, "recording=")
			continue
		}
		content, err := r.content(m)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, m.line, err)
		}
		closing := closingOf(m)
		if i+1 == len(marks) || marks[i+1].text != closing {
			return nil, fmt.Errorf("%s:%d: no <!-- %s --> after <!-- %s -->: add it", name, m.line, closing, m.text)
		}
		i++
		out.Write(text[done:m.end])
		out.WriteString(content)
		done = marks[i].start
	}
	out.Write(text[done:])
	return out.Bytes(), nil
}

func closingOf(m marker) string {
	if b := beginRE.FindStringSubmatch(m.text); b != nil {
		return "end:" + b[1]
	}
	return "/n"
}

type rewriter struct {
	name    string
	current string // the recording named last
	sources sources
}

// content is what belongs between a marker and its closing one.
func (r *rewriter) content(m marker) (string, error) {
	switch m.verb() {
	case "begin:":
		b := beginRE.FindStringSubmatch(m.text)
		if b == nil {
			return "", fmt.Errorf("marker %q: want begin:NAME, then only=WORKLOAD,... or recording=results/DIR if need be", m.text)
		}
		if all, ok := studies[b[1]]; ok {
			text, err := all(r.sources)
			return "\n\n" + text + "\n", err
		}
		if counts, ok := exact[b[1]]; ok { // whatever recording is named above
			if !filepath.IsLocal(b[3]) {
				return "", fmt.Errorf("marker %q: want recording= and a folder of counts inside the repository", m.text)
			}
			text, err := counts(r.sources.root, b[3])
			return "\n\n" + text + "\n", err
		}
		table, ok := tables[b[1]]
		if !ok {
			return "", fmt.Errorf("no table %q: there are %s", b[1], names(tables))
		}
		if b[3] != "" {
			r.current = b[3]
		}
		src, err := r.sources.get(r.current)
		if err != nil {
			return "", err
		}
		if b[2] != "" {
			if src, err = src.only(strings.Split(b[2], ",")); err != nil {
				return "", err
			}
		}
		return "\n\n" + table(src) + "\n", nil
	case "n:":
		n := numRE.FindStringSubmatch(m.text)
		if n == nil {
			return "", fmt.Errorf("marker %q: want n:NAME(args)", m.text)
		}
		f, ok := numbers[n[1]]
		if !ok {
			return "", fmt.Errorf("no number %q: there are %s", n[1], names(numbers))
		}
		src, err := r.sources.get(r.current)
		if err != nil {
			return "", err
		}
		value, err := f(src, split(n[2]))
		if err != nil {
			return "", fmt.Errorf("%s: %w", m.text, err)
		}
		return value, nil
	}
	return "", fmt.Errorf("<!-- %s --> closes nothing: delete it", m.text)
}

func split(args string) []string {
	if args == "" {
		return nil
	}
	fields := strings.Split(args, ",")
	for i, f := range fields {
		fields[i] = strings.TrimSpace(f)
	}
	return fields
}
