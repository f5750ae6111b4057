package report

import (
	"os"
	"slices"
	"testing"

	"stealbench/internal/paper"
	"stealbench/internal/study"
)

func TestClaims(t *testing.T) {
	figures := []paper.Figure{
		{Recording: "results/other", Dir: "plots/figures", Name: "overhead"},
		{Recording: "results/one", Dir: "plots/figures/16cpu", Name: "overhead"},
	}
	judged := func(recording, figure string) paper.Judged {
		return paper.Judged{Claim: study.Claim{Number: 3, Hypothesis: "H1", Statement: "It is so", Recording: recording,
			Tests: []study.Test{study.Bounded{Place: study.Place{Workload: "fib", Workers: 2}}}},
			Judgement: study.Judgement{Verdict: study.Agrees, Measured: "5 % [4, 6]"}, Shown: figure, Command: "make E1", Minutes: 0.2}
	}
	got := Claims([]paper.Judged{judged("results/one", "overhead"), judged("results/two", "overhead"), judged("results/one", "grain")}, figures)
	want := Claim{"3", "agrees", "It is so (H1)", "the queueing model's bounds hold what sharedline takes (fib, up to 2 workers)", "5 % [4, 6]", "plots/figures/16cpu/overhead", "results/one", "make E1", "1"}
	if len(got) != 3 || got[0] != want {
		t.Fatalf("got %q, want first %q", got, want)
	}
	if got[1].Figure != "plots/figures/overhead" || got[2].Figure != "grain" {
		t.Errorf("got figures %q and %q, want the first of that name, and the name", got[1].Figure, got[2].Figure)
	}
}

func TestCited(t *testing.T) {
	text := "<!-- recording=results/a -->\n<!-- begin:delta recording=results/b -->\n<!-- begin:delta only=fib recording=results/c -->\n" +
		"<!-- recording=results/a -->\n<!-- begin:steps recording=results/steps/counts -->\n"
	if got, want := Cited([]byte(text)), []string{"results/a", "results/b", "results/c"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestClaimsOfThePaper: each claim has what a reader needs to repeat it.
func TestClaimsOfThePaper(t *testing.T) {
	judged, err := paper.Judge("../..")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../paper.md")
	if err != nil {
		t.Fatal(err)
	}
	cited, figures := Cited(text), paper.Figures(text)
	for _, c := range Claims(judged, figures) {
		if c.Number == "" || c.Statement == "" || c.Test == "" || c.Verdict == "" || c.Measured == "" || c.Command == "" || c.Minutes == "" {
			t.Errorf("claim %s lacks something: %q", c.Number, c)
		}
		if !slices.ContainsFunc(figures, func(f paper.Figure) bool { return f.Dir+"/"+f.Name == c.Figure }) {
			t.Errorf("claim %s: figure %s is not shown", c.Number, c.Figure)
		}
		if !slices.Contains(cited, c.Recording) {
			t.Errorf("claim %s: recording %s is not cited", c.Number, c.Recording)
		}
	}
}
