//! Headings: kept with their text, on a whole number of lines (clreq §2.3.3, §4.1).

use super::{Row, RowHeading, Setter, Start};
use crate::document::{Block, Inline, Level, plain_text};
use crate::layout::structure::{NodeId, Role};
use crate::layout::style::{Flow, Text};
use crate::length::{Em, Length};
use crate::themes::Alignment;

impl<'a> Setter<'a> {
    pub(super) fn heading(&mut self, block: &Block, level: Level, content: &'a [Inline], flow: &Flow) {
        let style = self.edition.theme.headings[usize::from(level.get()) - 1].clone();
        let words = plain_text(content).replace('\n', " ");
        let rank = self.rank(level.get());
        let title = if words.trim().is_empty() { "—".to_owned() } else { words.clone() };
        let node = self.structure.add(flow.node, Role::Heading { rank, title });
        let opens_chapter = self.is_book && level == Level::FIRST && flow.enclosure.is_none() && flow.on_grid;
        self.page_break |= opens_chapter;
        let mut text = Text::of(&style);
        if text.align == Alignment::Justify {
            text.align = Alignment::Start;
        }
        let first = self.galley.rows.len();
        let rows = self.balanced_rows(content, flow, text, node);
        let starts_page = self.page_break;
        self.push_rows(rows, flow);
        if self.galley.rows.len() == first {
            return;
        }
        self.settle(first, style.space_before, style.space_after, flow);
        for row in &mut self.galley.rows[first..] {
            row.keep_with_next = true;
        }
        let pitch = self.edition.theme.body.pitch;
        let row = &mut self.galley.rows[first];
        if starts_page && row.start == Start::Page && opens_chapter {
            // A chapter opens lower on its page; space before a row counts for nothing there.
            row.extent += pitch * 2;
            row.lower(pitch * 2);
        }
        let heading = RowHeading {
            level: level.get(),
            words,
            id: block.attributes.id.clone(),
            top_level: self.is_top(flow.node),
        };
        if let Some(last) = self.galley.rows.last_mut() {
            last.heading = Some(heading);
        }
    }

    /// Display lines: where they must break they come out nearly equal, never with a character or two on the last.
    pub(super) fn balanced_rows(&mut self, content: &[Inline], flow: &Flow, text: Text, node: NodeId) -> Vec<Row> {
        let place = self.balanced(content, flow, text).unwrap_or_else(|| flow.clone());
        self.text_rows(content, &place, text, Em::ZERO, node)
    }

    /// The narrowest place that takes no more lines than the flow does; none when one line is enough.
    fn balanced(&mut self, content: &[Inline], flow: &Flow, text: Text) -> Option<Flow> {
        let widths = self.line_widths(content, flow, text);
        if widths.len() < 2 || plain_text(content).contains('\n') {
            return None;
        }
        let even = widths.iter().copied().sum::<Length>() / widths.len() as i64;
        for spare in 1..=4 {
            let measure = even + text.size * spare;
            if measure >= flow.measure {
                return None;
            }
            let shift = if text.align == Alignment::Center { (flow.measure - measure) / 2 } else { Length::ZERO };
            let place = Flow { start: flow.start + shift, measure, ..flow.clone() };
            if self.line_widths(content, &place, text).len() == widths.len() {
                return Some(place);
            }
        }
        None
    }

    /// The rank a heading has in the structure: levels that skip are closed up, for ranks may not (ISO 14289-1 §7.4.2).
    pub(super) fn rank(&mut self, level: u8) -> u16 {
        while self.ranks.last().is_some_and(|above| *above >= level) {
            self.ranks.pop();
        }
        self.ranks.push(level);
        self.ranks.len() as u16
    }
}
