//! How a thread beside the workers waits for tasks.

use std::{
    sync::{
        atomic::{AtomicI64, AtomicU32, Ordering},
        Arc,
    },
    thread::{self, Thread},
};

/// Tells the thread that made it when the last of some tasks is done.
pub struct Countdown {
    left: AtomicI64,
    waiter: Thread,
}

impl Countdown {
    pub fn new(n: u64) -> Arc<Self> {
        Arc::new(Self {
            left: AtomicI64::new(n as i64),
            waiter: thread::current(),
        })
    }

    pub fn arrive(&self) {
        if self.left.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.waiter.unpark();
        }
    }

    /// Waits for the last of n, and says how many arrived: more than n if a task
    /// ran twice.
    pub fn wait(&self, n: u64) -> u64 {
        while self.left.load(Ordering::Acquire) > 0 {
            thread::park();
        }
        (n as i64 - self.left.load(Ordering::Acquire)) as u64
    }
}

const OPEN: u32 = 0;
const AWAITED: u32 = 1;
const DONE: u32 = 2;

/// Join handles for the thread that made them, for peers without ones.
pub struct Handles {
    states: Vec<AtomicU32>,
    joiner: Thread,
}

impl Handles {
    pub fn new(n: u64) -> Arc<Self> {
        let states = (0..n).map(|_| AtomicU32::new(OPEN)).collect();
        Arc::new(Self {
            states,
            joiner: thread::current(),
        })
    }

    pub fn done(&self, i: u64) {
        if self.states[i as usize].swap(DONE, Ordering::AcqRel) == AWAITED {
            self.joiner.unpark();
        }
    }

    /// Waits for each task by its own handle, and says how many are done.
    pub fn join(&self) -> u64 {
        for state in &self.states {
            if state
                .compare_exchange(OPEN, AWAITED, Ordering::AcqRel, Ordering::Acquire)
                .is_ok()
            {
                while state.load(Ordering::Acquire) == AWAITED {
                    thread::park();
                }
            }
        }
        self.states
            .iter()
            .filter(|s| s.load(Ordering::Acquire) == DONE)
            .count() as u64
    }
}
