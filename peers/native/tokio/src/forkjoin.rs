//! Each task spawns its children and awaits them, the youngest first. Functions
//! return the handle, so that a future that spawns its like has a type with an end
//! and lies in its task, without a box of its own.

use std::sync::Arc;

use shared::{
    uts::{Count, Node, Tree},
    Answer, Block, Board, Counted, Factors, Product,
};
use tokio::{spawn, task::JoinHandle};

/// Awaits the root of a tree of tasks.
pub async fn run<T: Into<Answer>>(root: JoinHandle<T>) -> Answer {
    root.await.unwrap().into()
}

pub fn fib(n: u64) -> JoinHandle<Counted> {
    spawn(async move {
        if n < 2 {
            return Counted::task(n);
        }
        let a = fib(n - 1);
        let b = fib(n - 2);
        let mut sum = Counted::task(0);
        sum += b.await.unwrap();
        sum += a.await.unwrap();
        sum
    })
}

pub fn skynet(first: u64, leaves: u64) -> JoinHandle<Counted> {
    spawn(async move {
        if leaves == 1 {
            return Counted::task(first);
        }
        let part = leaves / 10;
        let children: [_; 10] = std::array::from_fn(|i| skynet(first + i as u64 * part, part));
        let mut sum = Counted::task(0);
        for child in children.into_iter().rev() {
            sum += child.await.unwrap();
        }
        sum
    })
}

pub fn nqueens(board: Board) -> JoinHandle<Counted> {
    spawn(async move {
        if board.solved() {
            return Counted::task(1);
        }
        let children: Vec<_> = board.next().map(nqueens).collect();
        let mut sum = Counted::task(0);
        for child in children.into_iter().rev() {
            sum += child.await.unwrap();
        }
        sum
    })
}

pub fn uts(tree: Tree, node: Node) -> JoinHandle<Count> {
    spawn(async move {
        let n = tree.children(&node);
        let children: Vec<_> = (0..n).map(|i| uts(tree, node.child(i))).collect();
        let mut count = Count::node(&node, n);
        for child in children.into_iter().rev() {
            count.add(child.await.unwrap());
        }
        count
    })
}

/// A tree of tasks that each do their steps of work once their children are spawned.
pub fn grain(tasks: u64, steps: u64) -> JoinHandle<Counted> {
    spawn(async move {
        let [left, right] =
            [tasks / 2, tasks.saturating_sub(1) / 2].map(|n| (n > 0).then(|| grain(n, steps)));
        let mut sum = Counted::task(shared::grain(tasks, steps));
        for child in [right, left].into_iter().flatten() {
            sum += child.await.unwrap();
        }
        sum
    })
}

/// One matrix product.
pub async fn multiply(factors: Arc<Factors>) -> Answer {
    let product = Arc::new(factors.product());
    let tasks = matmul(Arc::clone(&factors), Arc::clone(&product), factors.whole())
        .await
        .unwrap();
    let product = Arc::try_unwrap(product).ok().expect("tasks that ended");
    Answer::new(product.checksum(), tasks)
}

/// Returns how many tasks ran.
fn matmul(factors: Arc<Factors>, product: Arc<Product>, block: Block) -> JoinHandle<u64> {
    spawn(async move {
        if factors.is_small(block) {
            // SAFETY: what runs at the same time are four disjoint quarters, or within.
            unsafe { factors.multiply(block, &product) };
            return 1;
        }
        let mut tasks = 1;
        for quarters in block.halves() {
            let children = quarters.map(|q| matmul(Arc::clone(&factors), Arc::clone(&product), q));
            for child in children.into_iter().rev() {
                tasks += child.await.unwrap();
            }
        }
        tasks
    })
}
