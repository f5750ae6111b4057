/*
 * How workers fall asleep and are woken: impls/chaselev/idle.go, park.go and
 * steal.go, and what of run.go, worker.go, schedule.go, inject.go, join.go and
 * scheduler.go takes part. Every atomic operation of the Go code is one step, in
 * its order. What is under idle.mu is one step where it has one operation that
 * others see without the lock; where it has more, the lock is held between them.
 *
 * A local queue is a list and each operation one step: deque.pml shows that it
 * may be seen so. The injection queue too: its operations hold its own lock, and
 * only its length is read without. The LIFO slot is off (DisableLIFOSlot): what
 * is in it nobody else can take, and nobody is woken for it.
 *
 * Checked: unparked = workers - sleepers, nobody twice, no count below zero,
 * nobody counted as searching when all sleep; each task is polled once; and work
 * is conserved: else all stand still before the last task has run, which spin
 * calls an invalid end state.
 */
#ifndef WORKERS
#define WORKERS 2
#endif
#ifndef OUTSIDE
#define OUTSIDE 2       /* tasks that are spawned from outside: 1, 2 ... */
#endif

/* What a task does. Children have the numbers behind OUTSIDE, and are plain. */
#define PLAIN 0         /* runs to its end */
#define SPAWNS 1        /* spawns its child */
#define BLOCKS 2        /* spawns its child, and blocks its worker until that has run */
#define MEETS 3         /* blocks its worker until all that meet have begun */
#define JOINS 4         /* forks its child and joins it */
#define JOINS_MEETS 5   /* joins its child, then meets */
#define JOINS_BLOCKS 6  /* forks its child and spawns another, joins the child, and
                           blocks its worker until the other has run; at most one */
#ifndef KIND1
#define KIND1 PLAIN
#endif
#ifndef KIND2
#define KIND2 PLAIN
#endif
#ifndef KIND3
#define KIND3 PLAIN
#endif
#define FORKS(kind) (kind == JOINS || kind == JOINS_MEETS || kind == JOINS_BLOCKS)
#define MEETER(kind) (kind == MEETS || kind == JOINS_MEETS)
#define PARENT(kind) (kind == SPAWNS || kind == BLOCKS || FORKS(kind))
#define CHILDREN(kind) (PARENT(kind) + (kind == JOINS_BLOCKS))
#define TASKS (OUTSIDE + CHILDREN(KIND1) + CHILDREN(KIND2) + CHILDREN(KIND3))
#define KIND(t) (t == 1 -> KIND1 : (t == 2 -> KIND2 : (t == 3 -> KIND3 : PLAIN)))
#define CHILD(t) (OUTSIDE + 1 + (t > 1) * CHILDREN(KIND1) + (t > 2) * CHILDREN(KIND2))
#define OTHER(t) (CHILD(t) + 1)
#define MEETING ((MEETER(KIND1) << 1) | (MEETER(KIND2) << 2) | (MEETER(KIND3) << 3))

#define FORKED ((FORKS(KIND1) << CHILD(1)) | (FORKS(KIND2) << CHILD(2)) | (FORKS(KIND3) << CHILD(3)))

#define IN(set, t) ((set) & (1 << (t)))
#define PUT(set, t) set = (set) | (1 << (t))

typedef list {
	byte n;                         /* length */
	byte task[OUTSIDE + 3]          /* oldest first */
}
list inject;                            /* injectQueue */
list queue[WORKERS];                    /* localQueue */

byte searching;                         /* idle.state, low half */
byte unparked = WORKERS;                /* idle.state, high half */
bool mu;                                /* idle.mu, where it is held for more than a step */
byte sleepers[WORKERS];                 /* who fell asleep last comes last */
byte asleep;                            /* len(sleepers) */
bool wokenToSearch[WORKERS];
bool permit[WORKERS];                   /* parker.permit */
#ifdef FAULT_PERMIT_NOT_STICKY
bool blocked[WORKERS];
#endif
#ifdef JOIN
byte done;                              /* flagDone */
byte joining;                           /* flagJoining */
byte joiner[OUTSIDE + 4];
#endif
#ifdef CLOSE
bool closing;
bool closed;                            /* injectQueue.closed */
byte left;                              /* workers that have gone */
#endif

/* What must hold, not part of the scheduler. */
byte begun;                             /* a bit for each task that was polled */
byte ran;                               /* a bit for each that ended */
byte spawned;                           /* how many were published */
byte ended;                             /* how many have ended */

