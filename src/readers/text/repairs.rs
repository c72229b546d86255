//! Keeps count of what punctuation was repaired.

use super::punctuation::{Change, Style, repair};
use crate::diagnostics::{Diagnostics, Loss, Place};

/// Changes that are kept with their places; more are only counted.
const KEPT: usize = 200;

/// Whether and how punctuation is repaired, and what was.
#[derive(Clone, Debug, Default)]
pub(super) struct Repairs {
    style: Option<Style>,
    pub changes: Vec<(Place, Change)>,
    pub count: usize,
}

impl Repairs {
    pub fn new(style: Option<Style>) -> Repairs {
        Repairs { style, ..Repairs::default() }
    }

    /// A text with its punctuation repaired, if that is wanted. `from` is where it starts in its line, in bytes.
    pub fn mend(&mut self, text: &str, line: u32, from: usize) -> String {
        let Some((mended, changes)) = self.style.and_then(|style| repair(text, style)) else {
            return text.to_owned();
        };
        self.count += changes.len();
        for change in changes {
            if self.changes.len() >= KEPT {
                break;
            }
            let column = if from == 0 { text[..change.at].chars().count() as u32 + 1 } else { 0 };
            self.changes.push((Place { line, column }, change));
        }
        mended
    }

    /// One diagnostic a change, each counted; those beyond the kept ones in one.
    pub fn report(&self, diagnostics: &mut Diagnostics) {
        for (place, change) in &self.changes {
            let message = format!("{} written as {}; --punctuation keep leaves it", change.was, change.is);
            diagnostics.note(Loss::Repaired, "punctuation", Some(*place), message);
        }
        for _ in self.changes.len()..self.count {
            diagnostics.note(Loss::Repaired, "punctuation", None, String::new());
        }
    }
}
