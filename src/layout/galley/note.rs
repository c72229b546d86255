//! Notes: their numbers, their anchors, and the rows that stand at the foot of the page.

use std::collections::{BTreeMap, BTreeSet};

use super::Setter;
use super::row::{Mark, Row};
use crate::diagnostics::Loss;
use crate::document::{Block, BlockKind, Document, Inline, Level, NoteId, Span, walk_blocks, walk_inlines};
use crate::layout::structure::Role;
use crate::layout::style::{Flow, Text};
use crate::length::Em;

/// Each note's number, in the order of the calls.
#[derive(Debug, Default)]
pub struct NoteNumbers {
    labels: BTreeMap<NoteId, String>,
}

impl NoteNumbers {
    /// Numbers run through an article and begin anew in each chapter of a book.
    pub fn of(document: &Document, is_book: bool) -> NoteNumbers {
        let mut labels = BTreeMap::new();
        let mut number = 0u32;
        for block in &document.blocks {
            if is_book && matches!(&block.kind, BlockKind::Heading { level, .. } if *level == Level::FIRST) {
                number = 0;
            }
            walk_inlines(std::slice::from_ref(block), &mut |inlines| {
                number_calls(inlines, document, &mut number, &mut labels)
            });
        }
        NoteNumbers { labels }
    }

    pub fn labels(&self) -> &BTreeMap<NoteId, String> {
        &self.labels
    }
}

fn number_calls(inlines: &[Inline], document: &Document, number: &mut u32, labels: &mut BTreeMap<NoteId, String>) {
    for inline in inlines {
        match inline {
            Inline::NoteReference(note) if document.notes.contains_key(note) && !labels.contains_key(note) => {
                *number += 1;
                labels.insert(note.clone(), number.to_string());
                // Notes called from within a note come after it.
                let blocks = &document.notes[note];
                walk_inlines(blocks, &mut |inlines| number_calls(inlines, document, number, labels));
            }
            other => number_calls(other.children(), document, number, labels),
        }
    }
}

/// Every anchor of a document: of blocks, spans and notes.
pub(super) fn anchors(document: &Document) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let all = std::iter::once(&document.blocks).chain(document.notes.values());
    for blocks in all {
        walk_blocks(blocks, &mut |block: &Block| anchors.extend(block.attributes.id.clone()));
        walk_inlines(blocks, &mut |inlines| span_anchors(inlines, &mut anchors));
    }
    anchors
}

fn span_anchors(inlines: &[Inline], anchors: &mut BTreeSet<String>) {
    for inline in inlines {
        if let Inline::Span(Span { attributes, .. }) = inline
            && let Some(id) = &attributes.id
        {
            anchors.insert(id.clone());
        }
        span_anchors(inline.children(), anchors);
    }
}

impl<'a> Setter<'a> {
    pub(super) fn note_title(&self, note: &str) -> String {
        self.numbers.labels().get(note).cloned().unwrap_or_else(|| note.to_owned())
    }

    /// Set the notes called in the rows from `first` on that are not set yet: they are read after what called them.
    pub(super) fn set_called_notes(&mut self, first: usize, flow: &Flow) {
        let mut called: Vec<NoteId> = Vec::new();
        for row in &self.galley.rows[first.min(self.galley.rows.len())..] {
            called.extend(row.notes.iter().cloned());
        }
        let mut next = 0;
        while let Some(note) = called.get(next).cloned() {
            next += 1;
            if self.galley.notes.contains_key(&note) {
                continue;
            }
            let rows = self.note(&note, flow);
            called.extend(rows.iter().flat_map(|row| row.notes.iter().cloned()));
            self.galley.notes.insert(note, rows);
        }
    }

    fn note(&mut self, note: &NoteId, flow: &Flow) -> Vec<Row> {
        let document = self.document;
        let Some(blocks) = document.notes.get(note) else { return Vec::new() };
        let text = Text::of(&self.edition.theme.note);
        let node = self.structure.add(flow.node, Role::Note);
        let flow = Flow { node, text, indent: Em::ZERO, on_grid: false, enclosure: None, ..self.body_flow() };
        let hang = Em::ratio(2, 1);
        let inner = flow.indented(hang, Em::ZERO);
        let label = self.structure.add(node, Role::Label);
        let label_link = self.structure.add(label, Role::Link { title: self.note_title(note) });
        let words = [Inline::text(self.note_title(note))];
        let mut label_rows = self.text_rows(&words, &flow, text, Em::ZERO, label_link);
        let waiting = std::mem::take(&mut self.waiting_anchors);
        let breaks = std::mem::take(&mut self.page_break);
        let mut rows = self.rows_of(|setter| setter.blocks(blocks, &inner));
        (self.waiting_anchors, self.page_break) = (waiting, breaks);
        if rows.is_empty() {
            rows.push(Row { baseline: Some(text.baseline()), ..Row::blank(text.pitch) });
        }
        if let Some(label_row) = label_rows.first_mut() {
            self.link_back(note, label_link, label_row, &flow);
            let below = rows[0].baseline.unwrap_or(text.baseline()) - text.baseline();
            let label_row = std::mem::take(label_row);
            rows[0].absorb(label_row, below);
        }
        rows[0].anchors.push(format!("banxin-note-{note}"));
        rows
    }

    /// The label of a note leads back to its call.
    fn link_back(&mut self, note: &NoteId, node: crate::layout::structure::NodeId, row: &mut Row, flow: &Flow) {
        let width = flow.text.size * 2;
        let inline = row.marks.first().map_or(flow.start, |mark: &Mark| mark.inline);
        row.links.push(super::RowLink {
            node,
            target: format!("#banxin-call-{note}"),
            inline,
            width,
            block: (flow.text.pitch - flow.text.size) / 2,
            extent: flow.text.size,
        });
    }

    pub(super) fn report_uncalled_notes(&mut self) {
        for note in self.document.notes.keys() {
            if !self.galley.notes.contains_key(note) {
                let message = format!("the note {note} is called nowhere and has no page to stand on");
                self.diagnostics.warn(Loss::Dropped, "uncalled-note", None, message);
            }
        }
    }
}
