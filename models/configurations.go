package main

// configuration is a model with its sizes, all of whose states must be clean.
type configuration struct {
	name    string
	file    string
	defines string // -D flags of spin
	gcc     string // -D flags of the verifier that trade time for memory
	least   int    // states that the search must have visited: measured, rounded down
	long    bool   // not in the short run
	faults  []fault
}

// fault is one mistake, switched on in its configuration by -DFAULT_<name>.
type fault struct {
	name  string
	finds string // part of what pan must print about the error
	long  bool   // not in the short run
}

// What the checks are called in pan's output.
const (
	stranded  = "invalid end state" // a task, worker, dump or Close waits for ever
	structure = "==size)"           // the deque's indices and what it holds
	once      = "taken&"            // a task left twice, or was none
	falsely   = "(size==0)"         // an operation said empty, it was not
	unparked  = "unparked==("       // idle.broken, or more search than are unparked
	count     = "searching>0"       // searching below zero
	twice     = "sleepers[k]!="     // a worker on the list twice
	polls     = "polling==0"        // somebody polls while a leader collects
	unseen    = "held)==(spawned"   // a leader does not find every task
	ended     = "!((over&"          // a round ended twice
)

var configurations = []configuration{
	{
		name: "deque", file: "deque.pml", defines: "-DOPS=9 -DPUSHES=6", least: 2_900_000,
		faults: []fault{
			{name: "POP_NO_CAS", finds: structure},
			{name: "POP_EARLY_TOP", finds: structure},
			{name: "POP_BOTTOM_LEFT", finds: structure},
			{name: "POP_FALSE_EMPTY", finds: falsely},
			{name: "STEAL_LATE", finds: once},
			{name: "STEAL_NO_CAS", finds: structure},
			{name: "STEAL_ORDER", finds: structure},
			{name: "PUSH_EARLY", finds: once},
			{name: "PUSH_FULL", finds: structure},
			{name: "CLAIM_NO_CAS", finds: structure},
		},
	},
	{
		name: "deque-4", file: "deque.pml", defines: "-DCAPACITY=4 -DOPS=10 -DPUSHES=7", least: 5_200_000, long: true,
		faults: []fault{
			{name: "CLAIM_NOT_FULL", finds: structure},
			{name: "CLAIM_NO_CAS", finds: structure},
		},
	},
	{
		name: "deque-bytes", file: "deque.pml", defines: "-DNARROW", least: 520_000,
		faults: []fault{{name: "UNSIGNED", finds: once}},
	},
	{
		name: "deque-wraps", file: "deque.pml", defines: "-DNARROW -DSTART=254 -DOPS=9 -DPUSHES=6", least: 2_900_000, long: true,
		faults: []fault{
			{name: "POP_NO_CAS", finds: structure},
			{name: "UNSIGNED", finds: falsely},
		},
	},
	{
		name: "deque-3-thieves", file: "deque.pml", defines: "-DTHIEVES=3 -DSTEALS=1 -DOPS=8 -DPUSHES=5", least: 4_500_000, long: true,
		faults: []fault{{name: "STEAL_LATE", finds: once}},
	},
	{
		name: "deque-fair", file: "deque.pml", defines: "-DFAIR -DOPS=8 -DPUSHES=5", least: 1_800_000, long: true,
		faults: []fault{{name: "POP_EARLY_TOP", finds: structure}},
	},

	{
		name: "split", file: "split.pml", defines: "-DOPS=5 -DPUSHES=3", least: 2_300_000,
		faults: []fault{
			{name: "PARKER_DOES_NOT_ASK", finds: stranded},
			{name: "ANSWER_SILENT", finds: stranded},
			{name: "PUSH_SILENT", finds: stranded},
			{name: "SPLIT_EARLY", finds: once},
			{name: "PRIVATE_TAKES_NO_ROOM", finds: structure},
			{name: "CLAIM_PRIVATE", finds: once},
		},
	},
	{
		name: "split-4", file: "split.pml", defines: "-DCAPACITY=4 -DOPS=8 -DPUSHES=6 -DTHIEVES=1", least: 1_200_000,
		faults: []fault{
			{name: "SPLIT_EARLY", finds: once},
			{name: "PRIVATE_TAKES_NO_ROOM", finds: structure},
		},
	},
	{
		name: "split-6", file: "split.pml", defines: "-DOPS=6 -DPUSHES=4", least: 6_900_000, long: true,
		faults: []fault{{name: "PARKER_DOES_NOT_ASK", finds: stranded}},
	},
	{
		name: "split-3-thieves", file: "split.pml", defines: "-DTHIEVES=3 -DOPS=3 -DPUSHES=2", least: 10_000_000, long: true,
		faults: []fault{{name: "PARKER_DOES_NOT_ASK", finds: stranded, long: true}},
	},
	{
		name: "split-fair", file: "split.pml", defines: "-DFAIR -DOPS=5 -DPUSHES=3", least: 3_100_000, long: true,
		faults: []fault{{name: "SPLIT_EARLY", finds: once}},
	},

	{
		name: "idle-blocks", file: "idle.pml", defines: "-DKIND1=BLOCKS -DOUTSIDE=3", least: 210_000,
		faults: []fault{
			{name: "NOBODY_LOOKS", finds: stranded},
			{name: "ONLY_LAST_LOOKS", finds: stranded},
			{name: "TEST_BEFORE_PUBLISH", finds: stranded},
			{name: "PERMIT_NOT_STICKY", finds: stranded},
			{name: "SLEEPER_KEEPS_SEARCHING", finds: unparked},
			{name: "NOTIFIED_NOT_COUNTED", finds: count},
		},
	},
	{
		name: "idle-meets", file: "idle.pml", defines: "-DKIND1=MEETS -DKIND2=MEETS", least: 35_000,
		faults: []fault{
			{name: "LAST_SEARCHER_SILENT", finds: stranded},
			{name: "ONLY_LAST_LOOKS", finds: stranded},
		},
	},
	{
		name: "idle-joins", file: "idle.pml", defines: "-DJOIN -DKIND1=JOINS -DKIND2=JOINS", least: 1_200_000,
		faults: []fault{{name: "JOINER_DOES_NOT_LOOK", finds: stranded}},
	},
	{
		name: "idle-joins-meets", file: "idle.pml", defines: "-DJOIN -DKIND1=JOINS_MEETS -DKIND2=MEETS", least: 370_000,
		faults: []fault{
			{name: "BACK_BEFORE_LOOKING", finds: stranded},
			{name: "JOINER_KEEPS_SEARCHING", finds: unparked},
		},
	},
	{
		name: "idle-joins-blocks", file: "idle.pml", defines: "-DJOIN -DKIND1=JOINS_BLOCKS", least: 690_000,
		faults: []fault{
			{name: "OTHER_KEPT", finds: stranded},
			{name: "BACK_UNANNOUNCED", finds: stranded},
		},
	},
	{
		name: "idle-close", file: "idle.pml", defines: "-DCLOSE -DJOIN -DKIND1=JOINS -DKIND2=SPAWNS", least: 24_400_000, long: true,
		faults: []fault{{name: "CLOSE_WAKES_FIRST", finds: stranded}},
	},
	{
		name: "idle-3-blocks", file: "idle.pml", defines: "-DWORKERS=3 -DKIND1=BLOCKS", least: 8_700_000, long: true,
		faults: []fault{{name: "NOBODY_LOOKS", finds: stranded}},
	},
	{
		name: "idle-3-meets", file: "idle.pml", defines: "-DWORKERS=3 -DOUTSIDE=3 -DKIND1=MEETS -DKIND2=MEETS -DKIND3=MEETS", least: 3_400_000, long: true,
		faults: []fault{
			{name: "LAST_SEARCHER_SILENT", finds: stranded, long: true},
			{name: "ONLY_LAST_LOOKS", finds: stranded, long: true},
		},
	},

	{
		name: "dump", file: "dump.pml", defines: "-DKIND1=BLOCKS -DOUTSIDE=1 -DDUMPS=2", least: 1_290_000,
		faults: []fault{
			{name: "ARRIVAL_LEFT", finds: polls}, // tokio #8370
			{name: "ROUND_NOT_CHECKED", finds: ended},
			{name: "WOKEN_PAST_IDLE", finds: twice}, // tokio #8372
			{name: "COLLECT_UNLOCKED", finds: polls},
			{name: "RELEASE_BEFORE_COLLECT", finds: polls},
		},
	},
	{
		name: "dump-led", file: "dump.pml", defines: "-DNO_TIMEOUT -DKIND1=SPAWNS -DOUTSIDE=1", least: 640_000,
		faults: []fault{
			{name: "SLEEPERS_NOT_HERE", finds: stranded},
			{name: "SLEEPER_DOES_NOT_LEAD", finds: stranded},
			{name: "CALLED_TOO_LATE", finds: stranded},
		},
	},
	{
		name: "dump-2-tasks", file: "dump.pml", defines: "-DKIND1=BLOCKS -DDUMPS=2", least: 4_400_000, long: true,
		faults: []fault{{name: "NOBODY_LOOKS", finds: stranded}},
	},
	{
		name: "dump-led-2-tasks", file: "dump.pml", defines: "-DNO_TIMEOUT -DKIND1=SPAWNS -DDUMPS=2", least: 3_600_000, long: true,
		faults: []fault{{name: "CALLED_TOO_LATE", finds: stranded}},
	},
	{
		name: "dump-joins", file: "dump.pml", defines: "-DNO_TIMEOUT -DJOIN -DKIND1=JOINS -DOUTSIDE=1", least: 2_600_000, long: true,
		faults: []fault{{name: "OWN_NOT_ON_STACK", finds: unseen}},
	},
	{
		name: "dump-joins-2-tasks", file: "dump.pml", defines: "-DJOIN -DKIND1=JOINS", least: 14_600_000, long: true,
		faults: []fault{{name: "JOINER_DOES_NOT_LOOK", finds: stranded}},
	},
	{
		name: "dump-joins-blocks", file: "dump.pml", defines: "-DJOIN -DKIND1=JOINS_BLOCKS -DOUTSIDE=1", least: 4_600_000, long: true,
		faults: []fault{{name: "OTHER_KEPT", finds: stranded}},
	},
	{
		name: "dump-close", file: "dump.pml", defines: "-DCLOSE -DKIND1=SPAWNS -DOUTSIDE=1", gcc: "-DCOLLAPSE", least: 36_900_000, long: true,
		faults: []fault{{name: "CLOSE_WAKES_FIRST", finds: stranded}},
	},
	{
		name: "dump-close-led", file: "dump.pml", defines: "-DCLOSE -DNO_TIMEOUT -DOUTSIDE=1", least: 18_800_000, long: true,
		faults: []fault{{name: "CLOSE_LEAVES_ROUND", finds: stranded}},
	},
	{
		name: "dump-3", file: "dump.pml", defines: "-DWORKERS=3 -DNO_TIMEOUT -DOUTSIDE=1", gcc: "-DCOLLAPSE", least: 33_000_000, long: true,
		faults: []fault{
			{name: "WOKEN_PAST_IDLE", finds: twice},
			{name: "SLEEPER_DOES_NOT_LEAD", finds: stranded, long: true},
		},
	},
}
