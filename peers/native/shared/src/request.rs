use std::{fmt::Display, str::FromStr, time::Duration};

use crate::{
    uts::{Kind, Shape, Tree},
    work::MAX_QUEENS,
    Series,
};

/// The workloads of the table, those that a peer may lack included.
const WORKLOADS: [&str; 18] = [
    "audited",
    "audited_parks",
    "burst",
    "chained_spawn",
    "empty",
    "fib",
    "grain",
    "matmul",
    "nqueens",
    "open",
    "ping_pong",
    "skynet",
    "spawn_many_inside",
    "spawn_many_outside",
    "spawn_many_remote_busy",
    "spawn_many_remote_idle",
    "uts",
    "yield_many",
];

/// One line of the harness: run a workload.
pub struct Request {
    pub workload: String,
    pub n: u64,
    pub m: u64,
    tree: Option<Tree>,
    lead: Duration,
    reps: u64,
}

impl Request {
    /// Reads `run <workload> <lead> <reps> <n> <m> <tree>`.
    pub fn parse(line: &str) -> Result<Self, String> {
        let fields: Vec<_> = line.split_ascii_whitespace().collect();
        let [verb, workload, lead, reps, n, m, tree]: [&str; 7] = fields
            .try_into()
            .map_err(|_| format!("not a request: {line:?}"))?;
        if verb != "run" {
            return Err(format!("no request {verb:?}"));
        }
        let r = Self {
            workload: workload.into(),
            lead: Duration::from_nanos(number("lead", lead)?),
            reps: number("reps", reps)?,
            n: number("n", n)?,
            m: number("m", m)?,
            tree: if tree == "-" {
                None
            } else {
                Some(parse_tree(tree)?)
            },
        };
        r.check()?;
        Ok(r)
    }

    /// Refuses what would not end, or not fit.
    fn check(&self) -> Result<(), String> {
        if self.reps == 0 {
            return Err("no timed runs".into());
        }
        let fits = match self.workload.as_str() {
            "nqueens" => self.n <= MAX_QUEENS as u64,
            "skynet" => self.n <= 9,
            "matmul" => self.m > 0 && self.n % self.m == 0 && (self.n / self.m).is_power_of_two(),
            "uts" => self.tree.is_some(),
            known => {
                return if WORKLOADS.contains(&known) {
                    Ok(())
                } else {
                    Err(format!("no workload {known:?}"))
                }
            }
        };
        if fits {
            Ok(())
        } else {
            Err(format!("no such size of {}", self.workload))
        }
    }

    pub fn series(&self) -> Series {
        Series::new(self.lead, self.reps)
    }

    /// The tree of uts.
    pub fn tree(&self) -> Tree {
        self.tree.unwrap() // checked
    }
}

/// Reads `kind,shape,depth,b0,seed,q,m`.
fn parse_tree(s: &str) -> Result<Tree, String> {
    let fields: Vec<_> = s.split(',').collect();
    let [kind, shape, depth, b0, seed, q, m]: [&str; 7] = fields
        .try_into()
        .map_err(|_| format!("not a tree: {s:?}"))?;
    let tree = Tree {
        kind: match kind {
            "0" => Kind::Geometric,
            "1" => Kind::Binomial,
            "2" => Kind::Hybrid,
            _ => return Err(format!("no kind of tree {kind:?}")),
        },
        shape: match shape {
            "0" => Shape::Linear,
            "1" => Shape::Cyclic,
            "2" => Shape::Fixed,
            _ => return Err(format!("no shape of tree {shape:?}")),
        },
        depth: number("depth", depth)?,
        b0: number("b0", b0)?,
        seed: number("seed", seed)?,
        q: number("q", q)?,
        m: number("m", m)?,
    };
    if tree.is_finite() {
        Ok(tree)
    } else {
        Err(format!("a tree without end: {s:?}"))
    }
}

fn number<T: FromStr>(name: &str, s: &str) -> Result<T, String>
where
    T::Err: Display,
{
    s.parse().map_err(|e| format!("{name} {s:?}: {e}"))
}
