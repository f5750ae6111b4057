//! The product of two integer matrices, in blocks that tasks may compute at the
//! same time.

use std::cell::UnsafeCell;

/// The two factors, row by row; made once a request.
pub struct Factors {
    n: usize,
    block: usize,
    a: Vec<i64>,
    b: Vec<i64>,
}

impl Factors {
    pub fn new(n: u64, block: u64) -> Self {
        let (n, block) = (n as usize, block as usize);
        Self {
            n,
            block,
            a: matrix(n, 1),
            b: matrix(n, 2),
        }
    }

    /// The product of one run, all zeros yet.
    pub fn product(&self) -> Product {
        Product {
            c: (0..self.n * self.n).map(|_| UnsafeCell::new(0)).collect(),
        }
    }

    /// The product as one block.
    pub fn whole(&self) -> Block {
        Block {
            i: 0,
            j: 0,
            k: 0,
            size: self.n,
        }
    }

    pub fn is_small(&self, b: Block) -> bool {
        b.size <= self.block
    }

    /// Adds block b to the product.
    ///
    /// # Safety
    /// No other thread computes a block at the same i and j meanwhile.
    pub unsafe fn multiply(&self, b: Block, p: &Product) {
        for i in b.i..b.i + b.size {
            let c = &p.c[i * self.n + b.j..][..b.size];
            let c = std::slice::from_raw_parts_mut(UnsafeCell::raw_get(c.as_ptr()), b.size);
            for k in b.k..b.k + b.size {
                let x = self.a[i * self.n + k];
                for (c, y) in c.iter_mut().zip(&self.b[k * self.n + b.j..][..b.size]) {
                    *c += x * y;
                }
            }
        }
    }
}

/// A product in the making: tasks write disjoint blocks of it.
pub struct Product {
    c: Box<[UnsafeCell<i64>]>,
}

// Only multiply writes, and its caller promises that blocks are disjoint.
unsafe impl Sync for Product {}

impl Product {
    /// Folds the product so that an element at a wrong place shows: FNV-1a, by words.
    /// By value: no task can write any more.
    pub fn checksum(self) -> u64 {
        let fold =
            |h: u64, c: UnsafeCell<i64>| (h ^ c.into_inner() as u64).wrapping_mul(1099511628211);
        self.c
            .into_vec()
            .into_iter()
            .fold(14695981039346656037, fold)
    }
}

/// C[i:,j:] += A[i:,k:] B[k:,j:], of size x size.
#[derive(Clone, Copy)]
pub struct Block {
    i: usize,
    j: usize,
    k: usize,
    size: usize,
}

impl Block {
    /// The eight halves: two times four that are disjoint. The two that add to one
    /// quarter of C must come one after the other.
    pub fn halves(self) -> [[Self; 4]; 2] {
        let size = self.size / 2;
        let Self { i, j, k, .. } = self;
        [k, k + size].map(|k| {
            [(i, j), (i, j + size), (i + size, j), (i + size, j + size)].map(|(i, j)| Self {
                i,
                j,
                k,
                size,
            })
        })
    }
}

fn matrix(n: usize, seed: u32) -> Vec<i64> {
    let mut x = seed;
    let mut next = || {
        x = x.wrapping_mul(1664525).wrapping_add(1013904223); // Numerical Recipes' generator
        i64::from(x >> 24) - 128
    };
    (0..n * n).map(|_| next()).collect()
}
