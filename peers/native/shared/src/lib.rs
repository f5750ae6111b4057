//! What the Rust peers share: the protocol, and the parts of the workloads that
//! are not tasks. A peer supplies `Peer` and calls `main`.

mod counted;
mod matmul;
mod outside;
mod request;
mod series;
mod serve;
pub mod uts;
mod work;

pub use counted::Counted;
pub use matmul::{Block, Factors, Product};
pub use outside::{Countdown, Handles};
pub use request::Request;
pub use series::{Answer, Series};
pub use serve::{locked, main, Peer};
pub use work::{grain, spin, Board, MAX_QUEENS};
