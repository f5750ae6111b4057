//! rayon's thread pool.

mod forkjoin;
mod outside;

use rayon::{ThreadPool, ThreadPoolBuilder};
use shared::{Answer, Board, Factors, Peer, Request, Series};

fn main() {
    let locked = |krate| shared::locked(include_str!("../Cargo.lock"), krate);
    let (rayon, core) = (locked("rayon"), locked("rayon-core"));
    shared::main::<Rayon>(
        "rayon",
        &format!("rayon {rayon}, rayon-core {core}, a pool of its own"),
    );
}

struct Rayon {
    pool: ThreadPool,
}

/// Address space, not memory: a worker that waits runs other tasks on its stack.
const STACK: usize = 256 << 20;

impl Peer for Rayon {
    fn new(workers: usize) -> Self {
        Self {
            pool: ThreadPoolBuilder::new()
                .num_threads(workers)
                .stack_size(STACK)
                .build()
                .unwrap(),
        }
    }

    fn run(&self, r: &Request) -> Option<Series> {
        let (n, m, pool) = (r.n, r.m, &self.pool);
        Some(match r.workload.as_str() {
            "empty" => series(r, || Answer::new(0, 1)),
            "spawn_many_outside" => series(r, || outside::spawn_many_outside(pool, n)),
            "spawn_many_inside" => series(r, || outside::spawn_many_inside(pool, n)),
            "spawn_many_remote_idle" => series(r, || outside::spawn_many_remote_idle(pool, n)),
            "chained_spawn" => series(r, || outside::chained_spawn(pool, n)),
            "fib" => self.inside(r, || forkjoin::fib(n)),
            "skynet" => self.inside(r, || forkjoin::skynet(0, 10u64.pow(n as u32))),
            "nqueens" => self.inside(r, || forkjoin::nqueens(Board::new(n))),
            "grain" => self.inside(r, || forkjoin::grain(n, m)),
            "uts" => {
                let tree = r.tree();
                self.inside(r, || forkjoin::uts(&tree, tree.root()))
            }
            "matmul" => {
                let factors = Factors::new(n, m);
                self.inside(r, || forkjoin::multiply(&factors))
            }
            // A task of rayon neither yields nor waits for a message: it would hold its
            // worker. One that spawned itself again instead would be the worker's next
            // task for ever, before any from outside.
            _ => return None,
        })
    }
}

impl Rayon {
    /// Drives the runs from a worker.
    fn inside<T: Into<Answer>>(&self, r: &Request, run: impl Fn() -> T + Sync) -> Series {
        self.pool.install(|| series(r, || run().into()))
    }
}

fn series(r: &Request, run: impl Fn() -> Answer) -> Series {
    let mut series = r.series();
    while series.more() {
        series.ran(run());
    }
    series
}
