package host

import (
	"regexp"
	"runtime"
	"strings"
	"testing"
)

func TestSlug(t *testing.T) {
	folder := regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,31}$`)
	tests := []struct {
		model string
		cpus  int
		want  string
	}{
		{"AMD EPYC", 2, "amd-epyc-2cpu"},
		{"AMD EPYC 7B13 64-Core Processor", 128, "amd-epyc-7b13-128cpu"},
		{"Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz", 4, "intel-xeon-platinum-8370c-4cpu"},
		{"AMD Ryzen 7 5800H with Radeon Graphics", 16, "amd-ryzen-7-5800h-16cpu"},
		{"Intel(R) Core(TM) i7-9750H CPU @ 2.60GHz", 12, "intel-i7-9750h-12cpu"},
		{"QEMU Virtual CPU version 2.5+", 1, "qemu-version-2-5-1cpu"},
		{"../../etc/passwd", 1, "etc-passwd-1cpu"},
		{"___", 8, "8cpu"},
		{strings.Repeat("x", 40), 8, "8cpu"},
		{"Größe 9", 8, "gr-e-9-8cpu"},
		{"", 8, runtime.GOOS + "-" + runtime.GOARCH + "-8cpu"},
	}
	for _, tt := range tests {
		t.Run(tt.model, func(t *testing.T) {
			f := files{"proc/cpuinfo": "model name\t: " + tt.model + "\n"}
			h := testHost(f)
			h.CPUs = tt.cpus
			got := h.Slug()
			if got != tt.want || !folder.MatchString(got) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if got := Local().Slug(); !folder.MatchString(got) {
		t.Errorf("this host: %q is no folder's name", got)
	}
}
