//! Lists and terms with what they mean from the parser's events, and what looks like a list but is none.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::blocks::Builder;
use crate::document::{BlockKind, DefinitionItem, Inline, ListItem, ListMarks, NumberDelimiter, Numeral, Origin};

impl<'m> Builder<'m, '_> {
    pub(super) fn list(&mut self, start: Option<u64>, range: &Range<usize>) -> BlockKind {
        let marks = match start {
            None => ListMarks::Bullet,
            Some(start) => {
                let head = self.marked.text[range.start..].trim_start();
                let after_number = head.trim_start_matches(|one: char| one.is_ascii_digit());
                let delimiter =
                    if after_number.starts_with(')') { NumberDelimiter::Parenthesis } else { NumberDelimiter::Period };
                let start = u32::try_from(start).unwrap_or(u32::MAX);
                ListMarks::Ordered { start, numeral: Numeral::Decimal, delimiter }
            }
        };
        let mut items = Vec::new();
        let mut tight = true;
        while let Some((Event::Start(Tag::Item), _)) = self.next() {
            let (item, is_loose) = self.item();
            tight &= !is_loose;
            items.push(item);
        }
        BlockKind::List { marks, tight, items }
    }

    /// An item, and whether it has paragraphs of its own: the parser marks those of loose lists only.
    fn item(&mut self) -> (ListItem, bool) {
        let around = self.task.take();
        let blocks = self.blocks();
        let is_loose = self.had_paragraphs;
        let done = std::mem::replace(&mut self.task, around);
        (ListItem { done, blocks }, is_loose)
    }

    pub(super) fn definitions(&mut self) -> BlockKind {
        let mut items: Vec<DefinitionItem> = Vec::new();
        while let Some((Event::Start(tag), _)) = self.next() {
            let is_term = matches!(tag, Tag::DefinitionListTitle);
            if items.last().is_none_or(|item| is_term && !item.definitions.is_empty()) {
                items.push(DefinitionItem::default());
            }
            let item = items.len() - 1;
            if is_term {
                self.terms(&mut items[item].terms);
            } else {
                let definition = self.blocks();
                items[item].definitions.push(definition);
            }
        }
        BlockKind::Definitions { items }
    }

    /// The terms before a definition, one a line.
    fn terms(&mut self, terms: &mut Vec<Vec<Inline>>) {
        self.inlines.begin(false);
        while let Some((event, range)) = self.next() {
            match event {
                Event::SoftBreak if self.inlines.is_complete() => {
                    terms.push(self.inlines.finish());
                    self.inlines.begin(false);
                }
                Event::End(_) if self.inlines.is_complete() => break,
                event => self.inlines.take(event, range.start),
            }
        }
        terms.push(self.inlines.finish());
    }

    /// Count a paragraph that begins with a number of a list in a form that Markdown does not know.
    pub(super) fn see_number(&mut self, content: &[Inline], origin: Origin) {
        if let Some(Inline::Text(text)) = content.first()
            && begins_with_foreign_number(text)
        {
            self.foreign_numbers.0 += 1;
            self.foreign_numbers.1.get_or_insert(origin.line);
        }
    }
}

/// Whether a text begins with full-width digits and a mark, or with digits and a mark that is not ASCII: `１．`, `１、`, `1、`.
fn begins_with_foreign_number(text: &str) -> bool {
    let is_wide = |one: char| ('０'..='９').contains(&one);
    let rest = text.trim_start_matches(|one: char| is_wide(one) || one.is_ascii_digit());
    let digits = &text[..text.len() - rest.len()];
    let has_digits = (1..=3).contains(&digits.chars().count());
    let has_wide_mark = rest.starts_with(['．', '、', '）', '。']);
    let has_mark = has_wide_mark || rest.starts_with(['.', ')']) && digits.starts_with(is_wide);
    has_digits && has_mark
}
