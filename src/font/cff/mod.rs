//! PostScript outlines (table `CFF `) as a PDF carries them: a font program of the glyphs it shows and no others
//! (Adobe Technical Notes 5176 and 5177).
//!
//! `subsetter`, which krilla uses, lists every subroutine of a face and takes each outline apart before it writes a glyph:
//! of an article in two faces of 50,000 glyphs that was half of the time its PDF took. Here outlines are copied, and only
//! the subroutines they call are looked up. What is not plain enough for that is left to `subsetter`.

mod charstring;
mod dictionary;
mod hollow;
mod program;

use skrifa::raw::ps::cff::fd_select::FdSelect;
use skrifa::raw::ps::cff::v1::{Cff, Index};
use skrifa::raw::{FontData, FontRead};
use skrifa::{GlyphId as RawGlyphId, Tag};

pub use hollow::{hollow, shown};

use self::charstring::Subroutines;
use self::dictionary::{Entries, integers, operator};
use self::program::{Dictionary, Program};
use super::face::{Face, GlyphId};

/// Strings with a number of their own stand before those of the font (Technical Note 5176, appendix A).
const STANDARD_STRINGS: i32 = 391;

/// A font program with these glyphs in this order, numbered from 0; the first has to be the face's own glyph 0.
///
/// Nothing when the face has no `CFF ` table or one that has to be taken apart with more care: a matrix of its own
/// in each of its dictionaries, an accent composed by `endchar`, arithmetic within an outline.
pub fn program(face: &Face, glyphs: &[GlyphId]) -> Option<Vec<u8>> {
    Outlines::of(face)?.program(glyphs)
}

fn table(face: &Face) -> Option<&[u8]> {
    Some(face.tables().table_data(Tag::new(b"CFF "))?.as_bytes())
}

/// What is needed of a `CFF ` table.
struct Outlines<'a> {
    names: &'a [u8],
    top: &'a [u8],
    strings: Index<'a>,
    global: Index<'a>,
    charstrings: Index<'a>,
    selection: Option<FdSelect<'a>>,
    /// One by one what `selection` names; the only one of a face without it.
    parts: Vec<Part<'a>>,
}

/// One of the dictionaries among which a large face shares its glyphs.
struct Part<'a> {
    private: &'a [u8],
    local: Option<Index<'a>>,
}

impl<'a> Outlines<'a> {
    fn of(face: &'a Face) -> Option<Outlines<'a>> {
        let data = table(face)?;
        let cff = Cff::read(FontData::new(data)).ok()?;
        let names = data.get(usize::from(*data.get(2)?)..)?;
        let names = names.get(..cff.names().size_in_bytes()?)?;
        let top = cff.top_dicts().get(0)?;
        let at = |wanted: u16| usize::try_from(*operand(top, wanted)?.first()?).ok();
        let index = |offset: usize| Index::read(FontData::new(data.get(offset..)?)).ok();
        let (selection, parts) = match at(operator::FD_ARRAY) {
            Some(array) => {
                let selection = FdSelect::read(FontData::new(data.get(at(operator::FD_SELECT)?..)?)).ok()?;
                let array = index(array)?;
                let parts = (0..usize::from(array.count())).map(|number| Part::of(data, array.get(number)?, false));
                (Some(selection), parts.collect::<Option<_>>()?)
            }
            None => (None, vec![Part::of(data, top, true)?]),
        };
        let charstrings = index(at(operator::CHARSTRINGS)?)?;
        Some(Outlines { names, top, strings: cff.strings(), global: cff.global_subrs(), charstrings, selection, parts })
    }

    fn program(&self, glyphs: &[GlyphId]) -> Option<Vec<u8>> {
        let mut chosen: Vec<u16> = Vec::new();
        let mut selection = Vec::with_capacity(glyphs.len());
        let mut charstrings = Vec::with_capacity(glyphs.len());
        for glyph in glyphs {
            let part = match &self.selection {
                Some(selection) => selection.font_index(RawGlyphId::new(u32::from(glyph.0)))?,
                None => 0,
            };
            let local = self.parts.get(usize::from(part))?.local.as_ref();
            let subroutines = Subroutines { global: &self.global, local };
            charstrings.push(charstring::inlined(self.charstrings.get(usize::from(glyph.0))?, &subroutines)?);
            let place = chosen.iter().position(|one| *one == part).unwrap_or_else(|| {
                chosen.push(part);
                chosen.len() - 1
            });
            selection.push(u8::try_from(place).ok()?);
        }
        let private = |part: &u16| without_subroutines(self.parts[usize::from(*part)].private);
        let mut strings = Vec::new();
        let program = Program {
            names: self.names,
            top: self.kept(&mut strings),
            strings,
            dictionaries: chosen.iter().map(private).collect(),
            selection,
            charstrings,
        };
        program.bytes()
    }

    /// Copyright, notice and box, with the strings they name.
    fn kept(&self, strings: &mut Vec<&'a [u8]>) -> Dictionary {
        let mut kept = Dictionary::default();
        for wanted in [operator::COPYRIGHT, operator::NOTICE] {
            let number = operand(self.top, wanted).and_then(|found| found.first().copied());
            let own = number.and_then(|number| usize::try_from(number - STANDARD_STRINGS).ok());
            if let Some(string) = own.and_then(|own| self.strings.get(own)) {
                kept.string(strings.len(), wanted);
                strings.push(string);
            }
        }
        for wanted in [operator::FONT_MATRIX, operator::FONT_BOX] {
            if let Some((_, operands)) = Entries::of(self.top).find(|(found, _)| *found == wanted) {
                kept.raw(operands, wanted);
            }
        }
        kept
    }
}

impl<'a> Part<'a> {
    /// Nothing when it has a matrix of its own, unless it is the dictionary of the whole face.
    fn of(data: &'a [u8], dictionary: &'a [u8], is_whole: bool) -> Option<Part<'a>> {
        if !is_whole && operand(dictionary, operator::FONT_MATRIX).is_some() {
            return None;
        }
        let place = operand(dictionary, operator::PRIVATE)?;
        let [size, start] = place[..] else { return None };
        let (size, start) = (usize::try_from(size).ok()?, usize::try_from(start).ok()?);
        let private = data.get(start..)?.get(..size)?;
        let local = match operand(private, operator::SUBROUTINES) {
            Some(offset) => {
                let offset = usize::try_from(*offset.first()?).ok()?;
                Some(Index::read(FontData::new(data.get(start..)?.get(offset..)?)).ok()?)
            }
            None => None,
        };
        Some(Part { private, local })
    }
}

