//! The title: over an article as a block on its first page, of a book on a page of its own.

use super::{Galley, Setter};
use crate::document::{Block, BlockKind, Inline, byline};
use crate::layout::structure::Role;
use crate::layout::style::{Flow, Text};
use crate::length::{Em, Length};
use crate::themes::{Alignment, TextStyle};

impl<'a> Setter<'a> {
    /// Title, subtitle and byline over an article. Gives the index of the heading that is the title and must not be set
    /// again.
    pub fn title_block(&mut self) -> Option<usize> {
        let document = self.document;
        let heading = document.title_heading();
        let flow = self.body_flow();
        let first = self.galley.rows.len();
        let theme = self.edition.theme.clone();
        let words = self.title_words(heading);
        if !words.is_empty() {
            let title = document.title().unwrap_or_default();
            let rank = self.rank(0);
            if let Some(id) = heading.and_then(|index| document.blocks[index].attributes.id.clone()) {
                self.waiting_anchors.push(id);
            }
            self.title_line(&words, &theme.title, Role::Heading { rank, title }, &flow);
        }
        if let Some(subtitle) = &document.metadata.subtitle {
            self.title_line(&[Inline::text(subtitle.clone())], &theme.subtitle, Role::Paragraph, &flow);
        }
        let byline = byline(&document.metadata, flow.language.region());
        if !byline.is_empty() {
            self.title_line(&byline, &theme.byline, Role::Paragraph, &flow);
        }
        if self.galley.rows.len() > first {
            // A title stands lower than the first line even at the head of its page.
            let space = theme.title.space_before.at(theme.body.pitch);
            let row = &mut self.galley.rows[first];
            row.extent += space;
            row.lower(space);
            self.settle(first, Em::ZERO, Em::ZERO, &flow);
            self.keep_with_text(first);
            let called = self.galley.rows[first..].iter().any(|row| !row.notes.is_empty());
            if called {
                self.set_called_notes(first, &flow);
            }
        }
        heading
    }

    fn title_words(&self, heading: Option<usize>) -> Vec<Inline> {
        let of_heading = heading.and_then(|index| match &self.document.blocks[index] {
            Block { kind: BlockKind::Heading { content, .. }, .. } => Some(content.clone()),
            _ => None,
        });
        let of_metadata = || self.document.metadata.title.clone().filter(|title| !title.trim().is_empty());
        of_heading.or_else(|| of_metadata().map(|title| vec![Inline::text(title)])).unwrap_or_default()
    }

    fn title_line(&mut self, content: &[Inline], style: &TextStyle, role: Role, flow: &Flow) {
        let node = self.structure.add(flow.node, role);
        let pitch = self.edition.theme.body.pitch;
        let first = self.galley.rows.len();
        let side = Em::ONE;
        let place = flow.indented(side, side);
        let mut text = Text::of(style);
        let whole: Length = self.line_widths(content, &place, text).into_iter().sum();
        if place.measure < whole && whole <= place.measure * 115 / 100 {
            // A little smaller it is one line.
            text.size = Length((i128::from(text.size.0) * i128::from(place.measure.0) / i128::from(whole.0)) as i64);
            text.size = text.size * 99 / 100;
        }
        let rows = self.balanced_rows(content, &place, text, node);
        self.push_rows(rows, flow);
        if let Some(row) = self.galley.rows.get_mut(first) {
            row.before = style.space_before.at(pitch);
        }
        if let Some(row) = self.galley.rows[first..].last_mut() {
            row.after = style.space_after.at(pitch);
        }
    }

    fn keep_with_text(&mut self, first: usize) {
        self.galley.rows[first..].iter_mut().for_each(|row| row.keep_with_next = true);
    }
}

/// A book's title page: title and subtitle over the middle, byline under them, publisher at the foot.
pub fn set_title_page(setter: &mut Setter<'_>) -> Option<Galley> {
    let metadata = setter.document.metadata.clone();
    let title = metadata.title.clone().filter(|title| !title.trim().is_empty())?;
    let flow = setter.body_flow();
    let theme = setter.edition.theme.clone();
    let larger = |style: &TextStyle, by: i64| TextStyle {
        size: style.size * by / 100,
        pitch: style.pitch * by / 100,
        align: Alignment::Center,
        ..style.clone()
    };
    let rank = setter.rank(0);
    let _ = setter.ranks.pop();
    debug_assert_eq!(rank, 1);
    setter.title_line(&[Inline::text(title)], &larger(&theme.title, 130), Role::Title, &flow);
    if let Some(subtitle) = &metadata.subtitle {
        setter.title_line(&[Inline::text(subtitle.clone())], &larger(&theme.subtitle, 115), Role::Paragraph, &flow);
    }
    let byline = byline(&metadata, flow.language.region());
    if !byline.is_empty() {
        setter.title_line(&byline, &larger(&theme.byline, 125), Role::Paragraph, &flow);
    }
    if let Some(row) = setter.galley.rows.first_mut() {
        let space = setter.edition.theme.depth() * 28 / 100;
        row.extent += space;
        row.lower(space);
    }
    if let Some(publisher) = &metadata.publisher {
        let (_, extent) = super::stack(&setter.galley.rows);
        let first = setter.galley.rows.len();
        setter.title_line(&[Inline::text(publisher.clone())], &larger(&theme.subtitle, 100), Role::Paragraph, &flow);
        let left = setter.edition.theme.depth() - extent - theme.body.pitch * 4;
        if let Some(row) = setter.galley.rows.get_mut(first) {
            row.before = left.max(Length::ZERO);
        }
    }
    Some(setter.take_galley())
}
