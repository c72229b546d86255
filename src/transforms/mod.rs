//! Passes over a document between reading and writing: what every reader would otherwise get wrong alone.

mod anchors;
mod bind;
mod language;
mod metadata;

pub use bind::{Article, bind};

use crate::diagnostics::Diagnostics;
use crate::document::Document;

/// Changes a document in place and says what it lost.
pub type Pass = fn(&mut Document, &mut Diagnostics);

/// The passes, in order.
pub const PASSES: &[Pass] = &[metadata::metadata, language::language, anchors::anchors];

/// Run every pass.
pub fn run(document: &mut Document, diagnostics: &mut Diagnostics) {
    PASSES.iter().for_each(|pass| pass(document, diagnostics));
}

/// A change of one's own to a document between reading and writing; any closure of this shape is one. See
/// [`crate::convert::read_with`].
pub trait Transform: Sync {
    fn transform(&self, document: &mut Document, diagnostics: &mut Diagnostics);
}

impl<F: Fn(&mut Document, &mut Diagnostics) + Sync> Transform for F {
    fn transform(&self, document: &mut Document, diagnostics: &mut Diagnostics) {
        self(document, diagnostics);
    }
}