/// The whole numbers before an operator of a dictionary.
fn operand(dictionary: &[u8], wanted: u16) -> Option<Vec<i32>> {
    Entries::of(dictionary).find(|(found, _)| *found == wanted).map(|(_, operands)| integers(operands))
}

/// A private dictionary without the place of its subroutines: there are none any more.
fn without_subroutines(private: &[u8]) -> Dictionary {
    let mut kept = Dictionary::default();
    for (found, operands) in Entries::of(private).filter(|(found, _)| *found != operator::SUBROUTINES) {
        kept.raw(operands, found);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{FontBook, Role, Slant, Weight};
    use skrifa::MetadataProvider;
    use skrifa::outline::DrawSettings;
    use skrifa::outline::pen::SvgPen;
    use skrifa::prelude::{LocationRef, Size};

    /// The outline of a glyph.
    fn drawn(font: &skrifa::FontRef<'_>, glyph: u16) -> String {
        let mut pen = SvgPen::new();
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        let outline = font.outline_glyphs().get(RawGlyphId::new(u32::from(glyph))).expect("it has an outline");
        outline.draw(settings, &mut pen).expect("it can be drawn");
        pen.to_string()
    }

    /// The face's tables around another `CFF `.
    fn around(face: &Face, cff: &[u8], glyphs: u16) -> Vec<u8> {
        let mut builder = write_fonts::FontBuilder::new();
        builder.add_raw(Tag::new(b"CFF "), cff);
        let mut maxp = face.tables().table_data(Tag::new(b"maxp")).expect("maxp").as_bytes().to_vec();
        maxp[4..6].copy_from_slice(&glyphs.to_be_bytes());
        builder.add_raw(Tag::new(b"maxp"), maxp);
        for tag in [b"head", b"hhea", b"hmtx"] {
            builder.add_raw(Tag::new(tag), face.tables().table_data(Tag::new(tag)).expect("table").as_bytes());
        }
        builder.build()
    }

    #[test]
    fn a_program_draws_every_glyph_as_the_face_does() {
        let book = FontBook::bundled();
        for (role, text) in
            [(Role::Song, "版心“鸢”，——。字裡A1が한"), (Role::Hei, "黑体，（9）"), (Role::Latin, "Éfficient & so on")]
        {
            for weight in [Weight::Regular, Weight::Bold] {
                let face = book.face(book.choose(role, weight, Slant::Upright));
                let mut glyphs = vec![GlyphId(0)];
                glyphs.extend(text.chars().filter_map(|character| face.glyph(character)));
                let cff = program(face, &glyphs).expect("a bundled face is plain");
                let bytes = around(face, &cff, glyphs.len() as u16);
                let font = skrifa::FontRef::new(&bytes).expect("a font");
                for (number, glyph) in glyphs.iter().enumerate() {
                    assert_eq!(drawn(&font, number as u16), drawn(&face.tables(), glyph.0), "{} {glyph:?}", face.file);
                }
            }
        }
    }

    #[test]
    fn every_glyph_of_a_face_can_be_copied() {
        let book = FontBook::bundled();
        for role in [Role::Song, Role::Latin, Role::Math] {
            let face = book.face(book.choose(role, Weight::Regular, Slant::Upright));
            let outlines = Outlines::of(face).expect("it is plain");
            let glyphs: Vec<GlyphId> = (0..outlines.charstrings.count()).map(GlyphId).collect();
            let whole = outlines.program(&glyphs).expect("every outline is plain");
            let bytes = around(face, &whole, outlines.charstrings.count());
            let font = skrifa::FontRef::new(&bytes).expect("a font");
            for glyph in (0..outlines.charstrings.count()).step_by(97) {
                assert_eq!(drawn(&font, glyph), drawn(&face.tables(), glyph), "{} {glyph}", face.file);
            }
        }
    }
}
