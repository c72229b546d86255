//! A face's character map and advances, unpacked once into flat tables.

use super::face::GlyphId;

/// Characters of one page of the table.
const PAGE: usize = 256;

/// Glyphs by character and advances by glyph.
pub(super) struct GlyphTable {
    /// Index of each page of 256 characters in `glyphs`, in pages; 0 is the empty page.
    pages: Vec<u16>,
    glyphs: Vec<u16>,
    /// By glyph, in design units.
    advances: Vec<u16>,
}

impl GlyphTable {
    pub(super) fn read(font: &harfrust::Font) -> GlyphTable {
        let mut pages = vec![0; 0x11_0000 / PAGE];
        let mut glyphs = vec![0; PAGE];
        for (character, glyph) in font.charmap().unicodes() {
            let (Ok(glyph), Some(page)) = (u16::try_from(glyph.to_u32()), pages.get_mut(character as usize / PAGE))
            else {
                continue;
            };
            if *page == 0 {
                *page = (glyphs.len() / PAGE) as u16;
                glyphs.resize(glyphs.len() + PAGE, 0);
            }
            glyphs[usize::from(*page) * PAGE + character as usize % PAGE] = glyph;
        }
        let metrics = font.glyph_metrics();
        let count = font.num_glyphs().min(u32::from(u16::MAX) + 1);
        let advance = |glyph| metrics.h_advance(harfrust::GlyphId::new(glyph)).round().clamp(0.0, 65_535.0) as u16;
        GlyphTable { pages, glyphs, advances: (0..count).map(advance).collect() }
    }

    pub(super) fn glyph(&self, character: char) -> Option<GlyphId> {
        let code = character as usize;
        let page = usize::from(self.pages[code / PAGE]);
        let glyph = self.glyphs[page * PAGE + code % PAGE];
        (glyph != 0).then_some(GlyphId(glyph))
    }

    pub(super) fn advance(&self, glyph: GlyphId) -> i64 {
        self.advances.get(usize::from(glyph.0)).copied().map_or(0, i64::from)
    }
}