#ifndef DUMP
/* dump_mock.go */
#define MOVES true                      /* what nobody does while a leader collects */
#define POLLS(yes) true
#define HOLDS(more) true
inline pauseForDump(r) { skip }
inline joinDump(r) { skip }
inline sleepForDump() { skip }
inline closeDumps() { skip }
#endif

#define w _pid                          /* in a worker: its index */

/* ---- lists ---- */

inline push(q, t) { q.task[q.n] = t; q.n++ }

inline takeYoungest(q, t) { q.n--; t = q.task[q.n]; q.task[q.n] = 0 }

inline takeOldest(q, t) {
	t = q.task[0]; q.n--;
	do
	:: k < q.n -> q.task[k] = q.task[k + 1]; k++
	:: else -> break
	od;
	q.task[k] = 0; k = 0
}

/* ---- idle.go ---- */

inline check() { assert(unparked == WORKERS - asleep && searching <= unparked) }

#define shouldNotify (searching == 0 && unparked < WORKERS)

inline notify() {
	if
	:: !mu && (asleep == 0 || !shouldNotify)        /* Lock, state.Load, Unlock */
	:: atomic { !mu && asleep > 0 && shouldNotify -> mu = true;     /* Lock, state.Load */
		asleep--; n = sleepers[asleep]; sleepers[asleep] = 0;
		wokenToSearch[n] = true }
	   atomic { unparked++;                         /* state.Add, Unlock */
#ifndef FAULT_NOTIFIED_NOT_COUNTED
		searching++;
#endif
		check(); mu = false }
	   unpark(n)
	fi
}

inline addSleeper() {
	atomic { !mu;                                   /* Lock, state.Add, Unlock */
		do
		:: k < asleep -> assert(sleepers[k] != w); k++  /* nobody twice */
		:: else -> k = 0; break
		od;
		assert(!isSearching || searching > 0);
#ifdef FAULT_ONLY_LAST_LOOKS
		last = isSearching && searching == 1;
#endif
#ifndef FAULT_SLEEPER_KEEPS_SEARCHING
		searching = searching - isSearching;
#endif
		unparked--;
		wokenToSearch[w] = false; isSearching = false;
		sleepers[asleep] = w; asleep++; check() }
}

inline removeSleeper(v, got) {
	atomic { !mu;                                   /* Lock, state.Add, Unlock */
		do
		:: k < asleep && sleepers[k] != v -> k++
		:: else -> break
		od;
		if
		:: k < asleep -> got = true;
			asleep--;
			do
			:: k < asleep -> sleepers[k] = sleepers[k + 1]; k++
			:: else -> break
			od;
			sleepers[asleep] = 0;
			unparked++; check()
		:: else
		fi;
		k = 0 }
}

/* ---- park.go ---- */

inline unpark(v) {
#ifdef FAULT_PERMIT_NOT_STICKY
	d_step { permit[v] = blocked[v]; n = 0 }
#else
	d_step { permit[v] = true; n = 0 }
#endif
}

inline wake(v, got) {
	removeSleeper(v, got);
	if
	:: got -> unpark(v); got = false
	:: else
	fi
}

inline notifyParked() {
	if
	:: !shouldNotify                                /* state.Load */
	:: shouldNotify -> notify()
	fi
}

/* ---- steal.go, schedule.go ---- */

inline stopSearching() {
	if                                              /* state.Add */
	:: d_step { searching == 1 -> searching = 0; isSearching = false }
#ifndef FAULT_LAST_SEARCHER_SILENT
	   notifyParked()
#endif
	:: atomic { searching != 1 -> assert(searching > 0); searching--; isSearching = false }
	fi
}

/* A thief may lose its race at any attempt (stealRetry). */
inline stealFrom(victim) {
	if                                              /* len */
	:: victim.n == 0
	:: atomic { victim.n > 0 -> n = (victim.n + 1) / 2 }
	   do
	   :: atomic { victim.n > 0 -> MOVES;           /* steal */
		if
		:: t == 0 -> takeOldest(victim, t)
		:: else -> takeOldest(victim, more)
		fi;
		n-- }
	      if
	      :: more != 0 -> atomic { MOVES; push(queue[w], more); more = 0 }  /* push */
	      :: else
	      fi;
	      if
	      :: n == 0 -> break
	      :: else
	      fi
	   :: n = 0; break
	   od
	fi
}

