//! Gives every heading an anchor, unique in its document.

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostics;
use crate::document::{BlockKind, Document, anchor_of_words, plain_text, walk_blocks, walk_blocks_mut};

/// Headings without an anchor get one from their words: letters and digits of any script kept, spaces as hyphens.
/// An anchor met twice is numbered.
pub fn anchors(document: &mut Document, _: &mut Diagnostics) {
    let mut taken = BTreeSet::new();
    walk_blocks(&document.blocks, &mut |block| {
        if let Some(id) = &block.id {
            taken.insert(id.clone());
        }
    });
    let mut seen = BTreeSet::new();
    walk_blocks_mut(&mut document.blocks, &mut |block| {
        let wanted = match (&block.id, &block.kind) {
            (Some(id), _) if seen.insert(id.clone()) => return,
            (Some(id), _) => id.clone(),
            (None, BlockKind::Heading { content, .. }) => anchor_of_words(&plain_text(content)),
            (None, _) => return,
        };
        let id = free(&wanted, &taken);
        taken.insert(id.clone());
        seen.insert(id.clone());
        block.id = Some(id);
    });
}

/// `wanted`, or with the first number from 2 that makes it new.
fn free(wanted: &str, taken: &BTreeSet<String>) -> String {
    if !taken.contains(wanted) {
        return wanted.to_owned();
    }
    let numbered = (2u32..).map(|number| format!("{wanted}-{number}"));
    numbered.into_iter().find(|id| !taken.contains(id)).expect("the numbers do not end")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Inline, Level};

    #[test]
    fn equal_headings_get_different_anchors() {
        let heading = || Block::heading(Level::FIRST, vec![Inline::text("前言：A b")]);
        let mut document = Document { blocks: vec![heading(), heading()], ..Document::default() };
        anchors(&mut document, &mut Diagnostics::new());
        let ids: Vec<_> = document.blocks.iter().map(|block| block.id.clone().unwrap_or_default()).collect();
        assert_eq!(ids, ["前言-a-b", "前言-a-b-2"]);
    }
}
