//! What was mended, dropped or replaced on the way, so that nothing is lost in silence.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What happened to a piece of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Loss {
    /// Damage that was mended; the meaning is kept.
    Repaired,
    /// Content the target cannot carry, or that was judged not to belong to the article.
    Dropped,
    /// Something else stands in its place.
    Substituted,
    /// Something does not fit its measure or page.
    Overfull,
}

/// How much a reader of the report should care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Expected and harmless; shown with `-v`.
    Note,
    /// Worth a look.
    Warning,
}

/// A place in the source file; lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    pub line: u32,
    /// 0 when only the line is known.
    pub column: u32,
}

/// One loss, with its place in the source where that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    pub loss: Loss,
    pub severity: Severity,
    /// A stable kebab-case word for machines: `missing-glyph`, `broken-bytes`.
    pub code: String,
    /// What was met and what would help; lower case, one sentence.
    pub message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(Place { line, column: 0 }) => write!(out, "{line}: ")?,
            Some(Place { line, column }) => write!(out, "{line}:{column}: ")?,
            None => {}
        }
        write!(out, "{} [{}]", self.message, self.code)
    }
}

/// Characters of a message; a message quotes its source, and the source may quote without end.
const LONGEST_MESSAGE: usize = 1000;

/// A message, cut short where it is longer than anyone reads.
pub fn shortened(message: String) -> String {
    match message.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message,
    }
}

/// Diagnostics of one code kept in full; more are only counted, so hostile input cannot fill the memory.
const KEPT_PER_CODE: usize = 200;

/// The losses of one conversion, in the order they were met.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    entries: Vec<Diagnostic>,
    counts: BTreeMap<String, usize>,
}

impl Diagnostics {
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Record a loss worth a look.
    pub fn warn(&mut self, loss: Loss, code: &str, place: Option<Place>, message: impl Into<String>) {
        self.record(loss, Severity::Warning, code, place, message);
    }

    /// Record an expected, harmless change.
    pub fn note(&mut self, loss: Loss, code: &str, place: Option<Place>, message: impl Into<String>) {
        self.record(loss, Severity::Note, code, place, message);
    }

    fn record(&mut self, loss: Loss, severity: Severity, code: &str, place: Option<Place>, message: impl Into<String>) {
        let count = match self.counts.get_mut(code) {
            Some(count) => count,
            None => self.counts.entry(code.to_owned()).or_default(),
        };
        *count += 1;
        if *count <= KEPT_PER_CODE {
            let message = shortened(message.into());
            self.entries.push(Diagnostic { loss, severity, code: code.to_owned(), message, place });
        }
    }

    /// The kept diagnostics, in the order they were met.
    pub fn entries(&self) -> &[Diagnostic] {
        &self.entries
    }

    /// How often each code was met, also beyond what was kept.
    pub fn counts(&self) -> &BTreeMap<String, usize> {
        &self.counts
    }

    /// The same, where those that know no place get this one.
    pub fn placed_at(mut self, place: Option<Place>) -> Diagnostics {
        for entry in &mut self.entries {
            entry.place = entry.place.or(place);
        }
        self
    }

    /// The same but for some of what was kept.
    pub fn without(mut self, mut is_left_out: impl FnMut(&Diagnostic) -> bool) -> Diagnostics {
        let counts = &mut self.counts;
        self.entries.retain(|entry| {
            let is_left_out = is_left_out(entry);
            if let Some(count) = counts.get_mut(&entry.code).filter(|_| is_left_out) {
                *count -= 1;
            }
            !is_left_out
        });
        self.counts.retain(|_, count| *count > 0);
        self
    }

    /// Take over everything another stage recorded.
    pub fn append(&mut self, other: Diagnostics) {
        let Diagnostics { entries, mut counts } = other;
        for entry in entries {
            if let Some(left) = counts.get_mut(&entry.code) {
                *left -= 1;
            }
            self.record(entry.loss, entry.severity, &entry.code, entry.place, entry.message);
        }
        for (code, left) in counts {
            *self.counts.entry(code).or_default() += left;
        }
    }
}
