//! Faces without outlines: all the metrics of a face, and in place of each outline the glyph's own number.
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

/// Tables that say how wide a face and its glyphs are, and what it is called.
const METRICS: [&[u8; 4]; 7] = [b"head", b"hhea", b"hmtx", b"maxp", b"OS/2", b"post", b"name"];

/// The face as an OpenType font with nothing to see in it; nothing when [`super::program`] could not fill it again.
pub fn hollow(face: &Face) -> Option<Vec<u8>> {
    let outlines = Outlines::of(face)?;
    let glyphs = outlines.charstrings.count();
    let number = |glyph: u16| {
        let [high, low] = glyph.to_be_bytes();
        [28, high, low, 14]
    };
    let name = name(face);
    let names = [&[0, 1, 2, 0, 1][..], &(name.len() as u16 + 1).to_be_bytes(), name.as_bytes()].concat();
    let program = Program {
        names: &names,
        top: Dictionary::default(),
        strings: Vec::new(),
        dictionaries: vec![Dictionary::default()],
        selection: vec![0; usize::from(glyphs)],
        charstrings: (0..glyphs).map(number).collect(),
    };
    let mut builder = FontBuilder::new();
    builder.add_raw(Tag::new(b"CFF "), program.bytes()?);
    for tag in METRICS {
        if let Some(table) = face.tables().table_data(Tag::new(tag)) {
            builder.add_raw(Tag::new(tag), table.as_bytes());
        }
    }
    Some(builder.build())
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
    use subsetter::GlyphRemapper;

    #[test]
    fn a_hollow_face_tells_which_glyphs_were_kept_of_it() {
        let book = FontBook::bundled();
        let face = book.face(book.choose(Role::Song, Weight::Regular, Slant::Upright));
        let other = book.face(book.choose(Role::Hei, Weight::Regular, Slant::Upright));
        let bytes = hollow(face).expect("it is plain");
        assert!(bytes.len() < 1_000_000, "{}", bytes.len());
        let kept = [0, 40_000, 17, 32_768, 300, 1];
        let mut remapper = GlyphRemapper::new();
        for glyph in kept {
            remapper.remap(glyph);
        }
        let subset = subsetter::subset(&bytes, 0, &remapper).expect("it can be subset");
        let font = skrifa::FontRef::new(&subset).expect("a font");
        let program = font.table_data(Tag::new(b"CFF ")).expect("CFF").as_bytes();
        assert_eq!(shown(face, program), Some(kept.map(GlyphId).to_vec()));
        assert_eq!(shown(other, program), None);
    }

    #[test]
    fn a_face_without_postscript_outlines_is_not_hollowed() {
        let book = FontBook::bundled();
        assert!(hollow(book.face(book.choose(Role::Kai, Weight::Regular, Slant::Upright))).is_none());
    }
}
