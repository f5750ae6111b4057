/*
 * The round of a dump, impls/chaselev/dump.go, together with how workers fall
 * asleep and are woken: idle.pml has the rest, and this file stands in it for
 * dump_mock.go. A round is written under idle.mu; each store of a worker's called
 * is a step, the lock held between them.
 *
 * Where a worker looks at its own called more than once before it takes the lock
 * (turn, event, joinDump) one look stands for all: had a later one seen it
 * lowered, so might the first.
 *
 * Checked beside what idle.pml checks: while a leader collects, no worker polls or
 * touches a queue, and it finds every task; no round ends twice; with NO_TIMEOUT
 * every round is led.
 */
#define DUMP
#ifndef WORKERS
#define WORKERS 2
#endif
#ifndef DUMPS
#define DUMPS 1                         /* one after the other: they take turns */
#endif

byte round;                             /* dumper.round: 0 is nil, else a number from 1 */
byte waiting;                           /* dumpRound.waiting */
byte over;                              /* dumpRound.over: a bit for each round */
bool called[3];                         /* tracer.called, by worker */
#ifdef CLOSE
bool dumpsClosed;                       /* dumper.closed */
#endif

/* What must hold, not part of the scheduler. */
bool collecting;
byte polling;                           /* a bit for each worker in a poll */
byte held;                              /* tasks on a stack that are not in a poll now */
#define MOVES assert(!collecting)
#define POLLS(yes) polling = (yes -> polling | (1 << _pid) : polling & ~(1 << _pid))
#define HOLDS(more) held = held + (more)

#if defined(FAULT_SLEEPERS_NOT_HERE) || defined(FAULT_WOKEN_PAST_IDLE)
#define HERE (waiting)
#else
#define HERE (waiting + asleep)
#endif

inline callWorkers(wanted) {
	do
	:: d_step { k < WORKERS - 1 -> called[k] = wanted; k++ }
	:: d_step { k == WORKERS - 1 -> called[k] = wanted; k = 0 }
	   break
	od
}

/* finishRound, with round set to nil; called with mu held. */
inline finishRound(r) {
	callWorkers(false);
	atomic { assert(!(over & (1 << r))); over = over | (1 << r) }   /* close(r.over) */
}

inline collect() {
	atomic { collecting = true; assert(polling == 0);
		n = inject.n;
		do
		:: k < WORKERS -> n = n + queue[k].n; k++
		:: else -> k = 0; break
		od;
		assert(n + held == spawned - ended); n = 0 }
	collecting = false
}

/* leadIfAllHere when all are, and the caller's Unlock. Called with mu held. */
inline lead() {
#ifdef FAULT_COLLECT_UNLOCKED
	mu = false;
	collect();
	atomic { !mu -> mu = true };
#else
#ifndef FAULT_RELEASE_BEFORE_COLLECT
	collect();
#endif
#endif
	d_step { n = round; round = 0;
#ifdef FAULT_ARRIVAL_LEFT
		waiting = 0
#endif
	}
	finishRound(n);
#ifdef FAULT_RELEASE_BEFORE_COLLECT
	collect();
#endif
	d_step { mu = false; n = 0 }
}

inline joinDump(r) {
	if                                      /* called.Load */
	:: !called[_pid]
	:: called[_pid] ->
	   if
	   :: !mu && round == 0                 /* Lock: over meanwhile, Unlock */
	   :: atomic { !mu && round != 0 && HERE + 1 < WORKERS ->  /* Lock, Unlock */
		waiting++; r = round }
	   :: atomic { !mu && round != 0 && HERE + 1 >= WORKERS -> mu = true;  /* Lock */
		waiting++; r = round }
	      lead()
	   fi;
	   if                                   /* <-r.over */
	   :: r == 0
	   :: d_step { r != 0 && (over & (1 << r)) -> r = 0 }
	   fi
	fi
}

inline pauseForDump(r) { joinDump(r) }

inline sleepForDump() {
#ifndef FAULT_SLEEPER_DOES_NOT_LEAD
	if                                      /* called.Load */
	:: !called[_pid]
	:: called[_pid] ->
	   if
	   :: !mu && !(round != 0 && HERE >= WORKERS)   /* Lock, Unlock */
	   :: atomic { !mu && round != 0 && HERE >= WORKERS -> mu = true }  /* Lock */
	      lead()
	   fi
	fi
#else
	skip
#endif
}

inline endRound(r) {
	if
#ifdef FAULT_ROUND_NOT_CHECKED
	:: d_step { !mu -> mu = true; round = 0 }
#else
	:: !mu && (r == 0 || round != r)        /* Lock: it has ended, Unlock */
	:: d_step { !mu && r != 0 && round == r -> mu = true; round = 0 }       /* Lock */
#endif
	   finishRound(r);
	   mu = false
	fi
}

inline closeDumps() {
#ifndef FAULT_CLOSE_LEAVES_ROUND
	d_step { !mu -> dumpsClosed = true; n = round };
	endRound(n);
	n = 0
#else
	skip
#endif
}

#include "idle.pml"

/* Dump, one after the other */
active proctype dumper() {
	byte r, n, k;

	do
	:: r < DUMPS -> r++;
	   /* beginRound */
#ifdef CLOSE
	   if
	   :: !mu && dumpsClosed -> break
	   :: d_step { !mu && !dumpsClosed -> mu = true; round = r; waiting = 0 }
	   fi;
#else
	   d_step { !mu -> mu = true; round = r;
#ifndef FAULT_ARRIVAL_LEFT
		waiting = 0
#endif
	   }
#endif
#ifdef FAULT_WOKEN_PAST_IDLE
	   do
	   :: k < WORKERS -> permit[k] = true; k++
	   :: else -> k = 0; break
	   od;
#endif
#ifndef FAULT_CALLED_TOO_LATE
	   callWorkers(true);
#endif
	   if
	   :: HERE >= WORKERS -> lead()
	   :: else -> mu = false
	   fi;
#ifdef FAULT_CALLED_TOO_LATE
	   callWorkers(true);
#endif
	   if
	   :: over & (1 << r)                   /* <-r.over */
#ifndef NO_TIMEOUT
	   :: endRound(r)                       /* <-timeout.C */
#endif
	   fi
	:: else -> break
	od;
	r = 0
}
