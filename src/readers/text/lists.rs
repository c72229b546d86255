//! Lists from numbered lines, nested by their families, and sections opened by a number alone.

use super::labels::Label;
use super::number::{Family, Number};
use super::structure::Builder;
use crate::document::{Block, BlockKind, Inline, ListItem, ListMarks, NumberDelimiter, Numeral};

/// Lists nest no deeper than this; what would is put beside.
const DEEPEST: usize = 8;

/// The lists that a run of items makes.
pub(super) fn lists(builder: &mut Builder, start: usize, end: usize) -> Vec<Block> {
    nested(builder, start, end, 0)
}

fn nested(builder: &mut Builder, start: usize, end: usize, depth: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = start;
    while at < end {
        let first = item_number(builder, at);
        let Some(marks) = marks(builder, at, first) else {
            let index = builder.line(at);
            let content = builder.inlines(index, 0);
            blocks.push(Block::paragraph(content).with_origin(builder.origin(index, index)));
            at += 1;
            continue;
        };
        let mut items: Vec<ListItem> = Vec::new();
        let mut expected = first.value;
        let list_start = at;
        while at < end {
            let number = item_number(builder, at);
            let same = number.family == first.family && number.value == expected;
            if same {
                items.push(item(builder, at, number));
                expected = if first.family == Family::Bullet { number.value } else { number.value + 1 };
                at += 1;
            } else if depth < DEEPEST && !items.is_empty() && is_inside(builder, at, end, list_start, first, expected) {
                let inner_end = (at..end)
                    .find(|at| {
                        let number = item_number(builder, *at);
                        number.family == first.family && number.value == expected
                    })
                    .unwrap_or_else(|| inner_end(builder, at, end, list_start));
                let inner = nested(builder, at, inner_end, depth + 1);
                if let Some(last) = items.last_mut() {
                    last.blocks.extend(inner);
                }
                at = inner_end;
            } else {
                break;
            }
        }
        let origin = builder.origin(builder.line(list_start), builder.line(at - 1));
        let kind = BlockKind::List { marks, tight: true, items };
        blocks.push(Block::from(kind).with_origin(origin));
    }
    blocks
}

/// Whether items of another family belong to the last item: the outer family goes on after them, or they are indented.
fn is_inside(builder: &Builder, at: usize, end: usize, list_start: usize, first: Number, expected: u32) -> bool {
    let number = item_number(builder, at);
    if number.family == first.family && first.family != Family::Bullet {
        return false;
    }
    let deeper = indent(builder, at) > indent(builder, list_start);
    deeper
        || (at..end).any(|at| {
            let number = item_number(builder, at);
            number.family == first.family && number.value == expected && first.family != Family::Bullet
        })
}

/// Items indented more than the outer list go into it.
fn inner_end(builder: &Builder, at: usize, end: usize, list_start: usize) -> usize {
    let outer = indent(builder, list_start);
    (at..end).find(|at| indent(builder, *at) <= outer).unwrap_or(end)
}

fn indent(builder: &Builder, at: usize) -> u16 {
    builder.analysis.lines[builder.line(at)].indent
}

fn item_number(builder: &Builder, at: usize) -> Number {
    let number = builder.analysis.features[builder.line(at)].number;
    number.unwrap_or(Number { family: Family::Bullet, value: 0, rest: 0 })
}

fn item(builder: &mut Builder, at: usize, number: Number) -> ListItem {
    let index = builder.line(at);
    let content = builder.inlines(index, number.rest);
    ListItem { done: None, blocks: vec![Block::paragraph(content).with_origin(builder.origin(index, index))] }
}

/// How a family is written, or None where a list cannot say it (1.1, 第一步): such lines keep their numbers as text.
fn marks(builder: &Builder, at: usize, number: Number) -> Option<ListMarks> {
    let text = builder.analysis.lines[builder.line(at)].text.as_ref();
    let comma = text[..number.rest].contains('、');
    let (numeral, delimiter) = match number.family {
        Family::Bullet => return Some(ListMarks::Bullet),
        Family::ChineseComma => (Numeral::Chinese, NumberDelimiter::Comma),
        Family::ChineseBrackets => (Numeral::Chinese, NumberDelimiter::Parentheses),
        Family::Decimal if comma => (Numeral::Decimal, NumberDelimiter::Comma),
        Family::Decimal | Family::Blank | Family::TwoDigits | Family::Alone | Family::Note => {
            (Numeral::Decimal, NumberDelimiter::Period)
        }
        Family::DecimalBrackets => (Numeral::Decimal, NumberDelimiter::Parentheses),
        Family::HalfBracket => (Numeral::Decimal, NumberDelimiter::Parenthesis),
        Family::Circled => (Numeral::Circled, NumberDelimiter::None),
        Family::Letter if text.starts_with(|c: char| c.is_ascii_uppercase()) => {
            (Numeral::UpperAlpha, NumberDelimiter::Period)
        }
        Family::Letter => (Numeral::LowerAlpha, NumberDelimiter::Period),
        Family::Roman => (Numeral::UpperRoman, NumberDelimiter::Period),
        _ => return None,
    };
    Some(ListMarks::Ordered { start: number.value, numeral, delimiter })
}

