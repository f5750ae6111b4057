//! What tasks compute.

use std::ptr::read_volatile;

/// Steps of Knuth's MMIX generator, each of which needs the one before. The factor
/// is read at run time: with a constant the compiler makes one step of several.
pub fn grain(mut seed: u64, steps: u64) -> u64 {
    let factor = unsafe { read_volatile(&6364136223846793005) };
    for _ in 0..steps {
        seed = seed.wrapping_mul(factor).wrapping_add(1442695040888963407);
    }
    seed >> 44
}

/// About 1 us of work between two yields: 500 steps of four cycles are the base's
/// busySpins, 2000 of one. A loop without work would be left out.
pub fn spin() {
    unsafe { read_volatile(&grain(0, 500)) };
}

pub const MAX_QUEENS: usize = 20;

/// A board of nqueens before its next row: the columns taken, and the diagonals
/// attacked in that row.
#[derive(Clone, Copy)]
pub struct Board {
    all: u32,
    columns: u32,
    left: u32,
    right: u32,
}

impl Board {
    pub fn new(n: u64) -> Self {
        Self {
            all: (1 << n) - 1,
            columns: 0,
            left: 0,
            right: 0,
        }
    }

    pub fn solved(&self) -> bool {
        self.columns == self.all
    }

    /// The boards with one more queen.
    pub fn next(self) -> impl Iterator<Item = Self> {
        let mut free = self.all & !(self.columns | self.left | self.right);
        std::iter::from_fn(move || {
            let queen = free & free.wrapping_neg();
            free ^= queen;
            (queen != 0).then(|| Self {
                all: self.all,
                columns: self.columns | queen,
                left: (self.left | queen) << 1,
                right: (self.right | queen) >> 1,
            })
        })
    }
}
