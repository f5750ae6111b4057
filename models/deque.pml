/*
 * The local queue, impls/chaselev/queue.go: one owner, thieves. Every atomic
 * operation of the Go code is one step, in its order; what is local to a
 * goroutine belongs to the step before it. Promela, like Go's atomics, is
 * sequentially consistent.
 *
 * Checked: every task leaves exactly once; after each change of an index the
 * queue holds what was pushed and not taken, 0 to CAPACITY; "empty" is said
 * only if it was empty during the call.
 */
#ifndef CAPACITY
#define CAPACITY 2      /* queueCapacity, a power of two */
#endif
#ifndef OPS
#define OPS 7           /* pushes, pops (and steals, with FAIR) of the owner */
#endif
#ifndef PUSHES
#define PUSHES 4        /* of them at most; 8 or fewer */
#endif
#ifndef THIEVES
#define THIEVES 2
#endif
#ifndef STEALS
#define STEALS 2        /* of each thief */
#endif
#ifndef START
#define START 0         /* of both indices */
#endif

#define HALF (CAPACITY / 2)

/*
 * Go's indices are int64 and never wrap. With NARROW they are bytes that do,
 * compared by their signed distance.
 */
#ifdef NARROW
#define INDEX byte
#define MINUS(a, b) (((a) - (b) + 384) % 256 - 128)
#else
#define INDEX short
#define MINUS(a, b) ((a) - (b))
#endif
#ifdef FAULT_UNSIGNED
#define LESS(a, b) ((a) < (b))
#else
#define LESS(a, b) (MINUS(a, b) < 0)
#endif
#ifdef NARROW
#define PLUS(a, n) (((a) + (n)) & 255)
#else
#define PLUS(a, n) ((a) + (n))
#endif
#define SLOT(i) slots[(i) % CAPACITY]

INDEX bottom = START;
INDEX top = START;
byte slots[CAPACITY];

/* What must hold, not part of the queue. */
byte pushed;    /* tasks so far; they are numbered from 1 */
byte taken;     /* a bit for each that left */
byte size;      /* pushed and not taken */
bool trial;     /* a pop has lowered bottom and has not decided yet */
byte gone;      /* thieves that ended */

inline took(t) {
	assert(t != 0 && !(taken & (1 << (t - 1))));
	taken = taken | (1 << (t - 1))
}

inline check() {
	assert(MINUS(bottom, top) + trial == size && size <= CAPACITY)
}

/* steal, called by thieves, and by the owner with FAIR (fair.go, oldestTask). */
inline steal(tp, t) {
#ifdef FAULT_STEAL_ORDER
	/* bottom before top */
	if
	:: d_step { true -> t = bottom };
	   if
	   :: atomic { LESS(top, t) -> tp = top; t = 0 }
#else
	tp = top;                       /* top.Load */
	if
	:: true ->
	   if                           /* bottom.Load */
	   :: LESS(tp, bottom)
#endif
#ifdef FAULT_STEAL_LATE
	      /* the slot is read after the CAS */
	      if
	      :: atomic { top == tp -> top = PLUS(tp, 1); size--; check() }
	         atomic { took(SLOT(tp)); tp = 0 }
	      :: atomic { top != tp -> tp = 0 }
	      fi
#else
	      t = SLOT(tp);             /* slots[top%queueCapacity].Load */
#ifdef FAULT_STEAL_NO_CAS
	      atomic { top = PLUS(tp, 1); size--; check(); took(t); tp = 0; t = 0 }
#else
	      if                        /* top.CompareAndSwap */
	      :: atomic { top == tp -> top = PLUS(tp, 1); size--; check(); took(t); tp = 0; t = 0 }
	      :: d_step { top != tp -> tp = 0; t = 0 }  /* stealRetry */
	      fi
#endif
#endif
#ifdef FAULT_STEAL_ORDER
	   :: d_step { !LESS(top, t) -> t = 0 }
#else
	   :: atomic { !LESS(tp, bottom) ->             /* stealEmpty */
	      assert(size == 0 || (size == 1 && trial)); tp = 0 }
#endif
	   fi
	fi
}

active [THIEVES] proctype thief() {
	INDEX tp;
	byte t, n;

	do
	:: n < STEALS -> n++; steal(tp, t)
	:: else -> break
	od;
	atomic { n = 0; gone++ }
}