/// A number alone on its line: part of the heading below it, the number of a list of sections of one paragraph each, or
/// a heading by itself.
pub(super) fn section_mark(builder: &mut Builder, at: usize, end: usize, blocks: &mut Vec<Block>) -> usize {
    let index = builder.line(at);
    if at + 1 < end && builder.label(at + 1) == Some(Label::Term) {
        builder.put_aside(index, "number of a glossary entry");
        return at + 1;
    }
    let letters = builder.analysis.lines[index].text.starts_with(|c: char| c.is_ascii_alphabetic());
    if letters && at + 1 < end && builder.label(at + 1) == Some(Label::Heading) {
        builder.put_aside(index, "number of a part");
        return at + 1;
    }
    if at + 1 < end && builder.label(at + 1) == Some(Label::Heading) {
        let below = builder.line(at + 1);
        let mut content = vec![Inline::Text(format!("{} ", builder.analysis.lines[index].text))];
        let rest = builder.inlines(below, 0);
        join_text(&mut content, rest);
        let level = builder.level(below);
        blocks.push(Block::heading(level, content).with_origin(builder.origin(index, below)));
        return at + 2;
    }
    let sections = sections(builder, at, end);
    if let Some((marks, next)) = list_of(builder, &sections) {
        let items = sections.iter().map(|(mark, _)| {
            let index = builder.line(mark + 1);
            let content = builder.inlines(index, 0);
            ListItem { done: None, blocks: vec![Block::paragraph(content).with_origin(builder.origin(index, index))] }
        });
        let items = items.collect();
        let origin = builder.origin(index, builder.line(next - 1));
        blocks.push(Block::from(BlockKind::List { marks, tight: false, items }).with_origin(origin));
        return next;
    }
    let level = builder.level_below(index);
    let content = builder.inlines(index, 0);
    blocks.push(Block::heading(level, content).with_origin(builder.origin(index, index)));
    at + 1
}

/// Put inlines after others, texts that meet made one.
pub(super) fn join_text(content: &mut Vec<Inline>, rest: Vec<Inline>) {
    let mut rest = rest.into_iter();
    if let (Some(Inline::Text(text)), Some(Inline::Text(more))) = (content.last_mut(), rest.as_slice().first()) {
        text.push_str(more);
        rest.next();
    }
    content.extend(rest);
}

/// The marks in sequence from here on, each with how many lines follow it up to the next.
fn sections(builder: &Builder, at: usize, end: usize) -> Vec<(usize, usize)> {
    let mut marks = vec![at];
    let mut expected = item_number(builder, at).value + 1;
    for place in at + 1..end {
        match builder.label(place) {
            Some(Label::SectionMark) if item_number(builder, place).value == expected => {
                marks.push(place);
                expected += 1;
            }
            Some(Label::SectionMark | Label::Heading) => break,
            _ => {}
        }
    }
    let next = |position: usize| marks.get(position + 1).copied().unwrap_or(end);
    marks.iter().enumerate().map(|(position, mark)| (*mark, next(position) - mark - 1)).collect()
}

/// The marks of a list, when every section but the last is one paragraph, and where it ends.
fn list_of(builder: &Builder, sections: &[(usize, usize)]) -> Option<(ListMarks, usize)> {
    let (last, others) = sections.split_last()?;
    let single = others.iter().all(|(_, lines)| *lines == 1);
    let paragraphs =
        sections.iter().all(|(mark, lines)| *lines >= 1 && builder.label(mark + 1) == Some(Label::Paragraph));
    if others.is_empty() || !single || !paragraphs {
        return None;
    }
    let start = item_number(builder, sections[0].0).value;
    let chinese = builder.analysis.lines[builder.line(sections[0].0)]
        .text
        .starts_with(|c: char| !c.is_ascii() && !c.is_numeric());
    let numeral = if chinese { Numeral::Chinese } else { Numeral::Decimal };
    Some((ListMarks::Ordered { start, numeral, delimiter: NumberDelimiter::Period }, last.0 + 2))
}
