use std::ops::AddAssign;

use crate::Answer;

/// What a fork-join task returns: its value and how many tasks ran for it, so that
/// both are counted and neither is assumed.
#[derive(Clone, Copy, Default)]
pub struct Counted {
    pub value: u64,
    pub tasks: u64,
}

impl Counted {
    /// A task by itself, before it adds its children.
    pub fn task(value: u64) -> Self {
        Self { value, tasks: 1 }
    }
}

impl AddAssign for Counted {
    fn add_assign(&mut self, o: Self) {
        self.value += o.value;
        self.tasks += o.tasks;
    }
}

impl From<Counted> for Answer {
    fn from(c: Counted) -> Self {
        Self {
            value: c.value,
            tasks: c.tasks,
            ..Self::default()
        }
    }
}
