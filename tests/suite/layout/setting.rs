//! Setting a paragraph in a test, and reading what came out.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use banxin::diagnostics::Diagnostics;
use banxin::document::{Inline, Language, Resource};
use banxin::font::{FaceId, FontBook, GlyphId, Role};
use banxin::layout::inline::{
    Adjustment, Composer, Line, NaturalWidth, ParagraphStyle, PieceKind, References, SetParagraph,
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

    /// Set a text on a measure that is no whole number of ems.
    pub fn set_on(&mut self, text: &str, style: &ParagraphStyle, measure: Length) -> SetParagraph {
        let references = References { resources: &BTreeMap::new(), note_label: &|_| None };
        self.composer.set_paragraph(&[Inline::text(text)], style, measure, references, &mut self.diagnostics)
    }

    /// Set inlines that show one picture.
    pub fn set_with(&mut self, name: &str, resource: Resource, content: &[Inline]) -> SetParagraph {
        let resources = BTreeMap::from([(name.to_owned(), resource)]);
        let references = References { resources: &resources, note_label: &|_| None };
        self.composer.set_paragraph(content, &flush(), SIZE * 40, references, &mut self.diagnostics)
    }

    pub fn natural_width(&mut self, text: &str, style: &ParagraphStyle) -> NaturalWidth {
        let references = References { resources: &BTreeMap::new(), note_label: &|_| None };
        self.composer.natural_width(&[Inline::text(text)], style, references)
    }

    pub fn set_code(&mut self, text: &str, style: &ParagraphStyle, ems: i64) -> SetParagraph {
        self.composer.set_code(text, style, SIZE * ems, &mut self.diagnostics)
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

/// A glyph as it stands on its line.
#[derive(Clone, Debug)]
pub struct Placed {
    /// What it stands for; empty for further glyphs of a cluster.
    pub text: String,
    /// Where its drawing begins, and where the next glyph may.
    pub at: Length,
    pub end: Length,
    pub rise: Length,
    pub size: Length,
    pub face: FaceId,
    pub id: GlyphId,
    pub ornament: bool,
}

impl Placed {
    /// Left and right of its ink on the line, and under and over the line's baseline.
    pub fn ink(&self) -> (Length, Length, Length, Length) {
        let face = fonts().face(self.face);
        let ink = face.ink(self.id).unwrap_or_default();
        let scale = |units| Length::from_font_units(units, face.units_per_em(), self.size);
        (
            self.at + scale(ink.left),
            self.at + scale(ink.right),
            self.rise + scale(ink.bottom),
            self.rise + scale(ink.top),
        )
    }

    pub fn role(&self) -> Role {
        fonts().face(self.face).role
    }
}

pub fn placed(line: &Line) -> Vec<Placed> {
    let mut glyphs = Vec::new();
    for piece in &line.pieces {
        let PieceKind::Glyphs(run) = &piece.kind else { continue };
        let mut at = piece.at;
        for glyph in &run.glyphs {
            let range = glyph.text.start as usize..glyph.text.end as usize;
            glyphs.push(Placed {
                text: run.text[range].to_owned(),
                at: at + glyph.shift.0,
                end: at + glyph.advance,
                rise: piece.rise + glyph.shift.1,
                size: run.size,
                face: run.face,
                id: glyph.id,
                ornament: run.ornament,
            });
            at += glyph.advance;
        }
    }
    glyphs
}

/// The first glyph of a line that stands for a text.
pub fn find(line: &Line, text: &str) -> Placed {
    placed(line).into_iter().find(|one| one.text == text).unwrap_or_else(|| panic!("{text} is on the line"))
}

/// From where the drawing of one text begins to where the other's does.
pub fn between(line: &Line, from: &str, to: &str) -> Length {
    find(line, to).at - find(line, from).at
}

/// Whether two lengths are the same but for rounding.
pub fn close(one: Length, other: Length) -> bool {
    (one - other).abs() < SIZE / 100
}

/// The texts of the lines.
pub fn lines(set: &SetParagraph) -> Vec<String> {
    set.lines.iter().map(|line| line_text(line).trim_end().to_owned()).collect()
}
