//! Finished pages: items at fixed positions, in points from the top left corner of the paper.

use super::inline::GlyphRun;
use super::structure::{ContentId, NodeId};
use crate::document::ResourceId;
use crate::length::Length;

/// A place on the paper, from its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Point {
    pub x: Length,
    pub y: Length,
}

/// An upright rectangle on the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    pub at: Point,
    pub width: Length,
    pub height: Length,
}

/// A finished page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub width: Length,
    pub height: Length,
    pub number: PageNumber,
    /// In the order in which they are painted.
    pub items: Vec<Placed>,
    pub links: Vec<LinkArea>,
    pub anchors: Vec<(String, Point)>,
}

/// What a page is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageNumber {
    /// Body pages: 1, 2, 3.
    Arabic(u32),
    /// Front matter: i, ii, iii.
    Roman(u32),
}

impl PageNumber {
    /// As printed.
    pub fn written(self) -> String {
        match self {
            PageNumber::Arabic(number) => number.to_string(),
            PageNumber::Roman(number) => roman(u64::from(number)),
        }
    }
}

impl Default for PageNumber {
    fn default() -> PageNumber {
        PageNumber::Arabic(1)
    }
}

/// An item at its place.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Of glyphs the start of the baseline, of all else the top left corner.
    pub at: Point,
    pub owner: Owner,
    pub item: Item,
}

/// What an item is to one who reads the page with a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Part of the document's content.
    Content(ContentId),
    Furniture(Furniture),
}

/// What is on the page without being content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Furniture {
    RunningHead,
    PageNumber,
    /// Rules, dots, wrap marks.
    Ornament,
    /// Tints behind text.
    Ground,
    /// What stands on an earlier page already: repeated table heads.
    Repeated,
}

#[derive(Clone, Debug)]
pub enum Item {
    Glyphs(GlyphRun),
    /// A filled rectangle: rules and tints.
    Box {
        width: Length,
        height: Length,
        color: [u8; 3],
    },
    /// Squares in a row, from the start of one to that of the next a `step`: leaders.
    Dots {
        count: u32,
        step: Length,
        side: Length,
        color: [u8; 3],
    },
    /// A wavy line, as high as `height`, drawn with a pen of `thickness`.
    Wave {
        width: Length,
        height: Length,
        thickness: Length,
        color: [u8; 3],
    },
    Picture {
        resource: ResourceId,
        width: Length,
        height: Length,
    },
}

/// A piece of the page that leads elsewhere: one for each link on a page, with an area for each line it stands on.
#[derive(Clone, Debug)]
pub struct LinkArea {
    pub node: NodeId,
    /// An address, or `#` and an anchor of this document.
    pub target: String,
    pub areas: Vec<Area>,
}

/// A number in lower-case Roman numerals; 0 and what is over 3999 decimal.
pub fn roman(number: u64) -> String {
    const VALUES: [(u64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let mut left = number;
    let mut written = String::new();
    for (value, letters) in VALUES {
        while left >= value {
            written.push_str(letters);
            left -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::roman;

    #[test]
    fn roman_numerals_subtract() {
        assert_eq!([1, 4, 9, 14, 1994].map(roman), ["i", "iv", "ix", "xiv", "mcmxciv"]);
    }
}
