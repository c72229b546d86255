//! Why each line was taken for what it was.

use std::fmt;

use super::evidence::Reason;
use super::labels::{Label, Zone};
use super::punctuation::Change;
use crate::diagnostics::Place;

/// A line with its label and the reasons.
#[derive(Clone, Debug)]
pub struct ExplainedLine {
    /// From 1.
    pub line: u32,
    pub text: String,
    pub label: Label,
    pub zone: Zone,
    /// Level of a heading.
    pub level: Option<u8>,
    pub score: i32,
    /// The next best label by the line's own score.
    pub second: Option<(Label, i32)>,
    /// What spoke for and against the label.
    pub reasons: Vec<Reason>,
}

/// The reading of a text, line by line.
#[derive(Clone, Debug, Default)]
pub struct Explanation {
    pub encoding: String,
    pub language: String,
    /// Lines that were joined to the one before them.
    pub joined: usize,
    pub lines: Vec<ExplainedLine>,
    /// Punctuation that was repaired; more changes than are listed are only counted.
    pub changes: Vec<(Place, Change)>,
    pub changed: usize,
}

/// Characters of a line that are shown.
const SHOWN: usize = 40;

impl fmt::Display for Explanation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "encoding {}, language {}, {} wrapped lines joined", self.encoding, self.language, self.joined)?;
        for line in &self.lines {
            let mut text: String = line.text.chars().take(SHOWN).collect();
            if line.text.chars().count() > SHOWN {
                text.push('…');
            }
            let level = line.level.map_or(String::new(), |level| format!(" {level}"));
            writeln!(out, "{:>6}  {}{level} ({}) {:+}  {text}", line.line, line.label, line.zone.name(), line.score)?;
            for reason in &line.reasons {
                writeln!(out, "        {:+} {}", reason.points, reason.because)?;
            }
            if let Some((label, score)) = line.second {
                writeln!(out, "        else {label} {score:+}")?;
            }
        }
        if self.changed > 0 {
            writeln!(out, "{} punctuation marks repaired", self.changed)?;
        }
        for (place, change) in &self.changes {
            writeln!(out, "{:>6}:{}  {} → {}", place.line, place.column, change.was, change.is)?;
        }
        Ok(())
    }
}
