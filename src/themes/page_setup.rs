//! The paper, margin and type size that a user asks for, laid over a theme.

use super::load::ThemeError;
use super::{Contents, TextStyle, Theme, measure};
use crate::length::Length;

/// What of a page is not as the theme has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageSetup {
    /// Width and height.
    pub paper: Option<(Length, Length)>,
    /// From each edge of the paper to the type area, at least: whole characters and lines are what fills the rest.
    pub margin: Option<Length>,
    /// Size of body text; every other size and every pitch keeps its ratio to it.
    pub type_size: Option<Length>,
    pub contents: Option<Contents>,
}

impl Theme {
    /// The theme on the paper, with the margin and at the type size asked for.
    ///
    /// The type area takes as many whole characters and lines as fit (clreq §2.3). Without a margin, margins keep the
    /// share of the paper that they have in the theme. Errors when no text would fit.
    pub fn set_up(mut self, setup: &PageSetup) -> Result<Theme, ThemeError> {
        self.contents = setup.contents.unwrap_or(self.contents);
        if (setup.paper, setup.margin, setup.type_size) == (None, None, None) {
            return Ok(self);
        }
        let (old_width, old_height) = self.page.paper;
        let (old_measure, old_depth) = (self.measure(), self.depth());
        let old_margin = old_height - old_depth;
        if let Some(size) = setup.type_size {
            self.scale(size);
        }
        let (width, height) = setup.paper.unwrap_or(self.page.paper);
        let (measure, depth) = match setup.margin {
            Some(margin) => (width - margin * 2, height - margin * 2),
            None => (scaled(old_measure, width, old_width), scaled(old_depth, height, old_height)),
        };
        let characters = whole(measure, self.body.size);
        let lines = whole(depth, self.body.pitch);
        if characters < LEAST_CHARACTERS || lines < LEAST_LINES {
            return Err(ThemeError::NoRoom { characters: characters.max(0), lines: lines.max(0) });
        }
        self.page.paper = (width, height);
        self.page.characters = u16::try_from(characters).unwrap_or(u16::MAX);
        self.page.lines = u16::try_from(lines).unwrap_or(u16::MAX);
        // What stands outside the type area keeps its share of the margin.
        self.running.distance = scaled(self.running.distance, self.page.paper.1 - self.depth(), old_margin);
        Ok(self)
    }

    fn scale(&mut self, size: Length) {
        let old = self.body.size;
        let scale = |length: &mut Length| *length = scaled(*length, size, old);
        scale(&mut self.body.pitch);
        let alone: [&mut TextStyle; 7] = [
            &mut self.title,
            &mut self.subtitle,
            &mut self.byline,
            &mut self.note,
            &mut self.caption,
            &mut self.table,
            &mut self.code,
        ];
        for style in alone.into_iter().chain(&mut self.headings) {
            scale(&mut style.size);
            scale(&mut style.pitch);
        }
        scale(&mut self.running.size);
        scale(&mut self.running.pitch);
        self.body.size = size;
    }
}

/// A line of fewer characters cannot be justified, and a page of fewer lines cannot keep headings with their text.
const LEAST_CHARACTERS: i64 = 8;
const LEAST_LINES: i64 = 5;

/// A paper by its name or its two sides: `A5`, `16开`, `170mm x 240mm`, `170x240`.
///
/// Errors on other words and on paper less than half an inch wide or high.
pub fn paper(word: &str) -> Result<(Length, Length), String> {
    let least = Length::points(36);
    measure::paper(word)
        .filter(|(width, height)| *width > least && *height > least)
        .ok_or_else(|| format!("{word:?} is not a paper such as A4, 16开 or 170mm x 240mm"))
}

/// A length with its unit, or a Chinese size name: `10.5pt`, `25mm`, `五号`; a bare number is points.
///
/// Errors on other words and outside 0 to 2,000 points.
pub fn length(word: &str) -> Result<Length, String> {
    let found =
        measure::length(word).ok_or_else(|| format!("{word:?} is not a length such as 10.5pt, 25mm or 五号"))?;
    let is_allowed = (Length::ZERO..=Length::points(2000)).contains(&found);
    is_allowed.then_some(found).ok_or_else(|| format!("{} points are out of range", found.to_points()))
}

/// A type size: a [`length`] of 4 to 72 points.
pub fn type_size(word: &str) -> Result<Length, String> {
    let size = length(word)?;
    let is_allowed = (Length::points(4)..=Length::points(72)).contains(&size);
    is_allowed.then_some(size).ok_or_else(|| format!("{word:?} is not a type size from 4pt to 72pt"))
}

fn scaled(length: Length, to: Length, from: Length) -> Length {
    Length((i128::from(length.0) * i128::from(to.0) / i128::from(from.0.max(1))) as i64)
}

/// How often `unit` fits in `length`, forgiving the rounding of millimetres to points.
fn whole(length: Length, unit: Length) -> i64 {
    (length.0 + crate::length::UNITS / 100).div_euclid(unit.0.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_area_fills_what_the_margin_leaves() {
        let setup = PageSetup {
            paper: paper("a5").ok(),
            margin: length("20mm").ok(),
            type_size: type_size("10.5pt").ok(),
            ..PageSetup::default()
        };
        let theme = Theme::default().set_up(&setup).expect("there is room");
        assert_eq!((theme.page.characters, theme.page.lines), (29, 26));
    }

    #[test]
    fn another_type_size_keeps_the_ratios() {
        let setup = PageSetup { type_size: type_size("21").ok(), ..PageSetup::default() };
        let theme = Theme::default().set_up(&setup).expect("there is room");
        let usual = Theme::default();
        assert_eq!(theme.body.pitch, usual.body.pitch * 2);
        assert_eq!(theme.headings[0].size, usual.headings[0].size * 2);
        assert_eq!(theme.page.characters, usual.page.characters / 2);
    }

    #[test]
    fn running_text_keeps_its_share_of_the_margin_and_clear_of_the_edge() {
        let with_margin = |margin: &str| {
            let setup = PageSetup { margin: length(margin).ok(), ..PageSetup::default() };
            Theme::default().set_up(&setup).expect("there is room")
        };
        let usual = Theme::default().running_distance().expect("the usual margin has room");
        let wide = with_margin("60mm").running_distance().expect("a wide margin has room");
        let narrow = with_margin("10mm").running_distance().expect("a narrow one, too");
        assert!(wide > usual && narrow < usual);
        assert_eq!(with_margin("5mm").running_distance(), None);
    }

    #[test]
    fn a_page_without_room_is_refused() {
        let setup = PageSetup { margin: length("100mm").ok(), ..PageSetup::default() };
        assert!(Theme::default().set_up(&setup).is_err());
        assert!(type_size("300mm").is_err());
        assert!(paper("wide").is_err());
    }
}
