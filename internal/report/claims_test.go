package report

import (
	"os"
	"slices"
	"strings"
	"testing"
)

const paperText = "# Title\n\n<!-- recording=results/first -->\n\n## Answer in brief\n\nSome words:\n\n" +
	"1. **Sharing is\n   slow.** With `two` workers\n   <!-- n:delta(fib,2,x) -->slower by 1 % [0, 2]<!-- /n -->.\n" +
	"2. **It depends.** Here <!-- recording=results/second --><!-- n:key(a) -->5 ns<!-- /n -->,\n" +
	"   there <!-- recording=results/third --><!-- n:key(a) -->2 ns<!-- /n --> (3.6).\n\n" +
	"3. **Alone.** Still <!-- n:key(a) -->2 ns<!-- /n -->.\n\nText after.\n\n## 3 Results\n\n### 3.1 A\n\nnone\n\n### 3.8 Up\n\n<!-- recording=results/fourth -->\n![Workers](plots/figures/16cpu/workers.png)\n\n" +
	"## 5 Reproduce\n\n| claim | figure | command | minutes |\n|---|---|---|---|\n| 1, 3 | 3.1 | `make bench`, then that | 5 |\n" +
	"| 2 | 3.8 | `make x` | 6 |\n| share | 3.8, workers.png | `make plots` | 1 |\n| broken row |\n"

func TestPaperClaims(t *testing.T) {
	want := []Claim{
		{"1", "Sharing is slow.", "With two workers slower by 1 % [0, 2].", "3.1", "results/first", "make bench, then that", "5"},
		{"2", "It depends.", "Here 5 ns, there 2 ns (3.6).", "plots/figures/16cpu/workers", "results/second, results/third", "make x", "6"},
		{"3", "Alone.", "Still 2 ns.", "3.1", "results/third", "make bench, then that", "5"},
		{"", "share", "", "plots/figures/16cpu/workers", "results/fourth", "make plots", "1"},
	}
	if got := PaperClaims([]byte(paperText)); !slices.Equal(got, want) {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
	if got, want := Cited([]byte(paperText)), []string{"results/first", "results/second", "results/third", "results/fourth"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for _, text := range []string{"", "## Answer in brief\n", "## 5 Reproduce\n| a |\n", "## Answer in brief\n\n1. **open\n"} {
		if got := PaperClaims([]byte(text)); len(got) != 0 {
			t.Errorf("%q: got %q, want no claims", text, got)
		}
	}
}

// TestClaimsOfThePaper: each claim has what a reader needs to repeat it.
func TestClaimsOfThePaper(t *testing.T) {
	text, err := os.ReadFile("../../paper.md")
	if err != nil {
		t.Fatal(err)
	}
	claims, cited := PaperClaims(text), Cited(text)
	if len(claims) < 10 {
		t.Errorf("got %d claims, want the ten of the paper", len(claims))
	}
	for i, c := range claims {
		if i < 10 && (c.Number == "" || c.Result == "" || c.Recording == "") || c.Statement == "" || c.Figure == "" || c.Command == "" || c.Minutes == "" {
			t.Errorf("claim %d: lacks something: %q", i+1, c)
		}
		if strings.Contains(c.Statement+c.Result, "<!--") {
			t.Errorf("claim %d: has a marker: %q", i+1, c)
		}
		for name := range strings.SplitSeq(c.Recording, ", ") {
			if name != "" && !slices.Contains(cited, name) {
				t.Errorf("claim %d: recording %s is not cited", i+1, name)
			}
		}
	}
}
