/*
 * The local queue of impls/splitdeque, queue.go and private.go: its public part is
 * that of deque.pml, its private part is the owner's. Thieves ask for more and fall
 * asleep; who publishes notifies. Every atomic operation of the Go code is one step,
 * in its order; what is local to a goroutine, the private part too, belongs to the
 * step before it.
 *
 * Checked: every task leaves exactly once; after each change of an index both parts
 * hold what was pushed and not taken, 0 to CAPACITY; the owner's "empty" is said only
 * if it was; and though the owner in the end does nothing but ticks, thieves get every
 * task: none sleeps on beside one.
 */
#ifndef CAPACITY
#define CAPACITY 2      /* queueCapacity, a power of two */
#endif
#ifndef OPS
#define OPS 6           /* pushes, pops, ticks (and popOldest, with FAIR) of the owner */
#endif
#ifndef PUSHES
#define PUSHES 4        /* of them at most; 8 or fewer */
#endif
#ifndef THIEVES
#define THIEVES 2
#endif

#define HALF (CAPACITY / 2)
#define SLOT(i) slots[(i) % CAPACITY]
#define TASK(i) tasks[(i) % CAPACITY]

short bottom;           /* end of the public part */
short top;
byte slots[CAPACITY];
byte n;                 /* private.n */
byte tasks[CAPACITY];   /* private.tasks */
bool asked;

/* idle: who is on the list. The rest of it is idle.pml's. */
bool asleep[THIEVES];

/* What must hold, not part of the queue. */
byte pushed;    /* tasks so far; they are numbered from 1 */
byte taken;     /* a bit for each that left */
byte size;      /* pushed and not taken */
bool trial;     /* a pop has lowered bottom and has not decided yet */
bool over;      /* nothing is left, and nothing comes */

inline took(t) {
	assert(t != 0 && !(taken & (1 << (t - 1))));
	taken = taken | (1 << (t - 1))
}

inline check() {
	assert(bottom - top + trial + n == size && size <= CAPACITY)
}

/* notifyParked: a sleeper is taken off the list, which wakes it. */
inline notify(k) {
	d_step {
		k = 0;
		do
		:: k < THIEVES && !asleep[k] -> k++
		:: else -> break
		od;
		if
		:: k < THIEVES -> asleep[k] = false
		:: else
		fi;
		k = 0
	}
}

/* visible: seen says whether there is a task. */
inline visible(tp, seen, mayAsk) {
	tp = top;                                   /* top.Load */
	if                                          /* bottom.Load */
	:: d_step { bottom > tp -> seen = true; tp = 0 }
	:: d_step { bottom <= tp -> seen = false; tp = 0 }
	   if                                       /* asked.Load */
	   :: asked || !mayAsk
	   :: !asked && mayAsk -> asked = true      /* asked.Store */
	   fi
	fi
}

inline steal(tp, t) {
	tp = top;                                   /* top.Load */
	if                                          /* bottom.Load */
	:: tp < bottom ->
	   t = SLOT(tp);                            /* slots[top%queueCapacity].Load */
	   if                                       /* top.CompareAndSwap */
	   :: atomic { top == tp -> top = tp + 1; size--; check(); took(t); tp = 0; t = 0 }
	   :: d_step { top != tp -> tp = 0; t = 0 } /* stealRetry */
	   fi
	:: d_step { tp >= bottom -> tp = 0 }        /* stealEmpty */
	fi
}

active [THIEVES] proctype thief() {
	short tp;
	byte t, k;
	bool seen;

	do
	:: over -> break
	:: !over ->
	   visible(tp, seen, true);                 /* stealFrom */
	   if
	   :: seen -> steal(tp, t)
	   :: else ->
	      asleep[_pid] = true;                  /* addSleeper */
#ifdef FAULT_PARKER_DOES_NOT_ASK
	      visible(tp, seen, false);             /* hasWork */
#else
	      visible(tp, seen, true);
#endif
	      if
	      :: seen -> notify(k)                  /* perhaps ourselves */
	      :: over -> asleep[_pid] = false       /* mayNotSleep */
	      :: else
	      fi;
	      !asleep[_pid]                         /* parker.park */
	   fi
	od
}

/* publish: the older tasks, as many as publishes says. */
inline publish(b, i) {
	b = bottom;                                 /* bottom.Load */
#ifdef FAULT_SPLIT_EARLY
	atomic { bottom = b + publishes; n = n - publishes; check() }
#endif
	do
	:: i < publishes -> d_step { SLOT(b + i) = TASK(b + i); i++ }   /* slots[...].Store */
	:: i == publishes -> break
	od;
#ifndef FAULT_SPLIT_EARLY
	atomic { bottom = b + publishes; n = n - publishes; check() }   /* bottom.Store(b + n) */
#endif
	atomic { b = 0; i = 0; publishes = 0 }
}

