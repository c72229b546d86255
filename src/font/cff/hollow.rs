//! Faces without outlines: the metrics of some glyphs of a face, and in place of each outline the glyph's own number.
//!
//! A writer that subsets faces by itself is given these; from what it made of one the glyphs that are shown can be read,
//! in its order, and a program with their outlines put in its place.

use skrifa::Tag;
use skrifa::raw::ps::cff::v1::Cff;
use skrifa::raw::{FontData, FontRead};
use write_fonts::FontBuilder;

use super::dictionary::{Entries, integers, operator};
use super::program::{Dictionary, Program};
use super::{Face, GlyphId, Outlines};

/// Begins the name of each hollow face.
const MARK: &str = "banxin-hollow ";

/// Tables that say how a face is measured and what it is called, taken as they are.
const METRICS: [&[u8; 4]; 3] = [b"head", b"OS/2", b"name"];

/// Some glyphs of a face, numbered in this order, as an OpenType font with nothing to see in it; the first has to be the
/// face's own glyph 0. Nothing when [`super::program`] could not fill it again.
pub fn hollow(face: &Face, glyphs: &[GlyphId]) -> Option<Vec<u8>> {
    Outlines::of(face)?;
    let number = |glyph: &GlyphId| {
        let [high, low] = glyph.0.to_be_bytes();
        [28, high, low, 14]
    };
    let name = name(face);
    let names = [&[0, 1, 2, 0, 1][..], &(name.len() as u16 + 1).to_be_bytes(), name.as_bytes()].concat();
    let program = Program {
        names: &names,
        top: Dictionary::default(),
        strings: Vec::new(),
        dictionaries: vec![Dictionary::default()],
        selection: vec![0; glyphs.len()],
        charstrings: glyphs.iter().map(number).collect(),
    };
    let count = u16::try_from(glyphs.len()).ok()?.to_be_bytes();
    let counted = |tag: &[u8; 4], at: usize| {
        let mut table = face.tables().table_data(Tag::new(tag))?.as_bytes().to_vec();
        table.get_mut(at..at + 2)?.copy_from_slice(&count);
        Some(table)
    };
    let mut builder = FontBuilder::new();
    builder.add_raw(Tag::new(b"CFF "), program.bytes()?);
    builder.add_raw(Tag::new(b"hhea"), counted(b"hhea", METRICS_COUNT)?);
    builder.add_raw(Tag::new(b"maxp"), counted(b"maxp", GLYPH_COUNT)?);
    builder.add_raw(Tag::new(b"hmtx"), widths(face, glyphs)?);
    builder.add_raw(Tag::new(b"post"), nameless(face)?);
    for tag in METRICS {
        if let Some(table) = face.tables().table_data(Tag::new(tag)) {
            builder.add_raw(Tag::new(tag), table.as_bytes());
        }
    }
    Some(builder.build())
}

/// Where `hhea` says how many glyphs have a width of their own in `hmtx` (OpenType 1.9).
const METRICS_COUNT: usize = 34;
/// Where `maxp` says how many glyphs there are.
const GLYPH_COUNT: usize = 4;
/// Bytes of `post` before the names of glyphs.
const POST_HEAD: usize = 32;

/// Advance and left bearing of each glyph (`hmtx`).
fn widths(face: &Face, glyphs: &[GlyphId]) -> Option<Vec<u8>> {
    let tables = face.tables();
    let header = tables.table_data(Tag::new(b"hhea"))?.as_bytes();
    let all = tables.table_data(Tag::new(b"hmtx"))?.as_bytes();
    let own = usize::from(u16::from_be_bytes([*header.get(METRICS_COUNT)?, *header.get(METRICS_COUNT + 1)?]));
    let mut widths = Vec::with_capacity(glyphs.len() * 4);
    for glyph in glyphs {
        let at = usize::from(glyph.0);
        // Glyphs behind the last one with a width have that of the last.
        let advance = at.min(own.checked_sub(1)?) * 4;
        let bearing = if at < own { at * 4 + 2 } else { own * 4 + (at - own) * 2 };
        widths.extend_from_slice(all.get(advance..advance + 2)?);
        widths.extend_from_slice(all.get(bearing..bearing + 2)?);
    }
    Some(widths)
}

/// `post` without names of glyphs.
fn nameless(face: &Face) -> Option<Vec<u8>> {
    let table = face.tables().table_data(Tag::new(b"post"))?;
    let mut head = table.as_bytes().get(..POST_HEAD)?.to_vec();
    head[..4].copy_from_slice(&[0, 3, 0, 0]);
    Some(head)
}

/// A face is told from all others of its book by its file and its place there.
fn name(face: &Face) -> String {
    format!("{MARK}{} {}", face.index(), face.file)
}

/// The glyphs of a face, in the order in which a font program made of its hollow twin shows them; nothing when the program
/// was made of something else.
pub fn shown(face: &Face, program: &[u8]) -> Option<Vec<GlyphId>> {
    let cff = Cff::read(FontData::new(program)).ok()?;
    if cff.name(0)? != name(face).as_bytes() {
        return None;
    }
    let top = cff.top_dicts().get(0)?;
    let (_, place) = Entries::of(top).find(|(found, _)| *found == operator::CHARSTRINGS)?;
    let place = usize::try_from(*integers(place).first()?).ok()?;
    let charstrings = skrifa::raw::ps::cff::v1::Index::read(FontData::new(program.get(place..)?)).ok()?;
    let number = |at: u16| {
        let number = integers(charstrings.get(usize::from(at))?.strip_suffix(&[14])?);
        // What is over 32,767 was written as less than 0.
        number.first().map(|number| GlyphId(*number as u16))
    };
    (0..charstrings.count()).map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{FontBook, Role, Slant, Weight};
    use skrifa::MetadataProvider;
    use skrifa::instance::{LocationRef, Size};
    use subsetter::GlyphRemapper;

    use super::super::RawGlyphId;

    #[test]
    fn a_hollow_face_tells_which_glyphs_were_kept_of_it() {
        let book = FontBook::bundled();
        let face = book.face(book.choose(Role::Song, Weight::Regular, Slant::Upright));
        let other = book.face(book.choose(Role::Hei, Weight::Regular, Slant::Upright));
        let kept = [0, 40_000, 17, 32_768, 300, 1].map(GlyphId);
        let all = [0, 1, 17, 300, 301, 32_768, 40_000].map(GlyphId);
        let bytes = hollow(face, &all).expect("it is plain");
        let font = skrifa::FontRef::new(&bytes).expect("a font");
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        for (number, glyph) in (0..).zip(all) {
            let width = metrics.advance_width(RawGlyphId::new(number)).expect("it has a width");
            assert_eq!(width as i64, face.advance(glyph), "{glyph:?}");
        }
        let mut remapper = GlyphRemapper::new();
        for glyph in kept {
            remapper.remap(all.iter().position(|one| *one == glyph).expect("it is there") as u16);
        }
        let subset = subsetter::subset(&bytes, 0, &remapper).expect("it can be subset");
        let font = skrifa::FontRef::new(&subset).expect("a font");
        let program = font.table_data(Tag::new(b"CFF ")).expect("CFF").as_bytes();
        assert_eq!(shown(face, program), Some(kept.to_vec()));
        assert_eq!(shown(other, program), None);
    }

    #[test]
    fn a_face_without_postscript_outlines_is_not_hollowed() {
        let book = FontBook::bundled();
        let face = book.face(book.choose(Role::Kai, Weight::Regular, Slant::Upright));
        assert!(hollow(face, &[GlyphId(0)]).is_none());
    }
}
