//! Runs that a thread beside the workers drives: those of tokio's own
//! benches/rt_multi_threaded.rs. Each is one run.

use std::sync::{
    atomic::{AtomicBool, AtomicU64, Ordering},
    Arc,
};

use shared::{Answer, Countdown};
use tokio::{runtime::Runtime, spawn, sync::oneshot, task::yield_now};

/// tokio's spawn_many_local, which spawns from block_on: every task is remote.
pub fn spawn_many_outside(rt: &Runtime, n: u64) -> Answer {
    let countdown = Countdown::new(n);
    rt.block_on(async {
        spawn_many(&countdown, n);
        Answer::new(countdown.wait(n), n)
    })
}

/// The same spawned by a task.
pub fn spawn_many_inside(rt: &Runtime, n: u64) -> Answer {
    let countdown = Countdown::new(n);
    let inside = Arc::clone(&countdown);
    rt.spawn(async move { spawn_many(&inside, n) });
    Answer::new(countdown.wait(n), n)
}

fn spawn_many(countdown: &Arc<Countdown>, n: u64) {
    for _ in 0..n {
        let countdown = Arc::clone(countdown);
        spawn(async move { countdown.arrive() });
    }
}

pub fn spawn_many_remote_idle(rt: &Runtime, n: u64) -> Answer {
    let handles: Vec<_> = (0..n).map(|_| rt.spawn(async {})).collect();
    rt.block_on(async {
        let mut done = 0;
        for handle in handles {
            done += u64::from(handle.await.is_ok());
        }
        Answer::new(done, n)
    })
}

/// The same while 2 tasks a worker spin and yield. As in the base, a run starts
/// and stops them.
pub fn spawn_many_remote_busy(rt: &Runtime, workers: usize, n: u64) -> Answer {
    let stop = Arc::new(AtomicBool::new(false));
    let busy = || {
        let stop = Arc::clone(&stop);
        rt.spawn(async move {
            while !stop.load(Ordering::Relaxed) {
                shared::spin();
                yield_now().await;
            }
        })
    };
    let busy: Vec<_> = (0..2 * workers).map(|_| busy()).collect();
    let answer = spawn_many_remote_idle(rt, n);
    stop.store(true, Ordering::Relaxed);
    rt.block_on(async {
        for task in busy {
            task.await.unwrap();
        }
    });
    answer
}

/// n tasks that yield m times each: each is polled m + 1 times.
pub fn yield_many(rt: &Runtime, n: u64, m: u64) -> Answer {
    let countdown = Countdown::new(n);
    let polls = Arc::new(AtomicU64::new(0));
    for _ in 0..n {
        let (countdown, polls) = (Arc::clone(&countdown), Arc::clone(&polls));
        rt.spawn(async move {
            let mut polled = 1;
            for _ in 0..m {
                yield_now().await;
                polled += 1;
            }
            polls.fetch_add(polled, Ordering::Relaxed);
            countdown.arrive();
        });
    }
    Answer::new(countdown.wait(n), polls.load(Ordering::Relaxed))
}

/// A task spawns n pairs that send a message there and one back.
pub fn ping_pong(rt: &Runtime, n: u64) -> Answer {
    let countdown = Countdown::new(n);
    let pings = Arc::clone(&countdown);
    rt.spawn(async move {
        for _ in 0..n {
            let countdown = Arc::clone(&pings);
            spawn(async move {
                let (there, hears_there) = oneshot::channel();
                let (back, hears_back) = oneshot::channel();
                spawn(async move {
                    hears_there.await.unwrap();
                    back.send(()).unwrap();
                });
                there.send(()).unwrap();
                hears_back.await.unwrap();
                countdown.arrive();
            });
        }
    });
    Answer::new(countdown.wait(n), 2 * n)
}

/// Each task spawns the next, n links.
pub fn chained_spawn(rt: &Runtime, n: u64) -> Answer {
    let countdown = Countdown::new(n);
    let _enter = rt.enter();
    link(Arc::clone(&countdown), n);
    Answer::new(countdown.wait(n), n)
}

fn link(countdown: Arc<Countdown>, left: u64) {
    if left > 0 {
        spawn(async move {
            link(Arc::clone(&countdown), left - 1);
            countdown.arrive();
        });
    }
}
