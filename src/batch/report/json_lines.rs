//! JSON lines: one for each file while the run goes on, one for the run at its end. `docs/report.schema.json` describes a line.

use schemars::JsonSchema;
use serde::Serialize;

use crate::batch::memory::peak_memory;
use crate::batch::{Outcome, Status};

/// One line.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Line<'a> {
    /// What became of one source; in the order of their paths.
    File(&'a Outcome),
    /// The run as a whole; the last line.
    Run(Summary),
}

/// A run in figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Summary {
    /// Version of banxin.
    pub version: &'static str,
    pub files: usize,
    pub made: usize,
    pub checked: usize,
    pub unchanged: usize,
    pub failed: usize,
    pub warnings: usize,
    pub seconds: f64,
    /// Most memory the process ever held, where the system tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak_memory_bytes: Option<u64>,
}

impl Summary {
    pub fn of(outcomes: &[Outcome], seconds: f64) -> Summary {
        // The process's own count begins anew with each file that is made alone.
        let own = |outcome: &Outcome| outcome.peak_memory_bytes;
        let count = |status| outcomes.iter().filter(|outcome| outcome.status == status).count();
        Summary {
            version: env!("CARGO_PKG_VERSION"),
            files: outcomes.len(),
            made: count(Status::Made),
            checked: count(Status::Checked),
            unchanged: count(Status::Unchanged),
            failed: count(Status::Failed),
            warnings: outcomes.iter().map(|outcome| outcome.warnings().count()).sum(),
            seconds: (seconds * 1e3).round() / 1e3,
            peak_memory_bytes: outcomes.iter().filter_map(own).chain(peak_memory()).max(),
        }
    }
}

/// The line with its end.
pub fn line(line: &Line) -> String {
    serde_json::to_string(line).expect("a report has only strings for keys") + "\n"
}
