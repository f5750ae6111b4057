package recording

import "testing"

func TestBenchName(t *testing.T) {
	for _, tt := range []struct{ workload, bench string }{
		{"fib", "Fib"},
		{"yield_many", "YieldMany"},
		{"spawn_many_remote_idle", "SpawnManyRemoteIdle"},
		{"uts_t1", "UtsT1"},
		{"fib30", "Fib30"},
	} {
		if got := BenchName(tt.workload); got != tt.bench {
			t.Errorf("BenchName(%q) = %q, want %q", tt.workload, got, tt.bench)
		}
		if got := WorkloadName(tt.bench); got != tt.workload {
			t.Errorf("WorkloadName(%q) = %q, want %q", tt.bench, got, tt.workload)
		}
	}
}

func TestFullName(t *testing.T) {
	c := Cell{Workload: "yield_many", Size: "default", Workers: 2, Layout: 0, Proc: 3}
	want := "BenchmarkYieldMany/impl=twin/size=default/workers=2/layout=0/proc=3"
	if got := FullName("twin", c); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCheckName(t *testing.T) {
	for _, tt := range []struct {
		name string
		ok   bool
	}{
		{"chaselev", true}, {"a", true}, {"9-_", true}, {"abcdefghijklmnopqrstuvwxyz012345", true},
		{"", false}, {"_a", false}, {"-a", false}, {"A", false}, {"a/b", false}, {"..", false},
		{"a b", false}, {"a\n", false}, {"é", false}, {"abcdefghijklmnopqrstuvwxyz0123456", false},
	} {
		if err := CheckName(tt.name); (err == nil) != tt.ok {
			t.Errorf("CheckName(%q) = %v, want ok %v", tt.name, err, tt.ok)
		}
	}
}
