//! Gives every heading an anchor, unique in its document.

use std::collections::{HashMap, HashSet};

use crate::diagnostics::Diagnostics;
use crate::document::{Block, BlockKind, Document, anchor_of_words, plain_text, walk_blocks, walk_blocks_mut};

/// Headings without an anchor get one from their words: letters and digits of any script kept, spaces as hyphens.
/// An anchor met twice is numbered.
pub fn anchors(document: &mut Document, _: &mut Diagnostics) {
    let mut names = Names::default();
    // Most blocks of a long document have no anchor and get none; they are looked at once.
    let mut anchored = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let mut is_anchored = false;
        walk_blocks(std::slice::from_ref(block), &mut |block| {
            is_anchored |= matches!(block.kind, BlockKind::Heading { .. });
            if let Some(id) = &block.attributes.id {
                is_anchored = true;
                names.given.insert(id.clone());
            }
        });
        anchored.extend(is_anchored.then_some(index));
    }
    for index in anchored {
        names.give(&mut document.blocks[index]);
    }
}

/// Anchors of a document while they are given out. The sets are only asked, never listed: their order does not show.
#[derive(Default)]
struct Names {
    /// Of the source, to blocks still to come.
    given: HashSet<String>,
    used: HashSet<String>,
    /// The last number a name was given, so that many headings of the same words take no longer than others.
    numbers: HashMap<String, u32>,
}

impl Names {
    /// Name the headings of a block, and number the anchors met before.
    fn give(&mut self, block: &mut Block) {
        walk_blocks_mut(std::slice::from_mut(block), &mut |block| match (&block.attributes.id, &block.kind) {
            // Of equal anchors in the source the first one keeps its name.
            (Some(id), _) if self.given.remove(id) => {
                self.used.insert(id.clone());
            }
            (Some(id), _) => block.attributes.id = Some(self.free(id.clone())),
            (None, BlockKind::Heading { content, .. }) => {
                block.attributes.id = Some(self.free(anchor_of_words(&plain_text(content))));
            }
            (None, _) => {}
        });
    }

    /// `wanted`, or with the first number from 2 that makes it new.
    fn free(&mut self, wanted: String) -> String {
        let mut id = wanted.clone();
        if self.is_taken(&id) {
            let mut number = self.numbers.get(&wanted).copied().unwrap_or(1);
            while self.is_taken(&id) {
                number += 1;
                id = format!("{wanted}-{number}");
            }
            self.numbers.insert(wanted, number);
        }
        self.used.insert(id.clone());
        id
    }

    fn is_taken(&self, id: &str) -> bool {
        self.used.contains(id) || self.given.contains(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Inline, Level};

    #[test]
    fn equal_headings_get_different_anchors() {
        let heading = || Block::heading(Level::FIRST, vec![Inline::text("前言：A b")]);
        let mut document = Document { blocks: vec![heading(), heading()], ..Document::default() };
        anchors(&mut document, &mut Diagnostics::new());
        let ids: Vec<_> = document.blocks.iter().map(|block| block.attributes.id.clone().unwrap_or_default()).collect();
        assert_eq!(ids, ["前言-a-b", "前言-a-b-2"]);
    }
}
