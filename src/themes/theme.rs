//! One theme's measures.

use serde::{Deserialize, Deserializer};

use super::measure;
use crate::length::{Em, Length};

/// Measures and styles of pages and e-books.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Theme {
    pub name: String,
    pub page: TypeArea,
    /// Which documents begin with a list of contents.
    #[serde(default)]
    pub contents: Contents,
    pub body: BodyStyle,
    pub title: TextStyle,
    pub subtitle: TextStyle,
    pub byline: TextStyle,
    /// Levels 1 to 6.
    pub headings: [TextStyle; 6],
    /// Footnotes.
    pub note: TextStyle,
    pub caption: TextStyle,
    pub table: TextStyle,
    pub code: TextStyle,
    pub running: RunningStyle,
    pub colors: Colors,
    pub cover: CoverColors,
    /// `book.css` of the theme's folder, for e-books; none for the bundled theme's own.
    #[serde(skip)]
    pub book_css: Option<String>,
}

/// The paper and the type area (版心) in the middle of it (clreq §2.3).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeArea {
    /// Width and height.
    #[serde(rename = "size", deserialize_with = "paper")]
    pub paper: (Length, Length),
    /// Body characters in a line.
    pub characters: u16,
    /// Body lines on a page.
    pub lines: u16,
}

/// Which documents begin with a list of contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Contents {
    /// Those of several chapters.
    #[default]
    Books,
    Always,
    Never,
}

/// The running text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyStyle {
    #[serde(deserialize_with = "length")]
    pub size: Length,
    /// From baseline to baseline.
    #[serde(deserialize_with = "length")]
    pub pitch: Length,
    /// First-line indent.
    #[serde(deserialize_with = "ems")]
    pub indent: Em,
}

/// Text of another kind than the body's.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TextStyle {
    #[serde(deserialize_with = "length")]
    pub size: Length,
    /// From baseline to baseline.
    #[serde(deserialize_with = "length")]
    pub pitch: Length,
    #[serde(default)]
    pub face: Family,
    #[serde(default)]
    pub bold: bool,
    #[serde(default)]
    pub align: Alignment,
    /// In body lines.
    #[serde(default, deserialize_with = "ems")]
    pub space_before: Em,
    /// In body lines.
    #[serde(default, deserialize_with = "ems")]
    pub space_after: Em,
}

/// Running heads and page numbers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunningStyle {
    #[serde(deserialize_with = "length")]
    pub size: Length,
    #[serde(deserialize_with = "length")]
    pub pitch: Length,
    #[serde(default)]
    pub face: Family,
    /// Between the type area and the running head, and the page number.
    #[serde(deserialize_with = "length")]
    pub distance: Length,
}

/// Which faces a kind of text is set in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    #[default]
    Song,
    Hei,
    Kai,
    Mono,
}

/// Where lines stand on their measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Alignment {
    /// Both edges even, but for the last line.
    #[default]
    Justify,
    Start,
    Center,
    End,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colors {
    pub rule: Rgb,
    pub tint: Rgb,
    pub accent: Rgb,
}

/// What the cover of an e-book without one of its own is drawn in: a cloth board with a paper title slip.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverColors {
    pub cloth: Rgb,
    /// What is printed on the cloth.
    pub print: Rgb,
    /// The slip.
    pub paper: Rgb,
    /// What is printed on the slip.
    pub ink: Rgb,
}

/// A colour of the screen, `#rrggbb` in a theme.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Rgb(pub [u8; 3]);

impl TryFrom<String> for Rgb {
    type Error = String;
    fn try_from(text: String) -> Result<Rgb, String> {
        let wrong = || format!("a colour is written #rrggbb, not {text}");
        let digits =
            text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii()).ok_or_else(wrong)?;
        let value = u32::from_str_radix(digits, 16).map_err(|_| wrong())?;
        Ok(Rgb([(value >> 16) as u8, (value >> 8) as u8, value as u8]))
    }
}

/// A length in a theme: a number of points, or text with a unit or a Chinese size name.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Points(f64),
    Text(String),
}

fn length<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Length, D::Error> {
    let found = match Written::deserialize(deserializer)? {
        Written::Points(points) => Length::from_points(points),
        Written::Text(text) => measure::length(&text).ok_or_else(|| {
            serde::de::Error::custom(format!("{text:?} is not a length such as 10.5pt, 25mm or 五号"))
        })?,
    };
    let allowed = Length::points(1)..=Length::points(2000);
    if !allowed.contains(&found) {
        return Err(serde::de::Error::custom(format!("{} points are out of range", found.to_points())));
    }
    Ok(found)
}

fn ems<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Em, D::Error> {
    let ems = f64::deserialize(deserializer)?;
    if !(0.0..=100.0).contains(&ems) {
        return Err(serde::de::Error::custom(format!("{ems} is out of range")));
    }
    Ok(Em::from_ems(ems))
}

fn paper<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(Length, Length), D::Error> {
    let text = String::deserialize(deserializer)?;
    super::paper(&text).map_err(serde::de::Error::custom)
}

impl Theme {
    /// Width of the type area: whole ems.
    pub fn measure(&self) -> Length {
        self.body.size * i64::from(self.page.characters)
    }

    /// From the type area to running heads and page numbers: the theme's distance, or less where the margin is narrow.
    /// None where they would come nearer than 3 mm to the edge, which is as near as paper is cut.
    pub fn running_distance(&self) -> Option<Length> {
        let margin = (self.page.paper.1 - self.depth()) / 2;
        let room = margin - self.running.pitch - Length::from_millimetres(3.0);
        (room >= Length::points(4)).then(|| self.running.distance.min(room))
    }

    /// Height of the lines of the type area, half a line gap over the first and under the last included.
    pub fn depth(&self) -> Length {
        self.body.pitch * i64::from(self.page.lines)
    }
}
