//! Setting a paragraph in a test, and reading what came out.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use banxin::diagnostics::Diagnostics;
use banxin::document::{Inline, Language};
use banxin::font::FontBook;
use banxin::layout::inline::{Adjustment, Composer, Line, ParagraphStyle, PieceKind, References, SetParagraph};
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

/// The faces, read once for all tests.
fn fonts() -> &'static FontBook {
    static FONTS: OnceLock<FontBook> = OnceLock::new();
    FONTS.get_or_init(FontBook::bundled)
}

/// A composer and what it reported.
pub struct Setter {
    composer: Composer<'static>,
    pub diagnostics: Diagnostics,
}

impl Setter {
    pub fn new() -> Setter {
        Setter { composer: Composer::new(fonts()), diagnostics: Diagnostics::new() }
    }

    /// Set inlines on a measure of so many ems.
    pub fn set(&mut self, content: &[Inline], style: &ParagraphStyle, ems: i64) -> SetParagraph {
        let references = References { resources: &BTreeMap::new(), note_label: &|note| Some(note.clone()) };
        self.composer.set_paragraph(content, style, SIZE * ems, references, &mut self.diagnostics)
    }

    pub fn set_text(&mut self, text: &str, style: &ParagraphStyle, ems: i64) -> SetParagraph {
        self.set(&[Inline::text(text)], style, ems)
    }
}

pub fn set_text(text: &str, style: &ParagraphStyle, ems: i64) -> SetParagraph {
    Setter::new().set_text(text, style, ems)
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
