//! tokio's multi-thread runtime.

mod forkjoin;
mod outside;

use std::{future::Future, sync::Arc};

use shared::{Answer, Board, Factors, Peer, Request, Series};
use tokio::runtime::{Builder, Runtime};

fn main() {
    let version = shared::locked(include_str!("../Cargo.lock"), "tokio");
    shared::main::<Tokio>(
        "tokio",
        &format!("tokio {version}, a multi-thread runtime without drivers"),
    );
}

struct Tokio {
    runtime: Runtime,
    workers: usize,
}

impl Peer for Tokio {
    fn new(workers: usize) -> Self {
        Self {
            runtime: Builder::new_multi_thread()
                .worker_threads(workers)
                .build()
                .unwrap(),
            workers,
        }
    }

    fn run(&self, r: &Request) -> Option<Series> {
        let (n, m, rt) = (r.n, r.m, &self.runtime);
        Some(match r.workload.as_str() {
            "empty" => outside(r, || Answer::new(0, 1)),
            "spawn_many_outside" => outside(r, || outside::spawn_many_outside(rt, n)),
            "spawn_many_inside" => outside(r, || outside::spawn_many_inside(rt, n)),
            "spawn_many_remote_idle" => outside(r, || outside::spawn_many_remote_idle(rt, n)),
            "spawn_many_remote_busy" => {
                outside(r, || outside::spawn_many_remote_busy(rt, self.workers, n))
            }
            "yield_many" => outside(r, || outside::yield_many(rt, n, m)),
            "ping_pong" => outside(r, || outside::ping_pong(rt, n)),
            "chained_spawn" => outside(r, || outside::chained_spawn(rt, n)),
            "fib" => self.inside(r, move || forkjoin::run(forkjoin::fib(n))),
            "skynet" => self.inside(r, move || {
                forkjoin::run(forkjoin::skynet(0, 10u64.pow(n as u32)))
            }),
            "nqueens" => self.inside(r, move || forkjoin::run(forkjoin::nqueens(Board::new(n)))),
            "grain" => self.inside(r, move || forkjoin::run(forkjoin::grain(n, m))),
            "uts" => {
                let tree = r.tree();
                self.inside(r, move || forkjoin::run(forkjoin::uts(tree, tree.root())))
            }
            "matmul" => {
                let factors = Arc::new(Factors::new(n, m));
                self.inside(r, move || forkjoin::multiply(Arc::clone(&factors)))
            }
            _ => return None,
        })
    }
}

impl Tokio {
    /// Drives the runs from a task.
    fn inside<F>(&self, r: &Request, mut run: impl FnMut() -> F + Send + 'static) -> Series
    where
        F: Future<Output = Answer> + Send,
    {
        let mut series = r.series();
        let driver = self.runtime.spawn(async move {
            while series.more() {
                series.ran(run().await);
            }
            series
        });
        self.runtime.block_on(driver).unwrap()
    }
}

/// Drives the runs from this thread, which is none of the workers.
fn outside(r: &Request, run: impl Fn() -> Answer) -> Series {
    let mut series = r.series();
    while series.more() {
        series.ran(run());
    }
    series
}
