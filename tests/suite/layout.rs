//! The composer: proofs, which print each line with its start, width and adjustment, and rules by their names.

use std::collections::BTreeMap;

use banxin::diagnostics::Diagnostics;
use banxin::document::{Inline, Language};
use banxin::font::FontBook;
use banxin::layout::inline::{
    Adjustment, Alignment, Composer, Line, ParagraphStyle, PieceKind, References, SetParagraph,
};
use banxin::length::Length;

pub const SIZE: Length = Length::points(10);

pub fn body() -> ParagraphStyle {
    ParagraphStyle { size: SIZE, first_indent: SIZE * 2, ..ParagraphStyle::default() }
}

pub fn flush() -> ParagraphStyle {
    ParagraphStyle { first_indent: Length::ZERO, ..body() }
}

pub fn in_language(tag: &str) -> ParagraphStyle {
    ParagraphStyle { language: Language::new(tag), ..flush() }
}

/// Set inlines on a measure of so many ems.
pub fn set(content: &[Inline], style: &ParagraphStyle, ems: i64) -> (SetParagraph, Diagnostics) {
    let fonts = FontBook::bundled();
    let mut composer = Composer::new(&fonts);
    let mut diagnostics = Diagnostics::new();
    let references = References { resources: &BTreeMap::new(), note_label: &|note| Some(note.clone()) };
    let set = composer.set_paragraph(content, style, SIZE * ems, references, &mut diagnostics);
    (set, diagnostics)
}

pub fn set_text(text: &str, style: &ParagraphStyle, ems: i64) -> SetParagraph {
    set(&[Inline::text(text)], style, ems).0
}

/// The text of a line as it can be read and copied.
pub fn line_text(line: &Line) -> String {
    let runs = line.pieces.iter().filter_map(|piece| match &piece.kind {
        PieceKind::Glyphs(run) if !run.ornament => Some(&*run.text),
        _ => None,
    });
    runs.collect()
}

/// Each line as `start width adjustment | text`, in ems.
pub fn proof(set: &SetParagraph) -> String {
    let ems = |length: Length| format!("{:.3}", length.to_points() / SIZE.to_points());
    let mut proof = String::new();
    for line in &set.lines {
        let adjustment = match line.adjustment {
            Adjustment::None => String::new(),
            Adjustment::Pushed { by } => format!(" -{}", ems(by)),
            Adjustment::Opened { by } => format!(" +{}", ems(by)),
            Adjustment::Overfull { by } => format!(" !{}", ems(by)),
        };
        proof += &format!("{} {}{adjustment} | {}\n", ems(line.start), ems(line.width), line_text(line));
    }
    proof
}

#[test]
fn a_paragraph_is_indented_and_its_lines_end_on_the_measure() {
    let set =
        set_text("春天来了，园子里的花都开了：桃花、杏花、梨花，还有不知名的小花。“真好看！”孩子们说。", &body(), 12);
    for line in &set.lines[..set.lines.len() - 1] {
        assert_eq!(line.start + line.width, SIZE * 12, "{}", proof(&set));
    }
    assert_eq!(set.lines[0].start, SIZE * 2);
}

#[test]
fn a_centred_line_has_its_slack_on_both_sides() {
    let set = set_text("题目", &ParagraphStyle { alignment: Alignment::Center, ..flush() }, 10);
    assert_eq!((set.lines[0].start, set.lines[0].width), (SIZE * 4, SIZE * 2));
}

#[test]
fn quotes_in_chinese_take_the_full_frame_in_every_region() {
    for tag in ["zh-Hans", "zh-Hant", "zh-Hant-HK"] {
        let set = set_text("甲“乙”丙", &in_language(tag), 20);
        assert_eq!(set.lines[0].width, SIZE * 5, "{tag}");
    }
}
