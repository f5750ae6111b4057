package paper

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// imageRE finds the pictures of plots/figures.
var imageRE = regexp.MustCompile(`!\[[^\]]*\]\((plots/figures/[^)\s]+)\.png\)`)

// Figure is a picture that a text shows. Like a number it is of the recording named
// last above it.
type Figure struct {
	Recording string // "" if none is named above
	Dir, Name string // plots/figures/DIR, without the ending
}

// Figures lists them in order, each once.
func Figures(text []byte) []Figure {
	marks := markers(text)
	var all []Figure
	for _, at := range imageRE.FindAllSubmatchIndex(text, -1) {
		current := ""
		for _, m := range marks {
			if m.start > at[0] {
				break
			}
			if b := beginRE.FindStringSubmatch(m.text); b != nil && b[3] != "" && exact[b[1]] == nil {
				current = b[3]
			} else if m.verb() == "recording=" {
				current = strings.TrimPrefix(m.text, "recording=")
			}
		}
		file := string(text[at[2]:at[3]])
		if f := (Figure{current, path.Dir(file), path.Base(file)}); !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	return all
}
