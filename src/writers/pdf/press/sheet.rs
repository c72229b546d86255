//! The sheet a page is printed on: trim, bleed around it, and room for marks around that (ISO 32000-1 §14.11.2).

use printpdf::{Pt, Rect};

use crate::layout::frame::{Page, Point};
use crate::length::Length;

/// Millimetres of room for marks beyond the bleed.
const ROOM: f64 = 10.0;

/// A page on its sheet; in PDF's points from the lower left corner of the sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet {
    width: f64,
    height: f64,
    bleed: f64,
    /// From the edge of the sheet to the trim.
    margin: f64,
}

/// An upright rectangle, in points: left, bottom, right, top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edges {
    pub left: f64,
    pub bottom: f64,
    pub right: f64,
    pub top: f64,
}

impl Sheet {
    pub(super) fn of(page: &Page, bleed: Length) -> Sheet {
        let bleed = bleed.to_points();
        Sheet {
            width: page.width.to_points(),
            height: page.height.to_points(),
            bleed,
            margin: bleed + Length::from_millimetres(ROOM).to_points(),
        }
    }

    /// A point of the page on the sheet, from below.
    pub(super) fn place(&self, at: Point) -> (f64, f64) {
        (self.margin + at.x.to_points(), self.margin + self.height - at.y.to_points())
    }

    pub(super) fn bleed(&self) -> f64 {
        self.bleed
    }

    pub(super) fn trim_edges(&self) -> Edges {
        self.around(0.0)
    }

    pub(super) fn bleed_edges(&self) -> Edges {
        self.around(self.bleed)
    }

    pub(super) fn media_edges(&self) -> Edges {
        self.around(self.margin)
    }

    pub(super) fn media(&self) -> Rect {
        self.media_edges().rectangle()
    }

    pub(super) fn trim(&self) -> Rect {
        self.trim_edges().rectangle()
    }

    /// The trim grown by so much on each side.
    fn around(&self, grown: f64) -> Edges {
        Edges {
            left: self.margin - grown,
            bottom: self.margin - grown,
            right: self.margin + self.width + grown,
            top: self.margin + self.height + grown,
        }
    }
}

impl Edges {
    fn rectangle(self) -> Rect {
        let points = |points: f64| Pt(points as f32);
        Rect::from_xywh(
            points(self.left),
            points(self.bottom),
            points(self.right - self.left),
            points(self.top - self.bottom),
        )
    }

    /// A rectangle that touches the trim goes on through the bleed, so that a cut a little off leaves no white edge.
    pub(super) fn bled(self, sheet: &Sheet) -> Edges {
        const TOUCHES: f64 = 0.1;
        let (trim, bleed) = (sheet.trim_edges(), sheet.bleed_edges());
        Edges {
            left: if self.left <= trim.left + TOUCHES { bleed.left } else { self.left },
            bottom: if self.bottom <= trim.bottom + TOUCHES { bleed.bottom } else { self.bottom },
            right: if self.right >= trim.right - TOUCHES { bleed.right } else { self.right },
            top: if self.top >= trim.top - TOUCHES { bleed.top } else { self.top },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let page = Page { width: Length::points(400), height: Length::points(600), ..Page::default() };
        Sheet::of(&page, Length::points(9))
    }

    #[test]
    fn boxes_nest() {
        let sheet = sheet();
        let (trim, bleed, media) = (sheet.trim_edges(), sheet.bleed_edges(), sheet.media_edges());
        assert_eq!((trim.right - trim.left, trim.top - trim.bottom), (400.0, 600.0));
        assert_eq!((media.left, media.bottom), (0.0, 0.0));
        assert_eq!(trim.left - bleed.left, 9.0);
        assert!(media.left < bleed.left && bleed.top < media.top);
    }

    #[test]
    fn only_what_touches_the_trim_bleeds() {
        let sheet = sheet();
        let trim = sheet.trim_edges();
        let band = Edges { top: trim.top - 50.0, ..trim };
        let bled = band.bled(&sheet);
        assert_eq!(bled, Edges { top: trim.top - 50.0, ..sheet.bleed_edges() });
    }
}
