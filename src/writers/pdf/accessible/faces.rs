//! The faces krilla is given, and the font programs that stand in the file.
//!
//! krilla is given hollow faces where there are some ([`crate::font::cff`]): it learns all it writes about a face from its
//! metrics, and the programs it makes of them are exchanged for those of the real outlines once the file is finished.

use std::collections::BTreeMap;
use std::rc::Rc;

use krilla::text::{Font, Tag};

use super::super::{pack, substitute};
use crate::font::{FaceId, FontBook, GlyphId, SubsetError, cff, subset_program};
use crate::layout::frame::{Item, Page};
use crate::options::PdfCompression;

/// Faces as krilla holds them, each opened when it is first used.
pub(super) struct Faces<'a> {
    book: &'a FontBook,
    /// The glyphs of each face that are shown as text.
    used: BTreeMap<FaceId, Glyphs>,
    shown: BTreeMap<FaceId, ShownFace>,
    outlined: BTreeMap<FaceId, Font>,
}

/// A face for text.
#[derive(Clone)]
pub(super) struct ShownFace {
    pub font: Font,
    /// Of a hollow face, its glyphs, numbered in their order.
    pub numbers: Option<Rc<Glyphs>>,
}

impl ShownFace {
    /// A glyph's number in the font krilla has.
    pub fn number(&self, glyph: GlyphId) -> u32 {
        self.numbers.as_ref().map_or(u32::from(glyph.0), |numbers| numbers.number(glyph))
    }
}

impl<'a> Faces<'a> {
    /// The faces that pages show.
    pub fn of(book: &'a FontBook, pages: &[Page]) -> Faces<'a> {
        let mut used: BTreeMap<FaceId, Glyphs> = BTreeMap::new();
        for placed in pages.iter().flat_map(|page| &page.items) {
            let Item::Glyphs(run) = &placed.item else { continue };
            let glyphs = used.entry(run.face).or_default();
            run.glyphs.iter().for_each(|glyph| glyphs.add(glyph.id));
        }
        for (id, glyphs) in &mut used {
            glyphs.add(GlyphId(0));
            glyphs.add(substitute(book.face(*id)));
            glyphs.number_all();
        }
        Faces { book, used, shown: BTreeMap::new(), outlined: BTreeMap::new() }
    }

    /// A face for text.
    pub fn shown(&mut self, id: FaceId) -> ShownFace {
        let (book, used) = (self.book, &mut self.used);
        let open = || {
            let glyphs = used.remove(&id).unwrap_or_default();
            match cff::hollow(book.face(id), &glyphs.in_order()) {
                Some(bytes) => {
                    let font = Font::new(bytes.into(), 0).expect("it was made as a font");
                    ShownFace { font, numbers: Some(Rc::new(glyphs)) }
                }
                None => ShownFace { font: outlined(book, id), numbers: None },
            }
        };
        self.shown.entry(id).or_insert_with(open).clone()
    }

    /// A face for glyphs that are drawn as shapes.
    pub fn outlined(&mut self, id: FaceId) -> Font {
        self.outlined.entry(id).or_insert_with(|| outlined(self.book, id)).clone()
    }
}

/// A set of a face's glyphs.
pub(super) struct Glyphs {
    /// A bit for each glyph, 64 together.
    bits: Vec<u64>,
    /// How many there are before each 64.
    before: Vec<u16>,
}

impl Default for Glyphs {
    fn default() -> Glyphs {
        Glyphs { bits: vec![0; 1 << 10], before: Vec::new() }
    }
}

impl Glyphs {
    fn add(&mut self, glyph: GlyphId) {
        self.bits[usize::from(glyph.0 >> 6)] |= 1 << (glyph.0 & 63);
    }

    /// Nothing more is added.
    fn number_all(&mut self) {
        let count = |before: &mut u16, bits: &u64| {
            let here = *before;
            *before = before.saturating_add(bits.count_ones() as u16);
            Some(here)
        };
        self.before = self.bits.iter().scan(0, count).collect();
    }

    /// How many come before a glyph.
    fn number(&self, glyph: GlyphId) -> u32 {
        let (place, bit) = (usize::from(glyph.0 >> 6), glyph.0 & 63);
        let lower = self.bits[place] & ((1 << bit) - 1);
        u32::from(self.before[place]) + lower.count_ones()
    }

    fn in_order(&self) -> Vec<GlyphId> {
        let mut glyphs = Vec::new();
        for (place, bits) in self.bits.iter().enumerate() {
            let mut left = *bits;
            while left != 0 {
                glyphs.push(GlyphId((place as u16) << 6 | left.trailing_zeros() as u16));
                left &= left - 1;
            }
        }
        glyphs
    }
}

fn outlined(book: &FontBook, id: FaceId) -> Font {
    let face = book.face(id);
    let variations: Vec<_> = face.variations().iter().map(|(tag, value)| (Tag::new(tag), *value)).collect();
    let font = Font::new_variable(face.data().clone().into(), face.index(), &variations);
    font.expect("every face was opened when it was loaded")
}

/// In the dictionary of a face's program.
pub(super) const KIND: &str = "/Subtype/CIDFontType0C";

/// Put the outlines into an object that holds a hollow face's program; any other object is left as it is.
///
/// Errors when the outlines of the face are broken.
pub(super) fn fill(object: &mut Vec<u8>, book: &FontBook, effort: PdfCompression) -> Result<(), SubsetError> {
    let Some(hollow) = pack::inflated(object, KIND.as_bytes()) else { return Ok(()) };
    let found = book.faces().find_map(|(_, face)| Some((face, cff::shown(face, &hollow)?)));
    if let Some((face, glyphs)) = found {
        let program = subset_program(face, &glyphs)?;
        *object = pack::stream(KIND, &program, effort);
    }
    Ok(())
}