/* What does not fit overflows: another way to be published. */
inline pushLocal(c) {
#ifdef FAULT_TEST_BEFORE_PUBLISH
	if
	:: atomic { !shouldNotify }
	   atomic { MOVES; push(queue[w], c); spawned++ }
	:: shouldNotify ->
	   atomic { MOVES; push(queue[w], c); spawned++ }
	   notify()
	fi
#else
	atomic { MOVES; push(queue[w], c); spawned++ }  /* push */
	notifyParked()
#endif
}

/* ---- worker.go ---- */

/* A tick. Event does not come at each: whoever looks at w.closed next may find
 * that it was not read. */
inline turn() {
	pauseForDump(n);                                /* event */
#ifdef CLOSE
	leaving = closing                               /* event: closing.Load */
#endif
}

/* ---- run.go ---- */

inline beginPoll(t) { MOVES; assert(!IN(begun, t)); PUT(begun, t); POLLS(true) }
inline endPoll(t) { MOVES; PUT(ran, t); ended++; POLLS(false) }

inline meet() { (begun & MEETING) == MEETING }

/* What a task does after its join. */
inline goOn(parent) {
	if
	:: KIND(parent) == JOINS_MEETS -> atomic { MOVES; POLLS(true) }
	   meet()
	:: KIND(parent) == JOINS_BLOCKS -> atomic { MOVES; POLLS(true) }
	   IN(ran, OTHER(parent))
	:: else
	fi
}

