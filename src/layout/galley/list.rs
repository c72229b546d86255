//! Lists, task lists and definition lists: labels hang before the text (clreq §3.4.1, 凸排).

use super::Setter;
use super::row::Row;
use crate::document::{Block, DefinitionItem, Inline, ListItem, ListMarks, NumberDelimiter, Numeral};
use crate::layout::structure::{Numbering, Role};
use crate::layout::style::{Flow, Text, first_line_indent};
use crate::length::{Em, Length};
use crate::themes::{Alignment, Family};

/// Indent of an item's text, and least room for its label.
const HANG: Em = Em(2 * crate::length::UNITS);

/// Between a label and its text.
const LABEL_GAP: Em = Em(crate::length::UNITS / 2);

impl<'a> Setter<'a> {
    pub(super) fn list(&mut self, marks: ListMarks, items: &'a [ListItem], flow: &Flow) {
        let node = self.structure.add(flow.node, Role::List { numbering: numbering(marks) });
        let widest = (0..items.len()).map(|index| label_width(&label(marks, &items[index], index))).max();
        let hang = HANG.max(Em(ceil_to_em(widest.unwrap_or(Em::ZERO) + LABEL_GAP)));
        for (index, item) in items.iter().enumerate() {
            let item_node = self.structure.add(node, Role::ListItem);
            let label_node = self.structure.add(item_node, Role::Label);
            let body = self.structure.add(item_node, Role::ListBody);
            let inner = Flow { node: body, indent: Em::ZERO, ..flow.indented(hang, Em::ZERO) };
            let label = label(marks, item, index);
            let text = Text { align: Alignment::Start, ..flow.text };
            let label_rows = self.text_rows(&[Inline::text(label)], flow, text, Em::ZERO, label_node);
            let mut rows = self.rows_of(|setter| setter.item_blocks(&item.blocks, &inner));
            if rows.is_empty() {
                let blank = Row::blank(flow.text.pitch);
                rows.push(Row { baseline: Some(flow.text.baseline()), on_grid: flow.on_grid, ..blank });
            }
            put_label(&mut rows[0], label_rows, inner.start, flow);
            self.galley.rows.append(&mut rows);
        }
    }

    /// An item's paragraphs; those after the first are indented, to be told from it.
    fn item_blocks(&mut self, blocks: &'a [Block], flow: &Flow) {
        let Some((first, others)) = blocks.split_first() else { return };
        self.block(first, flow);
        let indent = first_line_indent(self.edition.theme.body.indent, &flow.language);
        self.blocks(others, &Flow { indent, ..flow.clone() });
    }

    pub(super) fn definitions(&mut self, items: &'a [DefinitionItem], flow: &Flow) {
        let node = self.structure.add(flow.node, Role::List { numbering: Numbering::None });
        for item in items {
            let item_node = self.structure.add(node, Role::ListItem);
            let label = self.structure.add(item_node, Role::Label);
            let text = Text { family: Family::Hei, bold: true, align: Alignment::Start, ..flow.text };
            for term in &item.terms {
                let first = self.galley.rows.len();
                let rows = self.text_rows(term, flow, text, Em::ZERO, label);
                self.push_paragraph(rows, flow);
                self.galley.rows[first..].iter_mut().for_each(|row| row.keep_with_next = true);
            }
            let body = self.structure.add(item_node, Role::ListBody);
            let inner = Flow { node: body, indent: Em::ZERO, ..flow.indented(HANG, Em::ZERO) };
            for definition in &item.definitions {
                self.item_blocks(definition, &inner);
            }
        }
    }
}

/// Put a label before the first line of its item, its end a little before the text.
fn put_label(row: &mut Row, mut label: Vec<Row>, text_start: Length, flow: &Flow) {
    if label.is_empty() {
        return;
    }
    let mut label = label.swap_remove(0);
    let end = label.marks.iter().map(mark_end).max().unwrap_or(flow.start);
    let wanted = text_start - LABEL_GAP.at(flow.text.size) - (end - flow.start);
    // Where indents have stopped growing the label stands out before the text.
    let least = if text_start > flow.start { flow.start } else { wanted };
    label.shift(wanted.max(least) - flow.start);
    let own = flow.text.baseline();
    let below = row.baseline.unwrap_or(own) - own;
    row.absorb(label, below.max(Length::ZERO));
}

