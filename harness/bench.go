package harness

// BenchSpec is what BenchmarkSequential in bench_test.go is told: the usual way
// to measure, which stealbench power compares rows of slots with.
type BenchSpec struct {
	Workload, Size string
	Workers        int
	Percent        float64 // of a run, injected after each
	Variant        string  // "": the base
}

// BenchEnv is the environment variable that holds a BenchSpec as JSON.
const BenchEnv = "STEALBENCH_BENCH"
