//! The document's anchors as XML ids, and the file each of them lies in.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Block, Document, Inline, NoteId, walk_blocks, walk_inlines};

/// Anchors of a document by the names the model has for them.
#[derive(Debug, Default)]
pub struct Anchors {
    places: BTreeMap<String, Place>,
    taken: BTreeSet<String>,
    /// The last number a name was given, so that a thousand headings without a Latin letter take no longer than others.
    numbers: BTreeMap<String, u32>,
    notes_seen: BTreeSet<NoteId>,
}

/// Where an anchor is.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// An NCName, unique in the whole publication.
    pub id: String,
    /// Number of the file it lies in.
    pub file: usize,
}

/// Which characters an id may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdAlphabet {
    /// Any letter: readable addresses in a web page.
    Letters,
    /// ASCII only: old reading systems do not find others.
    Ascii,
}

impl Anchors {
    /// Take in the anchors of a run of blocks and of the notes first referred to from there, all in file `file`.
    pub fn collect(&mut self, document: &Document, blocks: &[Block], file: usize, alphabet: IdAlphabet) {
        let mut waiting: Vec<&[Block]> = vec![blocks];
        while let Some(blocks) = waiting.pop() {
            walk_blocks(blocks, &mut |block| {
                if let Some(id) = &block.attributes.id {
                    self.add(id, file, alphabet);
                }
            });
            let mut notes = Vec::new();
            walk_inlines(blocks, &mut |inlines| self.collect_inlines(inlines, file, alphabet, &mut notes));
            for note in notes {
                if let Some((id, blocks)) = document.notes.get_key_value(note)
                    && self.notes_seen.insert(id.clone())
                {
                    waiting.push(blocks);
                }
            }
        }
    }

    fn collect_inlines<'a>(
        &mut self,
        inlines: &'a [Inline],
        file: usize,
        alphabet: IdAlphabet,
        notes: &mut Vec<&'a NoteId>,
    ) {
        for inline in inlines {
            match inline {
                Inline::Span(span) => {
                    if let Some(id) = &span.attributes.id {
                        self.add(id, file, alphabet);
                    }
                }
                Inline::NoteReference(note) => notes.push(note),
                _ => {}
            }
            self.collect_inlines(inline.children(), file, alphabet, notes);
        }
    }

    fn add(&mut self, anchor: &str, file: usize, alphabet: IdAlphabet) {
        if self.places.contains_key(anchor) {
            return;
        }
        let wanted = ncname(anchor, alphabet);
        let mut id = wanted.clone();
        if self.taken.contains(&id) {
            let number = self.numbers.entry(wanted.clone()).or_insert(1);
            while self.taken.contains(&id) {
                *number += 1;
                id = format!("{wanted}-{number}");
            }
        }
        self.taken.insert(id.clone());
        self.places.insert(anchor.to_owned(), Place { id, file });
    }

    /// Whether the text, or a note it refers to, refers to a note.
    pub fn refers_to(&self, note: &NoteId) -> bool {
        self.notes_seen.contains(note)
    }

    /// The place of an anchor, if the document has it.
    pub fn place(&self, anchor: &str) -> Option<&Place> {
        self.places.get(anchor)
    }
}

/// The nearest NCName (XML Names §3). Names we give ourselves start with `fn`, so no anchor may.
fn ncname(anchor: &str, alphabet: IdAlphabet) -> String {
    let allowed = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '-' | '_' | '.')
            || (alphabet == IdAlphabet::Letters && !c.is_ascii() && c.is_alphabetic() && u32::from(c) < 0xF000)
    };
    let mut name: String = anchor.chars().map(|c| if allowed(c) { c } else { '-' }).take(100).collect();
    if alphabet == IdAlphabet::Ascii && !anchor.chars().any(|c| c.is_ascii_alphanumeric()) {
        name = "a".to_owned();
    }
    if alphabet == IdAlphabet::Ascii && !anchor.is_ascii() {
        name = name.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    }
    let starts_well = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    if !starts_well || name.starts_with("fn") { format!("a-{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_name_xml_allows() {
        assert_eq!(ncname("第一章-abc", IdAlphabet::Letters), "第一章-abc");
        assert_eq!(ncname("第一章", IdAlphabet::Ascii), "a");
        assert_eq!(ncname("3 a/b", IdAlphabet::Ascii), "a-3-a-b");
        assert_eq!(ncname("fn-1", IdAlphabet::Letters), "a-fn-1");
    }
}
