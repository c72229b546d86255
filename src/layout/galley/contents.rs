//! A book's list of contents, set once the pages of its headings are known.

use super::row::{Mark, Row, RowLink};
use super::{Galley, Setter};
use crate::document::{Inline, Region};
use crate::layout::frame::{Furniture, Item, Owner};
use crate::layout::structure::{NodeId, Role};
use crate::layout::style::{Flow, Text};
use crate::length::{Em, Length};
use crate::themes::Alignment;

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentsEntry {
    pub level: u8,
    pub words: String,
    pub id: Option<String>,
    /// As printed on the page.
    pub page: String,
}

/// Levels below the chapters that the list names.
const DEEPEST_LEVEL: u8 = 2;

/// The list of contents as a galley of its own; none without entries. It is read before the body.
pub fn set_contents(setter: &mut Setter<'_>, entries: &[ContentsEntry], part: NodeId) -> Galley {
    let flow = setter.body_flow();
    let words = match flow.language.region() {
        Region::Mainland => "目录",
        Region::Taiwan | Region::HongKong => "目錄",
        Region::Japan => "目次",
        Region::Korea => "차례",
        Region::Western => "Contents",
    };
    let style = setter.edition.theme.headings[0].clone();
    let heading = setter.structure.add(part, Role::Paragraph);
    let text = Text { align: Alignment::Center, ..Text::of(&style) };
    let first = setter.galley.rows.len();
    let mut rows = setter.text_rows(&[Inline::text(words)], &flow, text, Em::ZERO, heading);
    rows.iter_mut().for_each(|row| row.keep_with_next = true);
    setter.push_rows(rows, &flow);
    setter.settle(first, style.space_before, Em::ONE, &flow);
    let list = setter.structure.add(part, Role::Contents);
    for entry in entries.iter().filter(|entry| entry.level <= DEEPEST_LEVEL) {
        setter.contents_entry(entry, list, &flow);
    }
    // A few entries at least stand on the last page.
    let last = setter.galley.rows[first..].iter_mut().rev().skip(1).take(3);
    last.for_each(|row| row.keep_with_next = true);
    setter.take_galley()
}

impl Setter<'_> {
    fn contents_entry(&mut self, entry: &ContentsEntry, list: NodeId, flow: &Flow) {
        let item = self.structure.add(list, Role::ContentsEntry);
        let reference = self.structure.add(item, Role::Reference);
        let link = self.structure.add(reference, Role::Link { title: entry.words.clone() });
        let size = flow.text.size;
        let indent = Em::ratio(2 * i64::from(entry.level.saturating_sub(1)), 1);
        let text = Text { align: Alignment::Start, bold: entry.level == 1, ..flow.text };
        let place = flow.indented(indent, Em::ratio(3, 1));
        let mut rows = self.text_rows(&[Inline::text(entry.words.clone())], &place, text, Em::ZERO, link);
        let Some(last) = rows.last_mut() else { return };
        let words_end = last.marks.iter().map(super::list::mark_end).max().unwrap_or(place.start);
        let number_text = Text { align: Alignment::End, bold: false, ..text };
        let mut numbers = self.text_rows(&[Inline::text(entry.page.clone())], flow, number_text, Em::ZERO, link);
        if let Some(number) = numbers.first_mut() {
            let number_start = number.marks.iter().map(|mark| mark.inline).min().unwrap_or(flow.start + flow.measure);
            let number = std::mem::take(number);
            let below = last.baseline.unwrap_or(text.baseline()) - text.baseline();
            last.absorb(number, below);
            leaders(last, words_end + size / 2, number_start - size / 2, size, self.edition.theme.colors.rule.0);
        }
        if let Some(id) = &entry.id {
            for row in &mut rows {
                let (inline, width, extent) = (flow.start, flow.measure, row.extent);
                row.links.push(RowLink {
                    node: link,
                    target: format!("#{id}"),
                    inline,
                    width,
                    block: Length::ZERO,
                    extent,
                });
            }
        }
        self.push_paragraph(rows, flow);
    }
}

/// Dots that lead the eye from the words to the number, on one raster for the whole list.
fn leaders(row: &mut Row, from: Length, to: Length, size: Length, color: [u8; 3]) {
    let step = size / 2;
    let side = size / 12;
    let baseline = row.baseline.unwrap_or(row.extent / 2);
    let first = Length((from.0 + step.0 - 1) / step.0.max(1) * step.0);
    let room = to - side - first;
    if room <= Length::ZERO {
        return;
    }
    let count = 1 + u32::try_from((room.0 - 1) / step.0.max(1)).unwrap_or(0);
    let item = Item::Dots { count, step, side, color };
    let owner = Owner::Furniture(Furniture::Ornament);
    row.marks.push(Mark { inline: first, block: baseline - size / 4, owner, item });
}
