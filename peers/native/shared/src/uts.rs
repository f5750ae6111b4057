//! The trees of internal/uts: there they are explained, and proven against the
//! published counts.

use std::f64::consts::PI;

use sha1::{Digest, Sha1};

use crate::Answer;

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Geometric,
    Binomial,
    Hybrid,
}

#[derive(Clone, Copy)]
pub enum Shape {
    Linear,
    Cyclic,
    Fixed,
}

#[derive(Clone, Copy)]
pub struct Tree {
    pub kind: Kind,
    pub shape: Shape,
    pub b0: f64,
    pub depth: u32,
    pub seed: i64,
    pub q: f64,
    pub m: u32,
}

/// A tree node: its depth and random state.
#[derive(Clone, Copy)]
pub struct Node {
    depth: u32,
    state: [u8; 20],
}

/// What a geometric node may draw at most.
const MAX_CHILDREN: f64 = 100.0;

impl Node {
    pub fn child(&self, i: u32) -> Self {
        let mut b = [0; 24];
        b[..20].copy_from_slice(&self.state);
        b[20..].copy_from_slice(&i.to_be_bytes());
        Self {
            depth: self.depth + 1,
            state: Sha1::digest(b).into(),
        }
    }

    /// The node's random number in [0, 1).
    fn uniform(&self) -> f64 {
        let b = &self.state[16..];
        let bits = u32::from_be_bytes([b[0], b[1], b[2], b[3]]);
        f64::from(bits & i32::MAX as u32) / f64::from(1u32 << 31)
    }
}

impl Tree {
    pub fn root(&self) -> Node {
        let mut seed = [0; 20];
        seed[16..].copy_from_slice(&(self.seed as u32).to_be_bytes());
        Node {
            depth: 0,
            state: Sha1::digest(seed).into(),
        }
    }

    pub fn children(&self, n: &Node) -> u32 {
        let half = 2 * u64::from(n.depth) >= u64::from(self.depth);
        match self.kind {
            Kind::Binomial if n.depth == 0 => return self.b0 as u32,
            Kind::Hybrid if !half => {}
            Kind::Binomial | Kind::Hybrid => return if n.uniform() < self.q { self.m } else { 0 },
            Kind::Geometric => {}
        }
        let b = self.branching(n.depth);
        if b <= 0.0 {
            return 0;
        }
        let p = 1.0 / (1.0 + b);
        ((1.0 - n.uniform()).ln() / (1.0 - p).ln())
            .floor()
            .min(MAX_CHILDREN) as u32
    }

    /// The expected number of children of a geometric node.
    fn branching(&self, depth: u32) -> f64 {
        if depth == 0 {
            return self.b0;
        }
        let (d, limit) = (f64::from(depth), f64::from(self.depth));
        match self.shape {
            Shape::Cyclic if d > 5.0 * limit => 0.0,
            Shape::Cyclic => self.b0.powf((2.0 * PI * d / limit).sin()),
            Shape::Fixed if d < limit => self.b0,
            Shape::Fixed => 0.0,
            Shape::Linear => self.b0 * (1.0 - d / limit),
        }
    }

    /// Whether a walk of it ends, as far as the numbers can say.
    pub(crate) fn is_finite(&self) -> bool {
        self.b0 > 0.0
            && self.b0.is_finite()
            && (self.kind == Kind::Geometric || self.q * f64::from(self.m) < 1.0)
    }
}

/// The size of a tree.
#[derive(Clone, Copy, Default)]
pub struct Count {
    nodes: u64,
    depth: u64,
    leaves: u64,
}

impl Count {
    /// A node by itself, before it adds its children.
    pub fn node(n: &Node, children: u32) -> Self {
        Self {
            nodes: 1,
            depth: n.depth.into(),
            leaves: u64::from(children == 0),
        }
    }

    pub fn add(&mut self, o: Self) {
        self.nodes += o.nodes;
        self.depth = self.depth.max(o.depth);
        self.leaves += o.leaves;
    }
}

impl From<Count> for Answer {
    fn from(c: Count) -> Self {
        Self {
            value: c.nodes,
            tasks: c.nodes,
            depth: c.depth,
            leaves: c.leaves,
        }
    }
}
