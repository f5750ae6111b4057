// Package paper fills the tables and numbers of paper.md and README.md from
// recordings, so that none is typed by hand, and checks that they still agree.
//
// A marker is a comment that a reader of the rendered page does not see:
//
//	<!-- recording=results/2026-01-31-epyc7b13 -->
//	<!-- begin:delta -->
//	...replaced...
//	<!-- end:delta -->
//	sharedline is <!-- n:delta(fib,2,sharedline) -->slower by 172 % [171, 173]<!-- /n -->
//
// A begin marker may name a recording too, and before it some workloads, for a table
// of these: begin:delta only=fib,skynet recording=results/DIR. A table or number is taken from the
// recording named last above it, so that one edited line moves a whole paper to
// a new recording. So is a picture of plots/figures, which stealbench paper draws.
// Markers inside ``` fences are text.
//
// Tables: host, descriptive, delta, overhead, removed, readme, decomposition, ladder,
// burst, interaction; of competitors peers, goals, work; of the model, with the exact counts
// beside the recording that are nearest to it in time, parameters, mva, mvaideal, projection,
// predicted; usl; of exact counts, with a folder of them as recording, counted and steps; of what stealbench reproduce wrote, reproduced; and of the whole study, whatever is named above: claims, experiments.
// Numbers, where W is a workload and N a number of workers:
//
//	n:delta(W,N,variant)     slower by 3.10 % [2.61, 3.60]
//	n:overhead(W,N,variant)  2.40 ns [2.31, 2.49]
//	n:removed(W,N,variant)   99.5 % [99.3, 99.7]
//	n:median(W,N,variant)    19.3 ns
//	n:floor(W,N)             0.25 ns, of overhead
//	n:floorpct(W,N)          0.31 %, of delta
//	n:cells or n:cells(W,N)  224, or 8
//	n:key(name)              a file key
package paper
