//! How a paragraph is to be set.

use crate::document::Language;
use crate::font::{Role, Weight};
use crate::length::{Em, Length};

/// How a paragraph is to be set; all of it comes from the theme.
#[derive(Clone, Debug, PartialEq)]
pub struct ParagraphStyle {
    /// Type size: the side of a Han character's frame.
    pub size: Length,
    pub role: Role,
    pub weight: Weight,
    /// Chooses glyph forms, places of marks and hyphenation.
    pub language: Language,
    /// Indent of every line.
    pub start_indent: Length,
    /// Further indent of the first line; negative for a hanging indent.
    pub first_indent: Length,
    pub alignment: Alignment,
    pub kinsoku: Kinsoku,
    pub breaking: Breaking,
    /// How `Inline::Emphasis` is shown; Han characters never slant.
    pub emphasis: EmphasisStyle,
    /// Whether Western words may be hyphenated.
    pub hyphenation: bool,
    /// Whether 、，。 may stand past the measure (clreq §3.1.7).
    pub hanging: bool,
    /// Whether Western runs take a whole number of ems, so that Han stand in columns (clreq §3.2.5).
    pub grid: bool,
    /// Space between all characters, for headings and verse (clreq §2.1.3.1).
    pub tracking: Em,
    /// Ink of the text.
    pub color: [u8; 3],
    /// Ink of links; none to leave them as the text.
    pub link_color: Option<[u8; 3]>,
    /// Ink of highlighted text's tint.
    pub highlight_color: [u8; 3],
}

impl Default for ParagraphStyle {
    /// Body text of a Chinese book: 10.5 pt Song, two characters of indent, justified.
    fn default() -> ParagraphStyle {
        let size = Length::points(21) / 2;
        ParagraphStyle {
            size,
            role: Role::Song,
            weight: Weight::Regular,
            language: Language::default(),
            start_indent: Length::ZERO,
            first_indent: size * 2,
            alignment: Alignment::Justify,
            kinsoku: Kinsoku::Gb,
            breaking: Breaking::TotalFit,
            emphasis: EmphasisStyle::Kai,
            hyphenation: true,
            hanging: false,
            grid: false,
            tracking: Em::ZERO,
            color: [0, 0, 0],
            link_color: None,
            highlight_color: [255, 240, 150],
        }
    }
}

/// Where lines stand on the measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// Both edges even; the last line as it comes.
    #[default]
    Justify,
    Start,
    Center,
    End,
    /// Both edges even, the last line too: names in lists and table heads (clreq §2.1.3.2).
    Spread,
}

/// Which characters may not start or end a line (clreq §3.1.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kinsoku {
    /// Only what UAX #14 asks for.
    None,
    Basic,
    /// As basic, and no solidus at the line end (GB/T 15834).
    #[default]
    Gb,
    /// As GB, and no dash, ellipsis or small kana at the line start.
    Strict,
}

/// How break points are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Breaking {
    /// The best set of lines for the whole paragraph.
    #[default]
    TotalFit,
    /// As much on each line as goes.
    Greedy,
}

/// How emphasis is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EmphasisStyle {
    /// Han in Kai, Latin in italic.
    #[default]
    Kai,
    /// A dot at each Han character, Latin in italic.
    Dots,
}
