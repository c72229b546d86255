//! What must be known of the whole document before its blocks are written.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{BlockKind, Document, Inline, Level, anchor_of_words, plain_text, walk_blocks, walk_inlines};

/// The anchors of a document's headings, each with the heading's words, in order.
pub struct Headings(Vec<(String, String)>);

impl Headings {
    pub fn of(document: &Document) -> Headings {
        let mut headings = Vec::new();
        walk_blocks(&document.blocks, &mut |block| {
            if let (BlockKind::Heading { content, .. }, Some(id)) = (&block.kind, &block.attributes.id) {
                headings.push((id.clone(), plain_text(content)));
            }
        });
        Headings(headings)
    }

    /// Anchors the reader would not find by itself: it gives each heading the anchor of its words, numbered when taken.
    pub fn own(&self) -> BTreeSet<String> {
        let mut written = BTreeSet::new();
        let mut taken: BTreeSet<&str> = BTreeSet::new();
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        for (id, words) in &self.0 {
            let anchor = anchor_of_words(words);
            let mut expected = anchor.clone();
            if taken.contains(expected.as_str()) {
                let last = numbers.entry(anchor.clone()).or_insert(1);
                while taken.contains(expected.as_str()) {
                    *last += 1;
                    expected = format!("{anchor}-{last}");
                }
            }
            if expected != *id {
                written.insert(id.clone());
            }
            taken.insert(id);
        }
        written
    }

    /// Anchors that links go to and that GitHub would make otherwise of the heading's words.
    pub fn unusual<'h>(&'h self, targets: &'h BTreeSet<String>) -> impl Iterator<Item = String> + 'h {
        let is_unusual = |(id, words): &&(String, String)| targets.contains(id) && github_anchor(words) != *id;
        self.0.iter().filter(is_unusual).map(|(id, _)| id.clone())
    }

    /// Anchors of headings whose words an earlier heading has too.
    pub fn again(&self) -> impl Iterator<Item = String> + '_ {
        let mut seen = BTreeSet::new();
        self.0.iter().filter(move |(_, words)| !seen.insert(words.as_str())).map(|(id, _)| id.clone())
    }
}

/// The anchor GitHub gives a heading: its words in lower case, without punctuation, spaces as hyphens.
fn github_anchor(words: &str) -> String {
    let kept = words.trim().chars().filter(|one| one.is_alphanumeric() || matches!(one, '_' | '-' | ' '));
    kept.flat_map(char::to_lowercase).map(|one| if one == ' ' { '-' } else { one }).collect()
}

/// Anchors that links of the document go to.
pub fn targets(document: &Document) -> BTreeSet<String> {
    fn collect(inlines: &[Inline], targets: &mut BTreeSet<String>) {
        for inline in inlines {
            if let Inline::Link(link) = inline
                && let Some(id) = link.target.strip_prefix('#')
            {
                targets.insert(id.to_owned());
            }
            collect(inline.children(), targets);
        }
    }
    let mut targets = BTreeSet::new();
    let mut see = |inlines: &[Inline]| collect(inlines, &mut targets);
    walk_inlines(&document.blocks, &mut |inlines| see(inlines));
    document.notes.values().for_each(|blocks| walk_inlines(blocks, &mut |inlines| see(inlines)));
    targets
}

/// Levels that headings go down so that a title in the front matter is the only one of the first level.
///
/// None where there is no title, where the first heading is the title, and where there is no room below.
pub fn heading_shift(document: &Document) -> usize {
    if document.metadata.title.is_none() || document.title_heading().is_some() {
        return 0;
    }
    let (mut highest, mut lowest) = (Level::DEEPEST, Level::FIRST);
    walk_blocks(&document.blocks, &mut |block| {
        if let BlockKind::Heading { level, .. } = &block.kind {
            highest = highest.min(*level);
            lowest = lowest.max(*level);
        }
    });
    usize::from(highest == Level::FIRST && lowest < Level::DEEPEST)
}