active proctype owner() {
	INDEX b, tp;
	byte t, n, ops;
	byte buf[HALF];         /* of claimHalf */

	do
	:: ops < OPS && pushed < PUSHES -> d_step { ops++; pushed++; t = pushed }
again:
	   /* push */
	   b = bottom;                                  /* bottom.Load */
#ifdef FAULT_PUSH_FULL
#define FULL (MINUS(b, top) > CAPACITY)
#else
#define FULL (MINUS(b, top) >= CAPACITY)
#endif
	   if                                           /* top.Load */
	   :: d_step { FULL -> b = 0 }
	      /* overflow: claimHalf until it has tasks or there is room */
	      tp = top;                                 /* top.Load */
	      if                                        /* bottom.Load */
#ifndef FAULT_CLAIM_NOT_FULL
	      :: d_step { MINUS(bottom, tp) < CAPACITY -> tp = 0 }
	         goto again
	      :: MINUS(bottom, tp) >= CAPACITY
#else
	      :: true
#endif
	      fi;
	      do                                        /* slots[...].Load */
	      :: d_step { n < HALF -> buf[n] = SLOT(PLUS(tp, n)); n++ }
	      :: n == HALF -> break
	      od;
#ifdef FAULT_CLAIM_NO_CAS
	      top = PLUS(tp, HALF);
	      atomic {
#else
	      if                                        /* top.CompareAndSwap */
	      :: d_step { top != tp -> do :: n > 0 -> n--; buf[n] = 0 :: else -> break od; tp = 0 }
	         goto again
	      :: atomic { top == tp -> top = PLUS(tp, HALF);
#endif
	         size = size - HALF; check();
	         /* in the injection queue from now on, t behind them */
	         do :: n > 0 -> n--; took(buf[n]); buf[n] = 0 :: else -> break od;
	         took(t); t = 0; tp = 0 }
#ifndef FAULT_CLAIM_NO_CAS
	      fi
#endif
	   :: !FULL ->
#ifdef FAULT_PUSH_EARLY
	      atomic { bottom = PLUS(b, 1); size++; check() }
	      d_step { SLOT(b) = t; t = 0; b = 0 }
#else
	      d_step { SLOT(b) = t; t = 0 }             /* slots[b%queueCapacity].Store */
	      atomic { bottom = PLUS(b, 1); size++; check(); b = 0 }    /* bottom.Store(b + 1) */
#endif
	   fi

	:: ops < OPS -> ops++;
	   /* pop */
	   b = PLUS(bottom, -1);                        /* bottom.Load */
#ifdef FAULT_POP_EARLY_TOP
	   tp = top;
#endif
	   if                                           /* top.Load */
#ifdef FAULT_POP_FALSE_EMPTY
	   :: atomic { !LESS(top, b) -> assert(size == 0); b = 0; tp = 0 }
	   :: LESS(top, b) ->
#else
	   :: atomic { LESS(b, top) -> assert(size == 0); b = 0; tp = 0 }
	   :: !LESS(b, top) ->
#endif
	      atomic { bottom = b; trial = true; check() }      /* bottom.Store(b) */
#ifdef FAULT_POP_EARLY_TOP
	      if
#else
	      tp = top;                                 /* top.Load */
	      if
#endif
	      :: d_step { LESS(tp, b) -> tp = 0 }
	         atomic { took(SLOT(b)); size--; trial = false; b = 0 }  /* slots[b%queueCapacity].Load */
	      :: !LESS(tp, b) ->
	         if
#ifdef FAULT_POP_NO_CAS
	         :: atomic { tp == b -> top = PLUS(tp, 1); size--; check() }
	            t = SLOT(b)
#else
	         :: atomic { tp == b && top == tp -> top = PLUS(tp, 1); size--; check() }  /* top.CompareAndSwap */
	            t = SLOT(b)                         /* slots[b%queueCapacity].Load */
	         :: tp == b && top != tp
#endif
	         :: tp != b
	         fi;
	         atomic {                               /* bottom.Store(b + 1) */
#ifndef FAULT_POP_BOTTOM_LEFT
	            bottom = PLUS(b, 1);
#endif
	            trial = false; check();
	            if
	            :: t != 0 -> took(t); t = 0
	            :: else -> assert(size == 0)
	            fi;
	            b = 0; tp = 0 }
	      fi
	   fi
#ifdef FAIR
	:: ops < OPS -> ops++; steal(tp, t)
#endif
	:: ops == OPS -> break
	od;

	/* At the end what has not left lies between top and bottom. */
	atomic { gone == THIEVES;
		do
		:: LESS(top, bottom) -> took(SLOT(top)); top = PLUS(top, 1)
		:: else -> break
		od;
		assert(taken == (1 << pushed) - 1) }
}
