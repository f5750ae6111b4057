package report

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"stealbench/internal/paper"
)

// figureDir is where the committed figures are, from the top of the repository.
const figureDir = "plots/figures"

// Figure is a committed figure with what the text that shows it says of it.
type Figure struct {
	Path      string // without the ending, from the top of the repository
	Caption   string
	Recording string
	SVG       []byte
}

var captionRE = regexp.MustCompile(`!\[([^\]]*)\]\((plots/figures/[^)\s]+)\.png\)`)

// Figures reads all figures of the repository at root. Caption and recording are those of
// the first document that shows the figure; one that none shows is an error.
func Figures(root string, documents []string) ([]Figure, error) {
	shown := map[string]Figure{}
	for _, name := range documents {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return nil, err
		}
		captions := map[string]string{}
		for _, m := range captionRE.FindAllSubmatch(text, -1) {
			captions[string(m[2])] = string(m[1])
		}
		for _, f := range paper.Figures(text) {
			p := path.Join(f.Dir, f.Name)
			if _, ok := shown[p]; !ok {
				shown[p] = Figure{Path: p, Caption: captions[p], Recording: f.Recording}
			}
		}
	}
	var all []Figure
	dir := filepath.Join(root, filepath.FromSlash(figureDir))
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(file) != ".svg" {
			return err
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		f, ok := shown[strings.TrimSuffix(rel, ".svg")]
		if !ok {
			return fmt.Errorf("%s: is shown in none of %s: delete it, or show it", rel, strings.Join(documents, ", "))
		}
		if f.SVG, err = os.ReadFile(file); err != nil {
			return err
		}
		all = append(all, f)
		return nil
	})
	return all, err
}

// ID is its place in the page.
func (f Figure) ID() string {
	return "figure-" + strings.ReplaceAll(strings.TrimPrefix(f.Path, figureDir+"/"), "/", "-")
}

// URL is the figure itself. As an image it can neither run nor fetch anything.
func (f Figure) URL() template.URL {
	return template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(f.SVG))
}
