use std::time::{Duration, Instant};

/// What a run returns. `depth` and `leaves` are of uts alone.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct Answer {
    pub value: u64,
    pub tasks: u64,
    pub depth: u64,
    pub leaves: u64,
}

impl Answer {
    /// The answer of workloads that count their tasks from outside.
    pub fn new(value: u64, tasks: u64) -> Self {
        Self {
            value,
            tasks,
            ..Self::default()
        }
    }
}

/// The runs of one request: untimed ones first, then the timed ones. Whoever drives
/// them, a thread or a task, does so by `while s.more() { s.ran(run) }`.
pub struct Series {
    lead: Duration,
    reps: u64,
    begin: Instant,
    start: Option<Instant>, // of the timed runs
    timed: u64,             // runs that were let go since
    runs: u64,
    answer: Answer,
    wrong: Option<String>,
    took: Duration,
}

impl Series {
    pub fn new(lead: Duration, reps: u64) -> Self {
        Self {
            lead,
            reps,
            begin: Instant::now(),
            start: None,
            timed: 0,
            runs: 0,
            answer: Answer::default(),
            wrong: None,
            took: Duration::ZERO,
        }
    }

    /// Whether another run is wanted.
    pub fn more(&mut self) -> bool {
        if self.wrong.is_some() {
            return false;
        }
        let leading = !self.lead.is_zero() && (self.runs == 0 || self.begin.elapsed() < self.lead);
        if self.start.is_none() && leading {
            return true;
        }
        let start = *self.start.get_or_insert_with(Instant::now);
        if self.timed == self.reps {
            self.took = start.elapsed();
            return false;
        }
        self.timed += 1;
        true
    }

    /// Takes the answer of a run.
    pub fn ran(&mut self, answer: Answer) {
        if self.runs > 0 && answer != self.answer {
            self.wrong = Some(format!("{:?}, then {:?}", self.answer, answer));
        }
        self.runs += 1;
        self.answer = answer;
    }

    /// The line that answers the request.
    pub fn line(&self) -> String {
        if let Some(wrong) = &self.wrong {
            return format!("wrong {wrong}");
        }
        let a = self.answer;
        format!(
            "ok {} {} {} {} {} {}",
            self.took.as_nanos(),
            self.runs,
            a.value,
            a.tasks,
            a.depth,
            a.leaves
        )
    }
}