active [WORKERS] proctype worker() {
	byte t;                         /* the task in hand */
	byte n, k, more;                /* scratch */
	bool isSearching;               /* w.searching */
	bool back;
#ifdef CLOSE
	bool leaving;                   /* w.closed, had event come at every tick */
#endif
#ifdef FAULT_ONLY_LAST_LOOKS
	bool last;
#endif
#ifdef JOIN
	byte joins, outer;              /* tasks on the stack that wait in a join */
#ifdef FAULT_OTHER_KEPT
	byte slot;                      /* lifoSlot */
#endif
#define JOINED CHILD(joins)
#define YOUNGEST queue[w].task[queue[w].n - 1]
#ifdef FAULT_OWN_NOT_ON_STACK
#define OWN 0                           /* runOwn enters t after the tick */
#else
#define OWN 1
#endif
#endif

	/* run; with a join on the stack, help */
loop:
#ifdef JOIN
	if
	:: joins != 0 ->
	   if                                           /* help: t.state.Load */
	   :: IN(done, JOINED) ->
	      if
	      :: isSearching ->
#ifdef FAULT_JOINER_KEEPS_SEARCHING
		 isSearching = false
#else
		 stopSearching()
#endif
	      :: else
	      fi;
	      goOn(joins);
	      atomic { endPoll(joins); HOLDS(-1); joins = outer; outer = 0 }
	      goto loop
	   :: !IN(done, JOINED)
	   fi
	:: else ->
#endif
#ifdef CLOSE
	   if
	   :: leaving -> goto leave
	   :: true                                      /* no event at that tick */
	   fi
#else
	   skip
#endif
#ifdef JOIN
	fi;
#else
	;
#endif
	turn();

	/* nextTask */
#ifdef FAULT_OTHER_KEPT
	if
	:: d_step { slot != 0 -> t = slot; slot = 0; HOLDS(-1) }
	   goto runTask
	:: else
	fi;
#endif
	if                                              /* pop */
	:: atomic { queue[w].n > 0 -> MOVES; takeYoungest(queue[w], t) }
	   goto runTask
	:: queue[w].n == 0
	fi;
	if                                              /* takeInjected: length.Load */
	:: inject.n == 0
	:: atomic { inject.n > 0 -> n = inject.n / WORKERS + 1 }
	   atomic { MOVES; assert(n <= 2);              /* popN */
		if
		:: inject.n > 0 -> takeOldest(inject, t)
		:: else
		fi;
		if
		:: inject.n > 0 && n > 1 -> takeOldest(inject, more)
		:: else
		fi;
		n = 0 }
	   if
	   :: more != 0 ->
	      atomic { MOVES; push(queue[w], more); more = 0 }  /* push */
	      notifyParked()
	   :: else
	   fi;
	   if
	   :: t != 0 -> goto runTask
	   :: else
	   fi
	fi;

	/* stealWork, a round at a time */
search:
#ifdef JOIN
	if                                              /* t.state.Load */
	:: joins != 0 && IN(done, JOINED) -> goto loop
	:: joins == 0 || !IN(done, JOINED)
	fi;
#endif
#ifdef CLOSE
	back = closing;                                 /* closing.Load */
#endif
	if                                              /* tryStartSearching: state.Load */
	:: isSearching
	:: !isSearching && 2 * searching >= WORKERS
	:: !isSearching && 2 * searching < WORKERS ->
	   d_step { searching++; isSearching = true }   /* state.Add */
	fi;
	if
#ifdef CLOSE
	:: isSearching || back ->
#else
	:: isSearching ->
#endif
	   /* stealRound, from a random worker on */
#if WORKERS == 2
	   stealFrom(queue[1 - w]);
#else
	   if
	   :: stealFrom(queue[(w + 1) % WORKERS]);
	      if
	      :: t == 0 -> stealFrom(queue[(w + 2) % WORKERS])
	      :: else
	      fi
	   :: stealFrom(queue[(w + 2) % WORKERS]);
	      if
	      :: t == 0 -> stealFrom(queue[(w + 1) % WORKERS])
	      :: else
	      fi
	   fi;
#endif
	   if
	   :: t == 0 ->
	      if                                        /* popN: length.Load */
	      :: inject.n == 0
	      :: inject.n > 0 ->
		 atomic { MOVES;                        /* popN */
			if
			:: inject.n > 0 -> takeOldest(inject, t)
			:: else
			fi }
	      fi
	   :: else
	   fi
	:: else
	fi;
#ifdef CLOSE
	if
	:: t != 0 -> back = false; goto runTask
	:: t == 0 && back -> back = false; goto park
	:: else
	fi;
#endif
	if
	:: t != 0 -> goto runTask
	:: t == 0 -> goto search
	:: t == 0 -> goto park
	fi;

runTask:
	if
	:: isSearching -> stopSearching()
	:: else
	fi;
	atomic { beginPoll(t) }
	if
	:: KIND(t) == SPAWNS -> pushLocal(CHILD(t))
	:: KIND(t) == BLOCKS -> pushLocal(CHILD(t)); IN(ran, CHILD(t))
	:: KIND(t) == MEETS -> meet()
#ifdef JOIN
	:: FORKS(KIND(t)) -> pushLocal(CHILD(t));  /* Fork */
	   if
	   :: KIND(t) == JOINS_BLOCKS -> pushLocal(OTHER(t)) /* Spawn */
	   :: else
	   fi;
	   atomic { assert(outer == 0); outer = joins; joins = t; t = 0; POLLS(false); HOLDS(1) }
	   if                                           /* takeOwn: popIf */
	   :: atomic { queue[w].n > 0 && YOUNGEST == JOINED ->
		MOVES; takeYoungest(queue[w], t); HOLDS(OWN) }
	   :: queue[w].n == 0 -> goto loop
	   :: queue[w].n > 0 && YOUNGEST != JOINED ->
	      assert(KIND(joins) == JOINS_BLOCKS);      /* thieves take what is older first */
#if defined(FAULT_OTHER_KEPT)
	      atomic { queue[w].n > 0 -> MOVES; takeYoungest(queue[w], slot); HOLDS(1) }
#elif defined(FAULT_BACK_UNANNOUNCED)
	      atomic { queue[w].n > 0 -> MOVES; takeYoungest(queue[w], t) }
	      atomic { MOVES; push(queue[w], t); t = 0 }
#endif
	      goto loop
	   fi;
	   turn();                                      /* runOwn: nobody else has t, no flagDone */
	   atomic { beginPoll(t); HOLDS(-OWN) }
	   atomic { endPoll(t); POLLS(true); HOLDS(-1); t = joins; joins = outer; outer = 0 }
	   goOn(t)
	:: t > OUTSIDE && IN(FORKED, t) ->
	   atomic { endPoll(t) }
finish:
	   n = IN(joining, t);                          /* state.Load */
	   if                                           /* state.CompareAndSwap */
	   :: IN(joining, t) != n -> goto finish
	   :: d_step { IN(joining, t) == n -> PUT(done, t) }
	   fi;
	   if
	   :: n != 0 -> n = joiner[t]; wake(n, more)
	   :: else
	   fi;
	   t = 0; goto loop
#endif
	:: else
	fi;
	atomic { endPoll(t); t = 0 }
	goto loop;

park:
#ifdef JOIN
	if
	:: joins != 0 ->                                /* waitFor */
#ifdef CLOSE
	   if                                           /* closing.Load; a pause */
	   :: closing -> goto loop
	   :: !closing
	   fi;
#endif
	   if                                           /* state.Or(flagJoining) */
	   :: IN(done, JOINED) -> goto loop
	   :: d_step { !IN(done, JOINED) -> joiner[JOINED] = w; PUT(joining, JOINED) }
	   fi
	:: else
	fi;
#endif
	addSleeper();
	sleepForDump();
again:
#ifdef CLOSE
	if                                              /* mayNotSleep: closing.Load */
	:: closing -> removeSleeper(w, back); goto look
	:: !closing
	fi;
#endif
#if defined(JOIN) && !defined(FAULT_JOINER_DOES_NOT_LOOK)
	if                                              /* mayNotSleep: t.state.Load */
	:: joins != 0 && IN(done, JOINED) -> removeSleeper(w, back)
	:: joins == 0 || !IN(done, JOINED)
	fi;
#endif
look:
#ifdef FAULT_BACK_BEFORE_LOOKING
	if
	:: back -> goto looked
	:: else
	fi;
#endif
#ifdef FAULT_ONLY_LAST_LOOKS
	if
	:: !last -> goto looked
	:: else -> last = false
	fi;
#endif
#ifndef FAULT_NOBODY_LOOKS
	if                                              /* hasWork: inject.length.Load */
	:: inject.n > 0 -> notifyParked()
	:: inject.n == 0 ->
	   do                                           /* hasWork: queue.len */
	   :: d_step { queue[k].n == 0 && k < WORKERS - 1 -> k++ }
	   :: d_step { queue[k].n == 0 && k == WORKERS - 1 -> k = 0 }
	      break
	   :: d_step { queue[k].n > 0 -> k = 0 }
	      notifyParked(); break
	   od
	fi;
#endif
looked:
	if
	:: back -> back = false; goto parked
	:: else
	fi;
#ifdef FAULT_PERMIT_NOT_STICKY
	blocked[w] = true;
#endif
endParked:
	if                                              /* parker.park */
	:: d_step { permit[w] -> permit[w] = false }
	fi;
#ifdef FAULT_PERMIT_NOT_STICKY
	blocked[w] = false;
#endif
#ifdef FAULT_WOKEN_PAST_IDLE
	isSearching = wokenToSearch[w];
#else
	atomic { !mu;                                   /* asleep */
		do
		:: k < asleep && sleepers[k] != w -> k++
		:: else -> break
		od;
		if
		:: k < asleep -> k = 0; goto again      /* a permit left over */
		:: else -> k = 0; isSearching = wokenToSearch[w]
		fi };
#endif
	joinDump(n);
parked:
#ifdef CLOSE
#ifdef JOIN
	if
	:: joins != 0 -> goto loop
	:: else
	fi;
#endif
	if                                              /* run: closing.Load */
	:: closing -> goto leave
	:: !closing
	fi;
#endif
	goto loop;

#ifdef CLOSE
leave:
#ifdef FAULT_OTHER_KEPT
	if
	:: slot != 0 -> atomic { push(inject, slot); slot = 0; HOLDS(-1) }  /* inject.push */
	:: else
	fi;
#endif
	left++                                          /* running.Done */
#else
	skip
#endif
}