pub(super) fn mark_end(mark: &super::Mark) -> Length {
    use crate::layout::frame::Item;
    let width = match &mark.item {
        Item::Dots { count, step, .. } => *step * i64::from(*count),
        Item::Glyphs(run) => run.glyphs.iter().map(|glyph| glyph.advance).sum(),
        Item::Box { width, .. } | Item::Wave { width, .. } | Item::Picture { width, .. } => *width,
    };
    mark.inline + width
}

/// Width of a label as it will come out, near enough to choose the indent.
fn label_width(label: &str) -> Em {
    let columns: usize = label.chars().map(|c| unicode_width::UnicodeWidthChar::width_cjk(c).unwrap_or(0)).sum();
    Em(columns as i64 * crate::length::UNITS / 2)
}

fn ceil_to_em(em: Em) -> i64 {
    let unit = crate::length::UNITS;
    (em.0 + unit - 1) / unit * unit
}

fn numbering(marks: ListMarks) -> Numbering {
    match marks {
        ListMarks::Bullet => Numbering::Disc,
        ListMarks::Ordered { numeral, .. } => match numeral {
            Numeral::Decimal | Numeral::Chinese | Numeral::Circled => Numbering::Decimal,
            Numeral::LowerAlpha => Numbering::LowerAlpha,
            Numeral::UpperAlpha => Numbering::UpperAlpha,
            Numeral::LowerRoman => Numbering::LowerRoman,
            Numeral::UpperRoman => Numbering::UpperRoman,
        },
    }
}

/// What stands before an item.
fn label(marks: ListMarks, item: &ListItem, index: usize) -> String {
    match (item.done, marks) {
        (Some(true), _) => "☑".to_owned(),
        (Some(false), _) => "☐".to_owned(),
        (None, ListMarks::Bullet) => "•".to_owned(),
        (None, ListMarks::Ordered { start, numeral, delimiter }) => {
            let number = written(numeral, u64::from(start) + index as u64);
            match delimiter {
                NumberDelimiter::Period => format!("{number}."),
                NumberDelimiter::Parenthesis => format!("{number})"),
                NumberDelimiter::Parentheses => format!("（{number}）"),
                NumberDelimiter::Comma => format!("{number}、"),
                NumberDelimiter::None => number,
            }
        }
    }
}

/// A number in a list's numerals; numbers a system cannot write are decimal.
fn written(numeral: Numeral, number: u64) -> String {
    match numeral {
        Numeral::LowerAlpha => letters(number, b'a'),
        Numeral::UpperAlpha => letters(number, b'A'),
        Numeral::LowerRoman => crate::layout::frame::roman(number),
        Numeral::UpperRoman => crate::layout::frame::roman(number).to_ascii_uppercase(),
        Numeral::Chinese => chinese(number),
        Numeral::Circled => match number {
            1..=20 => char::from_u32(0x2460 + number as u32 - 1).map(String::from).unwrap_or_default(),
            21..=35 => char::from_u32(0x3251 + number as u32 - 21).map(String::from).unwrap_or_default(),
            36..=50 => char::from_u32(0x32B1 + number as u32 - 36).map(String::from).unwrap_or_default(),
            _ => format!("({number})"),
        },
        Numeral::Decimal => number.to_string(),
    }
}

/// a … z, aa … zz.
fn letters(mut number: u64, first: u8) -> String {
    let mut digits = Vec::new();
    while number > 0 {
        number -= 1;
        digits.push(char::from(first + (number % 26) as u8));
        number /= 26;
    }
    if digits.is_empty() { "0".to_owned() } else { digits.into_iter().rev().collect() }
}

/// 一 to 九千九百九十九; beyond that decimal.
fn chinese(number: u64) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    const UNITS: [&str; 4] = ["", "十", "百", "千"];
    if number == 0 || number > 9999 {
        return if number == 0 { DIGITS[0].to_owned() } else { number.to_string() };
    }
    let mut written = String::new();
    let mut gap = false;
    for place in (0..4usize).rev() {
        let digit = number / 10u64.pow(place as u32) % 10;
        if digit == 0 {
            gap = !written.is_empty();
            continue;
        }
        if gap {
            written.push('零');
            gap = false;
        }
        let leads_ten = place == 1 && digit == 1 && written.is_empty();
        if !leads_ten {
            written.push_str(DIGITS[digit as usize]);
        }
        written.push_str(UNITS[place]);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_chinese_writes_them() {
        assert_eq!(
            [1, 10, 11, 20, 105, 110, 1001].map(chinese),
            ["一", "十", "十一", "二十", "一百零五", "一百一十", "一千零一"]
        );
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([1, 26, 27, 52].map(|number| letters(number, b'a')), ["a", "z", "aa", "az"]);
    }
}
