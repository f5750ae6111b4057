//! Runs that a thread beside the workers drives. Each is one run.

use std::sync::Arc;

use rayon::{spawn, ThreadPool};
use shared::{Answer, Countdown, Handles};

pub fn spawn_many_outside(pool: &ThreadPool, n: u64) -> Answer {
    let countdown = Countdown::new(n);
    for _ in 0..n {
        let countdown = Arc::clone(&countdown);
        pool.spawn(move || countdown.arrive());
    }
    Answer::new(countdown.wait(n), n)
}

pub fn spawn_many_inside(pool: &ThreadPool, n: u64) -> Answer {
    let countdown = Countdown::new(n);
    let inside = Arc::clone(&countdown);
    pool.spawn(move || {
        for _ in 0..n {
            let countdown = Arc::clone(&inside);
            spawn(move || countdown.arrive());
        }
    });
    Answer::new(countdown.wait(n), n)
}

/// rayon has no handle of a spawned task, so each one tells by one of ours.
pub fn spawn_many_remote_idle(pool: &ThreadPool, n: u64) -> Answer {
    let handles = Handles::new(n);
    for i in 0..n {
        let handles = Arc::clone(&handles);
        pool.spawn(move || handles.done(i));
    }
    Answer::new(handles.join(), n)
}

/// Each task spawns the next, n links.
pub fn chained_spawn(pool: &ThreadPool, n: u64) -> Answer {
    let countdown = Countdown::new(n);
    let first = Arc::clone(&countdown);
    if n > 0 {
        pool.spawn(move || link(first, n));
    }
    Answer::new(countdown.wait(n), n)
}

fn link(countdown: Arc<Countdown>, left: u64) {
    if left > 1 {
        let next = Arc::clone(&countdown);
        spawn(move || link(next, left - 1));
    }
    countdown.arrive();
}