inline publishHalf(b, i) {
	asked = false;                              /* asked.Store */
	publishes = (n + 1) / 2;
	publish(b, i)
}

/* answer, and what event does after it. */
inline answer(b, i, k) {
	publishHalf(b, i);
#ifndef FAULT_ANSWER_SILENT
	notify(k)
#endif
}

#ifdef FAULT_PRIVATE_TAKES_NO_ROOM
#define FULL (b - top >= CAPACITY)
#else
#define FULL (b - top + n >= CAPACITY)
#endif

active proctype owner() {
	short b, tp;
	byte t, i, k, ops, publishes;
	byte buf[HALF];         /* of claimHalf */

	do
	:: ops < OPS && pushed < PUSHES -> d_step { ops++; pushed++; t = pushed }
again:
	   /* push */
	   b = bottom;                                  /* bottom.Load */
	   if                                           /* top.Load */
	   :: d_step { FULL -> b = 0 }
	      /* overflow: claimHalf until it has tasks or there is room */
	      tp = top;                                 /* top.Load */
	      if                                        /* bottom.Load */
	      :: d_step { bottom + n - tp < CAPACITY -> tp = 0 }
	         goto again
	      :: bottom + n - tp >= CAPACITY
	      fi;
#ifndef FAULT_CLAIM_PRIVATE
	      publishes = n;                            /* reveal */
	      publish(b, i);
#endif
	      do                                        /* slots[...].Load */
	      :: d_step { i < HALF -> buf[i] = SLOT(tp + i); i++ }
	      :: i == HALF -> break
	      od;
	      if                                        /* top.CompareAndSwap */
	      :: d_step { top != tp -> do :: i > 0 -> i--; buf[i] = 0 :: else -> break od; tp = 0 }
	         goto again
	      :: atomic { top == tp -> top = tp + HALF;
	         size = size - HALF; check();
	         /* in the injection queue from now on, t behind them */
	         do :: i > 0 -> i--; took(buf[i]); buf[i] = 0 :: else -> break od;
	         took(t); t = 0; tp = 0 }
	      fi
	   :: atomic { !FULL -> TASK(b + n) = t; n++; size++; check(); t = 0; b = 0 }
	      if                                        /* asked.Load */
	      :: asked -> publishHalf(b, i)
	      :: !asked
	      fi
	   fi;
#ifndef FAULT_PUSH_SILENT
	   notify(k)                                    /* pushLocal */
#endif

	:: ops < OPS -> ops++;
	   /* pop */
	   if
	   :: atomic { n > 0 -> n--; took(TASK(bottom + n)); size--; check() }
	   :: else ->
	      b = bottom - 1;                           /* bottom.Load */
	      if                                        /* top.Load */
	      :: atomic { b < top -> assert(size == 0); b = 0 }
	      :: b >= top ->
	         atomic { bottom = b; trial = true; check() }   /* bottom.Store(b) */
	         tp = top;                              /* top.Load */
	         if
	         :: d_step { tp < b -> tp = 0 }
	            atomic { took(SLOT(b)); size--; trial = false; b = 0 }  /* slots[b%queueCapacity].Load */
	         :: tp >= b ->
	            if
	            :: atomic { tp == b && top == tp -> top = tp + 1; size--; check() }  /* top.CompareAndSwap */
	               t = SLOT(b)                      /* slots[b%queueCapacity].Load */
	            :: tp == b && top != tp
	            :: tp != b
	            fi;
	            atomic {                            /* bottom.Store(b + 1) */
	               bottom = b + 1; trial = false; check();
	               if
	               :: t != 0 -> took(t); t = 0
	               :: else -> assert(size == 0)
	               fi;
	               b = 0; tp = 0 }
	         fi
	      fi
	   fi

	:: ops < OPS && n > 0 && asked -> ops++; answer(b, i, k)        /* tick */
#ifdef FAIR
	:: ops < OPS && n > 0 && bottom == top -> ops++;
	   publishes = 1;                               /* popOldest */
	   publish(b, i);
	   steal(tp, t)
	:: ops < OPS -> ops++; steal(tp, t)
#endif
	:: ops == OPS -> break
	od;

	/* A long poll's ticks, say of joins: thieves have to get the rest. */
	do
	:: size == 0 -> break
	:: n > 0 && asked -> answer(b, i, k)
	od;
	atomic {
		over = true;                            /* Close wakes all */
		k = 0;
		do
		:: k < THIEVES -> asleep[k] = false; k++
		:: else -> break
		od;
		k = 0;
		assert(taken == (1 << pushed) - 1) }
}
