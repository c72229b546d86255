//! The slug: one line outside the trim that says which page of what this is, and for which inks.

use std::sync::Arc;

use super::super::Job;
use super::super::accessible::title;
use crate::font::{FaceId, FontBook, GlyphId, Role, Slant, Weight};
use crate::layout::frame::{Furniture, Item, Owner, Page, Placed, Point};
use crate::layout::inline::{Glyph, GlyphRun};
use crate::length::Length;
use crate::options::{Ink, PressOptions};

/// Size of its type in points.
const SIZE: i64 = 6;
/// A title may be long; the line must end before the register mark in the middle.
const MOST_CHARACTERS: usize = 60;

/// The line's runs, placed over the page, right of the corner mark.
pub(super) fn slug(job: &Job<'_>, page: &Page, index: usize, press: PressOptions) -> Vec<Placed> {
    let inks = match press.ink {
        Ink::Gray => "K",
        Ink::Cmyk => "C M Y K",
    };
    let version = env!("CARGO_PKG_VERSION");
    let (number, of, name) = (index + 1, job.layout.pages.len(), page.number.written());
    let tail = format!("  {name}  {number}/{of}  {inks}  banxin {version}");
    let size = Length::points(SIZE);
    let mut at =
        Point { x: Length::from_millimetres(2.0), y: Length::ZERO - press.bleed - Length::from_millimetres(3.0) };
    // Half the page, less the register mark.
    let end = page.width / 2 - Length::from_millimetres(5.0);
    let mut runs: Vec<Placed> = Vec::new();
    let head: Vec<char> = title(job).chars().take(MOST_CHARACTERS).collect();
    let fonts = &job.edition.fonts;
    let width = |words: &str| words.chars().map(|character| advance(fonts, character, size)).sum::<Length>();
    let mut kept = head.len();
    while kept > 0 && at.x + width(&head[..kept].iter().collect::<String>()) + width(&tail) > end {
        kept -= 1;
    }
    let words: String = head[..kept].iter().collect::<String>() + &tail;
    for character in words.chars() {
        let Some((face, id)) = face_of(fonts, character) else { continue };
        let advance = advance(fonts, character, size);
        runs.push(placed(at, face, id, character, advance, size));
        at.x += advance;
    }
    runs
}

fn placed(at: Point, face: FaceId, id: GlyphId, character: char, advance: Length, size: Length) -> Placed {
    let text: Arc<str> = character.to_string().into();
    let glyph = Glyph { id, advance, shift: (Length::ZERO, Length::ZERO), text: 0..text.len() as u32 };
    let run = GlyphRun { face, size, text, glyphs: vec![glyph], language: None, color: [0; 3], ornament: false };
    Placed { at, owner: Owner::Furniture(Furniture::Ornament), item: Item::Glyphs(run) }
}

/// The first face that has a character, Latin letters first.
fn face_of(fonts: &FontBook, character: char) -> Option<(FaceId, GlyphId)> {
    let first = [Role::Latin, Role::Hei].map(|role| fonts.choose(role, Weight::Regular, Slant::Upright));
    let all = first.into_iter().chain(fonts.faces().map(|(id, _)| id));
    all.filter_map(|id| Some((id, fonts.face(id).glyph(character)?))).next()
}

fn advance(fonts: &FontBook, character: char, size: Length) -> Length {
    face_of(fonts, character).map_or(Length::ZERO, |(face, glyph)| {
        let face = fonts.face(face);
        Length::from_font_units(face.advance(glyph), face.units_per_em(), size)
    })
}
