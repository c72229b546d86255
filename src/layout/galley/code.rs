//! Preformatted text on a grid: a Latin character takes half an em, a Han character one; long lines wrap with a mark.

use std::sync::Arc;

use unicode_width::UnicodeWidthChar;

use super::Setter;
use super::row::{Mark, Row};
use crate::diagnostics::Diagnostics;
use crate::font::{FaceId, FontBook, Role as FaceRole, Slant, Weight};
use crate::layout::frame::{Furniture, Item, Owner};
use crate::layout::inline::{Glyph, GlyphRun, report_missing};
use crate::layout::structure::Role;
use crate::layout::style::{Flow, Text};
use crate::length::{Em, Length};

/// Columns from one tab stop to the next.
const TAB: usize = 4;

/// Roles in the order in which they are asked for a character of code.
const FACES: [FaceRole; 8] = {
    use FaceRole::{Emoji, Hei, Kai, Latin, Math, Mono, Song, Symbols};
    [Mono, Hei, Song, Latin, Symbols, Emoji, Math, Kai]
};

/// Faces in the order in which they are asked for a character of code; the user's own come last.
pub(super) fn code_faces(fonts: &FontBook) -> Vec<FaceId> {
    let chosen = FACES.iter().map(|role| fonts.choose(*role, Weight::Regular, Slant::Upright));
    let user = fonts.faces().filter(|(_, face)| face.role == FaceRole::User).map(|(id, _)| id);
    chosen.chain(user).collect()
}

impl Setter<'_> {
    pub(super) fn code(&mut self, text: &str, flow: &Flow) {
        let style = Text::of(&self.edition.theme.code);
        let node = self.structure.add(flow.node, Role::Code);
        let enclosure = self.enclose(flow, None);
        let inner = Flow { node, on_grid: false, enclosure: Some(enclosure), ..flow.indented(Em::ONE, Em::ONE) };
        let first = self.galley.rows.len();
        self.pad(&inner, true);
        let columns = ((inner.measure.0 * 2 / style.size.0.max(1)) as usize).max(8);
        let content = self.structure.content(node);
        let mut rows = Vec::new();
        for line in text.split('\n') {
            for (index, segment) in segments(line.trim_end_matches('\r'), columns).into_iter().enumerate() {
                if index > 0 {
                    self.wrap_mark(rows.last_mut(), &inner, style);
                }
                rows.push(self.code_row(&segment, inner.start, style, Owner::Content(content)));
            }
        }
        let count = rows.len();
        for (index, row) in rows.iter_mut().enumerate() {
            row.keep_with_next = count > 1 && (index == 0 || index + 2 == count);
        }
        self.push_rows(rows, &inner);
        self.pad(&inner, false);
        self.settle(first, Em::HALF, Em::HALF, flow);
    }

    /// A mark in the margin says that the next row belongs to the same line of code.
    fn wrap_mark(&mut self, row: Option<&mut Row>, inner: &Flow, style: Text) {
        let Some(row) = row else { return };
        let owner = Owner::Furniture(Furniture::Ornament);
        let mark = Cell { character: '↵', column: 0, width: 1 };
        let at = inner.start + inner.measure;
        let mut set = self.code_row(&[mark], at, style, owner);
        for mark in &mut set.marks {
            if let Item::Glyphs(run) = &mut mark.item {
                run.ornament = true;
                run.color = self.edition.theme.colors.rule.0;
            }
        }
        row.absorb(set, Length::ZERO);
    }

    fn code_row(&mut self, cells: &[Cell], start: Length, style: Text, owner: Owner) -> Row {
        let baseline = style.baseline();
        let mut row = Row { baseline: Some(baseline), ..Row::blank(style.pitch) };
        let half = style.size / 2;
        let mut at = 0;
        while at < cells.len() {
            let (face, _) = self.code_face(cells[at].character);
            let mut end = at + 1;
            while end < cells.len() && self.code_face(cells[end].character).0 == face {
                end += 1;
            }
            let run = self.code_run(&cells[at..end], face, style);
            let inline = start + half * cells[at].column as i64;
            row.marks.push(Mark { inline, block: baseline, owner, item: Item::Glyphs(run) });
            at = end;
        }
        row
    }

    fn code_run(&mut self, cells: &[Cell], face_id: FaceId, style: Text) -> GlyphRun {
        let fonts = self.edition.fonts.clone();
        let face = fonts.face(face_id);
        let size = face.role.relative_size().at(style.size);
        let half = style.size / 2;
        let text: String = cells.iter().map(|cell| cell.character).collect();
        let mut glyphs = Vec::with_capacity(cells.len());
        let mut byte = 0u32;
        for cell in cells {
            let end = byte + cell.character.len_utf8() as u32;
            let (_, id) = self.code_face(cell.character);
            let advance = half * cell.width as i64;
            let own = Length::from_font_units(face.advance(id), face.units_per_em(), size);
            // A glyph narrower than its cells stands in their middle.
            let shift = if cell.width == 0 { Length::ZERO } else { (advance - own) / 2 };
            glyphs.push(Glyph { id, advance, shift: (shift, Length::ZERO), text: byte..end });
            byte = end;
        }
        GlyphRun {
            face: face_id,
            size,
            text: Arc::from(text),
            glyphs,
            language: None,
            color: [0, 0, 0],
            ornament: false,
        }
    }

    /// The face and glyph of a character of code; the substitute box where no face has it, which is reported.
    fn code_face(&mut self, character: char) -> (FaceId, crate::font::GlyphId) {
        let fonts = &self.edition.fonts;
        let mut candidates = self.code_faces.iter().copied();
        let found = candidates.find_map(|id| fonts.face(id).glyph(character).map(|glyph| (id, glyph)));
        found.unwrap_or_else(|| {
            let mut met = Diagnostics::new();
            report_missing(character, &mut met);
            self.report(met);
            let id = fonts.choose(FaceRole::Hei, Weight::Regular, Slant::Upright);
            (id, fonts.face(id).glyph('□').unwrap_or(crate::font::GlyphId(1)))
        })
    }
}

/// A character on the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    character: char,
    column: usize,
    width: usize,
}

/// A line of code cut into rows of at most so many columns; tabs become spaces, other controls are left out.
fn segments(line: &str, columns: usize) -> Vec<Vec<Cell>> {
    let mut segments = vec![Vec::new()];
    let mut column = 0;
    let mut place = |character: char, width: usize| {
        if column + width > columns {
            segments.push(Vec::new());
            column = 0;
        }
        let row = segments.last_mut().expect("there is always a row");
        row.push(Cell { character, column, width });
        column += width;
    };
    let mut stop = 0usize;
    for character in line.chars() {
        if character == '\t' {
            let spaces = TAB - stop % TAB;
            (0..spaces).for_each(|_| place(' ', 1));
            stop += spaces;
        } else if let Some(width) = character.width() {
            // Ambiguous characters such as — and “ are as wide as a Han character only in Han faces; here they are code.
            place(character, width);
            stop += width;
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_han_character_takes_two_columns_and_a_long_line_wraps() {
        let rows = segments("ab中文c", 4);
        let texts: Vec<String> = rows.iter().map(|row| row.iter().map(|cell| cell.character).collect()).collect();
        assert_eq!(texts, ["ab中", "文c"]);
    }

    #[test]
    fn tabs_lead_to_the_next_stop() {
        assert_eq!(segments("a\tb", 80)[0].last().map(|cell| cell.column), Some(4));
    }
}
