//! Two children are a join, more are a scope that spawns each. A task counts
//! itself, be it pushed or, as the first half of a join, called.

use rayon::{join, scope};
use shared::{
    uts::{Count, Node, Tree},
    Answer, Block, Board, Counted, Factors, Product,
};

pub fn fib(n: u64) -> Counted {
    if n < 2 {
        return Counted::task(n);
    }
    let (a, b) = join(|| fib(n - 1), || fib(n - 2));
    let mut sum = Counted::task(0);
    sum += a;
    sum += b;
    sum
}

pub fn skynet(first: u64, leaves: u64) -> Counted {
    if leaves == 1 {
        return Counted::task(first);
    }
    let part = leaves / 10;
    let mut children = [Counted::default(); 10];
    scope(|s| {
        for (i, child) in children.iter_mut().enumerate() {
            s.spawn(move |_| *child = skynet(first + i as u64 * part, part));
        }
    });
    let mut sum = Counted::task(0);
    for child in children {
        sum += child;
    }
    sum
}

pub fn nqueens(board: Board) -> Counted {
    if board.solved() {
        return Counted::task(1);
    }
    let mut children = [Counted::default(); shared::MAX_QUEENS];
    scope(|s| {
        for (next, child) in board.next().zip(&mut children) {
            s.spawn(move |_| *child = nqueens(next));
        }
    });
    let mut sum = Counted::task(0);
    for child in children {
        sum += child;
    }
    sum
}

pub fn uts(tree: &Tree, node: Node) -> Count {
    let n = tree.children(&node);
    let mut count = Count::node(&node, n);
    if n == 0 {
        return count;
    }
    let mut children = vec![Count::default(); n as usize];
    scope(|s| {
        for (i, child) in (0..n).zip(&mut children) {
            s.spawn(move |_| *child = uts(tree, node.child(i)));
        }
    });
    for child in children {
        count.add(child);
    }
    count
}

/// A tree of tasks that each do their steps of work once their children are spawned.
pub fn grain(tasks: u64, steps: u64) -> Counted {
    let below = [tasks / 2, tasks.saturating_sub(1) / 2];
    let mut children = [Counted::default(); 2];
    let mut sum = Counted::task(0);
    scope(|s| {
        for (n, child) in below.into_iter().zip(&mut children) {
            if n > 0 {
                s.spawn(move |_| *child = grain(n, steps));
            }
        }
        sum.value = shared::grain(tasks, steps);
    });
    for child in children {
        sum += child;
    }
    sum
}

/// One matrix product.
pub fn multiply(factors: &Factors) -> Answer {
    let product = factors.product();
    let tasks = matmul(factors, &product, factors.whole());
    Answer::new(product.checksum(), tasks)
}

/// Returns how many tasks ran.
fn matmul(factors: &Factors, product: &Product, block: Block) -> u64 {
    if factors.is_small(block) {
        // SAFETY: what runs at the same time are four disjoint quarters, or within.
        unsafe { factors.multiply(block, product) };
        return 1;
    }
    let mut tasks = 1;
    for quarters in block.halves() {
        let mut children = [0; 4];
        scope(|s| {
            for (quarter, child) in quarters.into_iter().zip(&mut children) {
                s.spawn(move |_| *child = matmul(factors, product, quarter));
            }
        });
        tasks += children.iter().sum::<u64>();
    }
    tasks
}
