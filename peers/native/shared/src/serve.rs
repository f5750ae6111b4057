use std::{
    env,
    io::{self, BufRead, Write},
    process::exit,
};

use crate::{Request, Series};

/// A scheduler that runs workloads.
pub trait Peer {
    fn new(workers: usize) -> Self;

    /// Does what is asked, or None: there is no way to do this workload.
    fn run(&self, request: &Request) -> Option<Series>;
}

/// A peer's main: `list`, or `serve <name> <workers>`.
pub fn main<P: Peer>(name: &str, version: &str) {
    let args: Vec<_> = env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["list"] => println!("{name}\t{version}, {}", env!("RUSTC_VERSION")),
        ["serve", peer, workers] if peer == name => match workers.parse() {
            Ok(workers) if workers > 0 => serve(&P::new(workers)),
            _ => fail(&format!("not a number of workers: {workers:?}")),
        },
        _ => fail(&format!(
            "usage: {name} list | {name} serve {name} <workers>"
        )),
    }
}

fn fail(why: &str) -> ! {
    eprintln!("{why}");
    exit(2)
}

/// Answers each line of standard input by one of standard output. Bytes, not
/// strings: a line that is not UTF-8 has an answer too.
fn serve<P: Peer>(peer: &P) {
    for line in io::stdin().lock().split(b'\n').map_while(Result::ok) {
        let answer = match Request::parse(&String::from_utf8_lossy(&line)) {
            Err(why) => format!("error {why}"),
            Ok(request) => peer.run(&request).map_or("lacks".into(), |s| s.line()),
        };
        let mut out = io::stdout().lock();
        if writeln!(out, "{answer}")
            .and_then(|()| out.flush())
            .is_err()
        {
            return; // nobody reads any more
        }
    }
}

/// The version of a crate in a Cargo.lock: what was really built.
pub fn locked<'a>(lock: &'a str, krate: &str) -> &'a str {
    let name = format!("name = \"{krate}\"\nversion = \"");
    let version = &lock[lock.find(&name).expect("a crate that is locked") + name.len()..];
    &version[..version.find('"').unwrap()]
}