/* spawnOutside */
active proctype producer() {
	byte t, n, k;

	do
	:: t < OUTSIDE -> t++;
#ifdef FAULT_TEST_BEFORE_PUBLISH
	   if
	   :: !shouldNotify -> atomic { push(inject, t); spawned++ }
	   :: shouldNotify -> atomic { push(inject, t); spawned++ }
	      notify()
	   fi
#else
#ifdef CLOSE
	   if                                           /* inject.push: refused */
	   :: closed -> break
	   :: atomic { !closed -> push(inject, t); spawned++ }
	   fi;
#else
	   atomic { push(inject, t); spawned++ }        /* inject.push */
#endif
	   notifyParked()
#endif
	:: else -> break
	od;
	t = 0;
#ifndef CLOSE
	ended == TASKS                                  /* or some task is stranded */
#endif
}

#ifdef CLOSE
/* Close */
active proctype closer() {
	byte v, n, k;
	bool got;

	closed = true;                                  /* inject.close */
#ifndef FAULT_CLOSE_WAKES_FIRST
	closing = true;                                 /* closing.Store */
#endif
	closeDumps();
	do
	:: v < WORKERS -> wake(v, got); v++
	:: else -> break
	od;
#ifdef FAULT_CLOSE_WAKES_FIRST
	closing = true;
#endif
	/* drain */
	atomic { left == WORKERS;
		ended = ended + inject.n;
		do
		:: v > 0 -> v--; ended = ended + queue[v].n
		:: else -> break
		od;
		assert(ended == spawned) }
}
#endif
