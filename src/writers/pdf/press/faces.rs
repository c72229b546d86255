//! The faces of a press edition: each subset once, before printpdf gets it, to the glyphs the pages show.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{FontId, ParsedFont, PdfDocument, PdfFont, PdfFontHandle};

use crate::font::{Face, FaceId, FontBook, GlyphId, SubsetError, subset_glyphs};
use crate::layout::frame::{Item, Page};
use crate::writers::WriteError;

/// Faces by what the pages call them.
pub(super) struct Faces {
    subsets: BTreeMap<FaceId, Subset>,
}

/// A face with the glyphs the pages show and no others.
pub(super) struct Subset {
    id: FontId,
    program: Vec<u8>,
    renamed: BTreeMap<GlyphId, GlyphId>,
    /// What is shown for glyph 0, which says nothing.
    substitute: GlyphId,
    /// Advance of each glyph as printpdf writes it, in thousandths of an em.
    widths: BTreeMap<GlyphId, i64>,
}

impl Faces {
    pub(super) fn of(pages: &[Page], book: &FontBook) -> Result<Faces, SubsetError> {
        let mut shown: BTreeMap<FaceId, BTreeSet<GlyphId>> = BTreeMap::new();
        for placed in pages.iter().flat_map(|page| &page.items) {
            if let Item::Glyphs(run) = &placed.item {
                let substitute = super::super::substitute(book.face(run.face));
                let glyphs = shown.entry(run.face).or_default();
                glyphs.extend(run.glyphs.iter().map(|glyph| if glyph.id.0 == 0 { substitute } else { glyph.id }));
            }
        }
        let subset = |(id, glyphs)| Ok((id, Subset::new(book.face(id), id, &glyphs)?));
        Ok(Faces { subsets: shown.into_iter().map(subset).collect::<Result<_, SubsetError>>()? })
    }

    /// Hand every face to the document.
    pub(super) fn add_to(&self, pdf: &mut PdfDocument) -> Result<(), WriteError> {
        for subset in self.subsets.values() {
            let font = ParsedFont::from_bytes(&subset.program, 0, &mut Vec::new())
                .ok_or_else(|| WriteError::Unwritable(format!("printpdf cannot read the subset {}", subset.id.0)))?;
            pdf.resources.fonts.map.insert(subset.id.clone(), PdfFont::new(font));
        }
        Ok(())
    }

    pub(super) fn subset(&self, face: FaceId) -> &Subset {
        &self.subsets[&face]
    }
}

impl Subset {
    fn new(face: &Face, id: FaceId, glyphs: &BTreeSet<GlyphId>) -> Result<Subset, SubsetError> {
        let (program, renamed) = subset_glyphs(face, glyphs)?;
        let per_em = f32::from(face.units_per_em().max(1));
        let width = |glyph: &GlyphId| (face.advance(*glyph) as f32 * 1000.0 / per_em) as i64;
        let widths = glyphs.iter().map(|glyph| (*glyph, width(glyph))).collect();
        let substitute = super::super::substitute(face);
        Ok(Subset { id: FontId(name(face, id)), program, renamed, substitute, widths })
    }

    pub(super) fn handle(&self) -> PdfFontHandle {
        PdfFontHandle::External(self.id.clone())
    }

    /// What a glyph is called in the subset, and how wide it is in thousandths of an em.
    pub(super) fn glyph(&self, glyph: GlyphId) -> (u16, i64) {
        let glyph = if glyph.0 == 0 { self.substitute } else { glyph };
        (self.renamed[&glyph].0, self.widths[&glyph])
    }
}

/// A subset's name: six letters of its own, and the face's (ISO 32000-1 §9.6.4).
fn name(face: &Face, id: FaceId) -> String {
    let mut number = usize::from(id.0);
    let letters: String = (0..6)
        .map(|_| {
            let letter = char::from(b'A' + (number % 26) as u8);
            number /= 26;
            letter
        })
        .collect();
    let stem = face.file.rsplit('/').next().unwrap_or(&face.file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let plain: String = stem.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    format!("{letters}+{}", if plain.is_empty() { "Face" } else { &plain })
}
