//! What became of one file.

use std::path::PathBuf;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::{Diagnostic, Place, Severity, shortened};
use crate::document::Language;
use crate::format::Format;

/// What became of one source.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Outcome {
    pub source: String,
    pub status: Status,
    /// The format it was read as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_as: Option<Format>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Language of the document, as a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    pub made: Vec<Made>,
    pub diagnostics: Vec<Reported>,
    /// Diagnostics beyond those listed; a hostile file can cause any number.
    pub unlisted: usize,
    pub failures: Vec<Failure>,
    /// How the source was understood, line by line; only where that was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub explanation: Vec<String>,
    /// Files the source asked for beside itself, found or not.
    #[serde(skip)]
    pub beside: Vec<PathBuf>,
    /// Bytes of the source.
    pub bytes: u64,
    #[serde(rename = "seconds", serialize_with = "seconds")]
    #[schemars(with = "f64")]
    pub elapsed: Duration,
    /// Most memory the process held while it made this file, where it makes one at a time (`--jobs 1`) and the system tells.
    /// It is the most this file can have needed: some ten megabytes are what all share, and what the file before gave back
    /// may not have left the process yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak_memory_bytes: Option<u64>,
    /// Most memory the process had held by the time this file was done, with all others that were at work; instead of
    /// `peak_memory_bytes` where several files are made at a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub process_peak_memory_bytes: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Everything asked for was made.
    Made,
    /// Everything asked for stood already.
    Unchanged,
    /// It could be made; nothing was written.
    Checked,
    /// Something asked for is missing.
    Failed,
}

/// One file that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Made {
    pub format: Format,
    /// Absent when it went to standard output or nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    pub bytes: u64,
    /// Sum of the bytes in hexadecimal.
    pub sha256: String,
    /// Files written beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub companions: Vec<MadeBeside>,
}

/// A companion that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MadeBeside {
    pub path: String,
    pub sha256: String,
}

/// A diagnostic and the format it was met in: `None` while reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reported {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writing: Option<Format>,
    #[serde(flatten)]
    pub diagnostic: Diagnostic,
}

/// Why something asked for is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Failure {
    /// A stable kebab-case word for machines: `unreadable`, `malformed`, `unwritable`, `panic`, `out-of-time`.
    pub code: &'static str,
    /// The format that could not be written; `None` when the source could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writing: Option<Format>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    pub message: String,
}

fn seconds<S: serde::Serializer>(elapsed: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((elapsed.as_secs_f64() * 1e6).round() / 1e6)
}

impl Outcome {
    /// Nothing made yet.
    pub fn of(source: String, bytes: u64) -> Outcome {
        Outcome {
            source,
            status: Status::Made,
            read_as: None,
            title: None,
            language: None,
            made: Vec::new(),
            diagnostics: Vec::new(),
            unlisted: 0,
            failures: Vec::new(),
            explanation: Vec::new(),
            beside: Vec::new(),
            bytes,
            elapsed: Duration::ZERO,
            peak_memory_bytes: None,
            process_peak_memory_bytes: None,
        }
    }

    /// The same with something missing.
    pub fn fail(&mut self, failure: Failure) {
        self.status = Status::Failed;
        self.failures.push(Failure { message: shortened(failure.message), ..failure });
    }

    pub fn warnings(&self) -> impl Iterator<Item = &Reported> {
        self.diagnostics.iter().filter(|reported| reported.diagnostic.severity == Severity::Warning)
    }
}
