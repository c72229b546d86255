//! Notes: numbered references in the text, the notes themselves at the end of the file, and the way back.
//!
//! Each note is an `aside` of type footnote, which reading systems hide and show as a pop-up, around a list item with the
//! class names 多看 and its followers (微信读书, 掌阅) look for: `duokan-footnote`, `duokan-footnote-content`,
//! `duokan-footnote-item`. The list item carries the id, because those readers want the reference to point at it.

use std::collections::BTreeMap;

use super::escape::{attribute, escape};
use super::markup::{Markup, Medium};
use crate::diagnostics::Loss;
use crate::document::{Block, NoteId};

/// The notes referred to in one file, in the order of their first references.
#[derive(Debug, Default)]
pub struct Notes<'a> {
    numbers: BTreeMap<&'a NoteId, usize>,
    entries: Vec<Entry<'a>>,
}

#[derive(Debug)]
struct Entry<'a> {
    blocks: &'a [Block],
    references: usize,
}

impl<'a> Markup<'a> {
    pub(super) fn note_reference(&mut self, note: &'a NoteId) {
        let Some(blocks) = self.around.document.notes.get(note) else {
            let message = format!("the text refers to note {note}, which the document does not have");
            self.diagnostics.warn(Loss::Dropped, "missing-note", None, message);
            return;
        };
        let index = self.notes.numbers.get(note).copied().unwrap_or_else(|| {
            self.notes.entries.push(Entry { blocks, references: 0 });
            self.notes.numbers.insert(note, self.notes.entries.len() - 1);
            self.notes.entries.len() - 1
        });
        self.notes.entries[index].references += 1;
        let number = index + 1;
        let id = reference_id(number, self.notes.entries[index].references);
        if self.in_link {
            // Links do not nest: within one, the number must do.
            self.out.push_str(&format!("<sup id=\"{id}\">[{number}]</sup>"));
            return;
        }
        let semantics = match self.around.medium {
            Medium::Book => " epub:type=\"noteref\"",
            Medium::Page => "",
        };
        self.out.push_str(&format!(
            "<sup class=\"noteref\"><a class=\"duokan-footnote\" id=\"{id}\" href=\"#fn-{number}\"{semantics} \
             role=\"doc-noteref\">[{number}]</a></sup>"
        ));
    }

    /// Take in the notes nothing refers to: they have no place of their own, but their words are not lost.
    pub fn gather_unreferenced_notes(&mut self) {
        for (id, blocks) in &self.around.document.notes {
            if !self.around.anchors.refers_to(id) {
                self.notes.entries.push(Entry { blocks, references: 0 });
                let message = format!("nothing refers to note {id}; it stands after the others");
                self.diagnostics.warn(Loss::Substituted, "unreferenced-note", None, message);
            }
        }
    }

    /// The notes met so far and those they refer to, as the last part of the file.
    pub fn close_notes(&mut self) {
        if self.notes.entries.is_empty() {
            return;
        }
        self.out.push_str("<section class=\"notes\"");
        if self.around.medium == Medium::Book {
            attribute("epub:type", "footnotes", &mut self.out);
        }
        attribute("role", "doc-endnotes", &mut self.out);
        attribute("aria-label", self.around.labels.notes, &mut self.out);
        self.out.push_str(">\n");
        let mut next = 0;
        // A note may refer to further notes, so the list grows while it is written.
        while next < self.notes.entries.len() {
            self.note(next);
            next += 1;
        }
        self.out.push_str("</section>\n");
    }

    fn note(&mut self, index: usize) {
        let number = index + 1;
        let blocks = self.notes.entries[index].blocks;
        self.out.push_str("<aside class=\"note\"");
        if self.around.medium == Medium::Book {
            attribute("epub:type", "footnote", &mut self.out);
        }
        self.out.push_str(&format!(
            " role=\"doc-footnote\">\n<ol class=\"duokan-footnote-content\" start=\"{number}\">\n\
             <li class=\"duokan-footnote-item\" id=\"fn-{number}\">"
        ));
        let start = self.out.len();
        self.nested_blocks(blocks);
        let written = self.out.split_off(start);
        let back = self.back_links(index);
        // The way back stands in the note's first line, where it reads as the note's number.
        match written.strip_prefix("<p>") {
            Some(rest) => {
                self.out.push_str("<p>");
                self.out.push_str(&back);
                self.out.push_str(rest);
            }
            None => {
                self.out.push_str("<p>");
                self.out.push_str(&back);
                self.out.push_str("</p>\n");
                self.out.push_str(&written);
            }
        }
        self.out.push_str("</li>\n</ol>\n</aside>\n");
    }

    fn back_links(&self, index: usize) -> String {
        let number = index + 1;
        let mut links = String::new();
        if self.notes.entries[index].references == 0 {
            links.push_str(&format!("[{number}] "));
        }
        for reference in 1..=self.notes.entries[index].references {
            let words = if reference == 1 { format!("[{number}]") } else { format!("↩{reference}") };
            links.push_str("<a class=\"backlink\" role=\"doc-backlink\"");
            attribute("href", &format!("#{}", reference_id(number, reference)), &mut links);
            attribute("title", self.around.labels.back_to_text, &mut links);
            links.push('>');
            escape(&words, &mut links);
            links.push_str("</a> ");
        }
        links
    }
}

fn reference_id(number: usize, reference: usize) -> String {
    if reference == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{reference}") }
}
