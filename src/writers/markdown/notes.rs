//! Notes at the end of the text.

use std::collections::BTreeSet;

use super::blocks::BlockWriter;
use super::inlines::note_label;
use crate::diagnostics::Loss;
use crate::document::{Block, Document, Inline, walk_inlines};

impl BlockWriter<'_> {
    /// The notes, those referred to in the order of their references.
    pub(super) fn notes(&mut self, document: &Document) {
        if document.notes.is_empty() {
            return;
        }
        let mut order: Vec<&str> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut see = |inlines: &[Inline]| {
            collect_notes(inlines, &mut |label| {
                if let Some((label, _)) = document.notes.get_key_value(label)
                    && seen.insert(label.as_str())
                {
                    order.push(label);
                }
            });
        };
        walk_inlines(&document.blocks, &mut |inlines| see(inlines));
        document.notes.values().for_each(|blocks| walk_inlines(blocks, &mut |inlines| see(inlines)));
        order.extend(document.notes.keys().map(String::as_str).filter(|label| !seen.contains(label)));
        if !order.is_empty() && !self.dialect.notes {
            let message = "this flavour has no notes; they are written as paragraphs at the end";
            self.diagnostics.note(Loss::Substituted, "notes-as-paragraphs", None, message);
        }
        for label in order {
            self.note(&note_label(label), &document.notes[label]);
        }
    }

    fn note(&mut self, label: &str, blocks: &[Block]) {
        if !self.dialect.notes {
            let anchor = if self.dialect.writes_html { format!("<a id=\"note-{label}\"></a>") } else { String::new() };
            self.line(&format!("{anchor}\\[{label}\\]"), false);
            return self.blocks(blocks, false);
        }
        self.output.start_block(false);
        let nesting = self.output.open(&format!("[^{label}]: "), "    ");
        self.item_depth += 1;
        self.blocks(blocks, false);
        self.item_depth -= 1;
        self.output.close(nesting);
    }
}

fn collect_notes<'d>(inlines: &'d [Inline], see: &mut impl FnMut(&'d str)) {
    for inline in inlines {
        match inline {
            Inline::NoteReference(label) => see(label),
            other => collect_notes(other.children(), see),
        }
    }
}
