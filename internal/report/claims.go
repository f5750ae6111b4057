package report

import (
	"regexp"
	"slices"
	"strings"

	"stealbench/internal/paper"
)

// PaperClaims are those of paper.md: the numbered list of "Answer in brief", with figure,
// command and minutes of the table of "Reproduce", whose other rows follow.
// It stands in for a table of claims.
func PaperClaims(text []byte) []Claim {
	above, brief := section(string(text), "Answer in brief")
	claims := briefClaims(above, brief)
	figures := paper.Figures(text)
	_, table := section(string(text), "5 Reproduce")
	for _, cells := range tableRows(table) {
		if len(cells) != 4 {
			continue
		}
		figure, from := figureOf(string(text), cells[1], figures)
		numbers := strings.Split(cells[0], ", ")
		known := false
		for i, c := range claims {
			if slices.Contains(numbers, c.Number) {
				claims[i].Figure, claims[i].Command, claims[i].Minutes = figure, cells[2], cells[3]
				known = true
			}
		}
		if !known {
			claims = append(claims, Claim{Statement: cells[0], Figure: figure, Recording: from, Command: cells[2], Minutes: cells[3]})
		}
	}
	return claims
}

// Cited are the recordings that a text names, in order, each once.
func Cited(text []byte) []string {
	var all []string
	for _, m := range recordingRE.FindAllSubmatch(text, -1) {
		if name := string(m[1]); !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

var (
	recordingRE = regexp.MustCompile(`<!--[^>]*\brecording=(\S+) -->`)
	commentRE   = regexp.MustCompile(`<!--.*?-->`)
	markupRE    = regexp.MustCompile("\\*\\*|`|!?\\[([^\\]]*)\\]\\([^)]*\\)")
	spacesRE    = regexp.MustCompile(`\s+`)
	itemRE      = regexp.MustCompile(`(?m)^(\d+)\. `)
	boldRE      = regexp.MustCompile(`(?s)^\s*\*\*(.*?)\*\*(.*)$`)
)

// section is the text below the heading that ends with title, up to the next heading, and
// what stands above it.
func section(text, title string) (above, body string) {
	above, rest, _ := strings.Cut(text, "# "+title+"\n")
	if i := strings.Index(rest, "\n#"); i >= 0 {
		rest = rest[:i]
	}
	return above, rest
}

// briefClaims are the items of a numbered list that begin in bold. A claim is of the
// recordings that its numbers are of: the one named last above each.
func briefClaims(above, text string) []Claim {
	var claims []Claim
	starts := itemRE.FindAllStringSubmatchIndex(text, -1)
	for i, at := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		body := text[at[1]:end]
		if blank := strings.Index(body, "\n\n"); blank >= 0 {
			body = body[:blank]
		}
		bold := boldRE.FindStringSubmatch(body)
		if bold == nil {
			continue
		}
		claims = append(claims, Claim{Number: text[at[2]:at[3]], Statement: plain(bold[1]), Result: plain(bold[2]),
			Recording: strings.Join(usedIn(above+text[:at[1]], body), ", ")})
	}
	return claims
}

// usedIn are the recordings of the numbers in body, given what stands above it.
func usedIn(above, body string) []string {
	current := ""
	if all := recordingRE.FindAllStringSubmatch(above, -1); all != nil {
		current = all[len(all)-1][1]
	}
	var used []string
	for _, comment := range commentRE.FindAllString(body, -1) {
		if m := recordingRE.FindStringSubmatch(comment); m != nil {
			current = m[1]
		} else if strings.HasPrefix(comment, "<!-- n:") && current != "" && !slices.Contains(used, current) {
			used = append(used, current)
		}
	}
	return used
}

// tableRows are the cells of a Markdown table's rows, as plain text, without its head.
func tableRows(text string) [][]string {
	var rows [][]string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i, c := range cells {
			cells[i] = plain(c)
		}
		rows = append(rows, cells)
	}
	if len(rows) < 2 {
		return nil
	}
	return rows[2:]
}

// figureOf is the figure that "3.3, removed.png" means, the first that section 3.3
// shows, or the words themselves; and the recording of it.
func figureOf(text, words string, figures []paper.Figure) (figure, from string) {
	number, _, _ := strings.Cut(words, ",")
	if _, rest, ok := strings.Cut(text, "\n### "+number+" "); ok {
		_, rest, _ = strings.Cut(rest, "\n")
		if i := strings.Index(rest, "\n#"); i >= 0 {
			rest = rest[:i]
		}
		for _, f := range figures {
			if path := f.Dir + "/" + f.Name; strings.Contains(rest, "("+path+".png)") {
				return path, f.Recording
			}
		}
	}
	return words, ""
}

// plain is Markdown without markers and markup, on one line.
func plain(s string) string {
	s = commentRE.ReplaceAllString(s, "")
	s = markupRE.ReplaceAllString(s, "$1")
	return strings.TrimSpace(spacesRE.ReplaceAllString(s, " "))
}
