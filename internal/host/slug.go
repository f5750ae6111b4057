package host

import (
	"fmt"
	"runtime"
	"strings"
)

// maxSlug is the longest name that a folder of results may have.
const maxSlug = 32

// dropWords are the parts of a CPU's name that tell no two hosts apart.
var dropWords = map[string]bool{"cpu": true, "processor": true, "r": true, "tm": true, "virtual": true}

// Slug is a folder's name for the host, such as amd-epyc-f25m1-2cpu. It matches
// ^[a-z0-9][a-z0-9_-]{0,31}$ and says what kind of host it is, never which.
func (h Host) Slug() string {
	model, err := h.model()
	if err != nil {
		model = runtime.GOOS + " " + runtime.GOARCH
	}
	model, _, _ = strings.Cut(model, "@")     // "... CPU @ 2.20GHz"
	model, _, _ = strings.Cut(model, " with") // "... with Radeon Graphics"
	words := strings.FieldsFunc(strings.ToLower(model), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	suffix := fmt.Sprintf("%dcpu", h.CPUs)
	slug := ""
	for i, w := range words {
		if dropWords[w] || w == "core" || i+1 < len(words) && words[i+1] == "core" && isNumber(w) {
			continue // "64-Core" of the whole chip; ours is in the suffix
		}
		if len(slug)+len(w)+1+len(suffix) > maxSlug {
			break
		}
		slug += w + "-"
	}
	if id := h.familyModel(); id != "" && len(slug)+len(id)+1+len(suffix) <= maxSlug {
		slug += id + "-"
	}
	return slug + suffix
}

func isNumber(s string) bool { return strings.Trim(s, "0123456789") == "" }
