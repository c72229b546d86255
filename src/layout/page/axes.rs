//! From the inline and block axes of the flow to x and y on the paper: the only place that knows both.

use crate::layout::frame::{Area, Point};
use crate::length::Length;
use crate::themes::Theme;

/// The type area's place on the paper.
#[derive(Clone, Copy, Debug)]
pub struct Axes {
    /// Where the first line of the column begins.
    origin: Point,
}

impl Axes {
    /// Horizontal text; the type area stands in the middle of the paper (clreq §2.3.1).
    pub fn horizontal(theme: &Theme) -> Axes {
        let (width, height) = theme.page.paper;
        let origin = Point { x: (width - theme.measure()) / 2, y: (height - theme.depth()) / 2 };
        Axes { origin }
    }

    pub fn point(&self, inline: Length, block: Length) -> Point {
        Point { x: self.origin.x + inline, y: self.origin.y + block }
    }

    pub fn area(&self, inline: Length, block: Length, width: Length, extent: Length) -> Area {
        Area { at: self.point(inline, block), width, height: extent }
    }
}
