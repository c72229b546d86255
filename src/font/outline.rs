//! Text as shapes, for pictures that must not depend on the fonts of whoever looks at them.

use harfrust::{Buffer, Direction, Language, Script, ShapeOptions, ShapePlan, ShaperFont};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{GlyphId as RawGlyphId, MetadataProvider};

use super::face::Face;

/// One step of a path; in ems, to the right and down from the start of the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathStep {
    Move(f32, f32),
    Line(f32, f32),
    Quadratic(f32, f32, f32, f32),
    Cubic(f32, f32, f32, f32, f32, f32),
    Close,
}

/// A line of text as a path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextOutline {
    pub steps: Vec<PathStep>,
    /// How far the line reaches, in ems.
    pub length: f32,
}

/// Which way a line runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineDirection {
    Across,
    /// From top to bottom; the baseline is the line's middle.
    Down,
}

/// The outline of a line of text in one face and language. Characters the face has not are left out.
pub fn text_outline(face: &Face, text: &str, language: &str, direction: LineDirection) -> TextOutline {
    let known: String = text.chars().filter(|character| face.glyph(*character).is_some()).collect();
    let way = match direction {
        LineDirection::Across => Direction::LeftToRight,
        LineDirection::Down => Direction::TopToBottom,
    };
    let script = Script::from_iso15924_tag(harfrust::Tag::new(b"Hani"));
    let language = Language::new(language);
    let plan = ShapePlan::new(face.font(), way, script, language.as_ref(), &[]);
    let mut buffer = Buffer::new();
    buffer.push_str(&known);
    buffer.set_direction(way);
    buffer.set_script(script);
    buffer.set_language(language);
    let mut line = TextOutline::default();
    if harfrust::shape(&ShaperFont::new(face.font()), &mut buffer, ShapeOptions::new().plan(Some(&plan))).is_err() {
        return line;
    }
    let em = 1.0 / f32::from(face.units_per_em());
    let tables = face.tables();
    let outlines = tables.outline_glyphs();
    let weight = LocationRef::new(face.font().normalized_coords());
    let mut origin = (0.0, 0.0);
    for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
        let place = (origin.0 + position.x_offset as f32 * em, origin.1 - position.y_offset as f32 * em);
        let mut pen = Pen { steps: &mut line.steps, place, em };
        if let Some(outline) = outlines.get(RawGlyphId::new(info.glyph_id)) {
            // A broken outline leaves its glyph unfinished; the rest of the line stands.
            let _ = outline.draw(DrawSettings::unhinted(Size::unscaled(), weight), &mut pen);
        }
        origin.0 += position.x_advance as f32 * em;
        origin.1 -= position.y_advance as f32 * em;
    }
    line.length = if direction == LineDirection::Down { origin.1 } else { origin.0 };
    line
}

struct Pen<'a> {
    steps: &'a mut Vec<PathStep>,
    place: (f32, f32),
    em: f32,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.place.0 + x * self.em, self.place.1 - y * self.em)
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.steps.push(PathStep::Move(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.steps.push(PathStep::Line(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let ((cx, cy), (x, y)) = (self.at(cx, cy), self.at(x, y));
        self.steps.push(PathStep::Quadratic(cx, cy, x, y));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let ((ax, ay), (bx, by), (x, y)) = (self.at(ax, ay), self.at(bx, by), self.at(x, y));
        self.steps.push(PathStep::Cubic(ax, ay, bx, by, x, y));
    }

    fn close(&mut self) {
        self.steps.push(PathStep::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{FontBook, Role, Slant, Weight};

    #[test]
    fn a_line_is_as_long_as_its_characters() {
        let book = FontBook::bundled();
        let face = book.face(book.choose(Role::Song, Weight::Bold, Slant::Upright));
        for direction in [LineDirection::Across, LineDirection::Down] {
            let line = text_outline(face, "版心，", "zh-Hans", direction);
            assert!((line.length - 3.0).abs() < 0.001, "{direction:?} {}", line.length);
            assert!(line.steps.iter().filter(|step| **step == PathStep::Close).count() > 5);
        }
    }
}
