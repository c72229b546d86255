//! Shaping: characters of one face become glyphs, by the face's own tables.

use std::collections::BTreeMap;

use harfrust::{Buffer, Direction, Feature, Script, ShapeOptions, ShapePlan, ShaperFont, Tag};

use super::face::{Face, FaceId, GlyphId};

/// A shaped glyph, in the face's design units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShapedGlyph {
    pub id: GlyphId,
    /// Byte of the text its cluster starts at.
    pub cluster: u32,
    pub advance: i32,
    /// Displacement from the origin, to the right and up.
    pub shift: (i32, i32),
}

/// What a run of text is shaped as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunKind<'a> {
    /// ISO 15924 tag: `Hani`, `Latn`.
    pub script: [u8; 4],
    /// BCP 47 tag the face's `locl` listens to.
    pub language: &'a str,
    pub right_to_left: bool,
    /// Letters `a` to `z` as small capitals, where the face has them.
    pub small_capitals: bool,
}

type PlanKey = (FaceId, [u8; 4], String, bool, bool);

/// Shapes text and keeps the plans it made.
#[derive(Default)]
pub struct Shaper {
    plans: BTreeMap<PlanKey, ShapePlan>,
    buffer: Option<Buffer>,
}

impl Shaper {
    /// Shape `text`, all of one face and kind; glyphs come in the order of the line from left to right.
    ///
    /// A glyph 0 among them stands for a character the face has not.
    pub fn shape(&mut self, id: FaceId, face: &Face, text: &str, kind: RunKind<'_>, glyphs: &mut Vec<ShapedGlyph>) {
        let direction = if kind.right_to_left { Direction::RightToLeft } else { Direction::LeftToRight };
        let script = Script::from_iso15924_tag(Tag::new(&kind.script));
        let language = harfrust::Language::new(kind.language);
        let features: &[Feature] = if kind.small_capitals { &[Feature::new(Tag::new(b"smcp"), 1, ..)] } else { &[] };
        let key = (id, kind.script, kind.language.to_owned(), kind.right_to_left, kind.small_capitals);
        let plan = self
            .plans
            .entry(key)
            .or_insert_with(|| ShapePlan::new(face.font(), direction, script, language.as_ref(), features));
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.clear();
        buffer.push_str(text);
        buffer.set_direction(direction);
        buffer.set_script(script);
        buffer.set_language(language);
        let font = ShaperFont::new(face.font());
        let options = ShapeOptions::new().plan(Some(plan)).features(features);
        if harfrust::shape(&font, &mut buffer, options).is_ok() {
            let both = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
            glyphs.extend(both.map(|(info, position)| ShapedGlyph {
                id: GlyphId(u16::try_from(info.glyph_id).unwrap_or(0)),
                cluster: info.cluster,
                advance: position.x_advance,
                shift: (position.x_offset, position.y_offset),
            }));
        }
        self.buffer = Some(buffer);
    }
}
