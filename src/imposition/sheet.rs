//! Forms placed on a sheet, with the marks for folding and cutting.

use std::fmt::Write;

use super::paper::Stock;
use super::scheme::{Side, Slot};
use super::source::Form;

/// How a sheet is laid out; all in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrangement {
    /// Width and height of the paper.
    pub sheet: (f64, f64),
    /// Width and height of one page after the cut.
    pub page: (f64, f64),
    /// What pages are multiplied by to get there.
    pub scale: f64,
    /// Between neighbouring pages that are not folded.
    pub gutter: f64,
    /// Whether pages of a row meet at a fold, where nothing bleeds.
    pub folded: bool,
    pub marks: bool,
    pub stock: Stock,
}

/// Length of a mark, and its distance from the cut.
const MARK: f64 = 12.0;
const AWAY: f64 = 9.0;

impl Arrangement {
    /// Left, bottom, right, top of all pages of a side together.
    pub(super) fn block(&self, side: &Side) -> [f64; 4] {
        let along = |count: usize, page: f64, folded: bool| {
            page * count as f64 + if folded { 0.0 } else { self.gutter * count.saturating_sub(1) as f64 }
        };
        let (width, height) =
            (along(side.columns, self.page.0, self.folded), along(side.rows, self.page.1, self.folded));
        let (left, bottom) = ((self.sheet.0 - width) / 2.0, (self.sheet.1 - height) / 2.0);
        [left, bottom, left + width, bottom + height]
    }

    /// The content of one side.
    pub(super) fn content(&self, side: &Side, forms: &[Form]) -> String {
        let mut content = String::new();
        let block = self.block(side);
        for (index, slot) in side.slots.iter().enumerate() {
            let Some(form) = slot.page.and_then(|page| Some((page, forms.get(page)?))) else { continue };
            let (column, row) = (index % side.columns, index / side.columns);
            self.place(&mut content, (column, row), side, (*slot, form), block);
        }
        if self.marks {
            self.mark(&mut content, side, block);
        }
        content
    }

    fn place(
        &self,
        content: &mut String,
        (column, row): (usize, usize),
        side: &Side,
        (slot, (page, form)): (Slot, (usize, &Form)),
        block: [f64; 4],
    ) {
        let creep = self.stock.creep(slot.depth).to_points();
        let step = |page: f64| page + if self.folded { 0.0 } else { self.gutter };
        let left = block[0] + step(self.page.0) * column as f64;
        let bottom = block[3] - step(self.page.1) * row as f64 - self.page.1;
        // The fold is on the right of a left page and on the left of a right one.
        let inward = if !self.folded {
            0.0
        } else if column + 1 == side.columns {
            -creep
        } else {
            creep
        };
        let (width, height) = ((form.trim[2] - form.trim[0]) * self.scale, (form.trim[3] - form.trim[1]) * self.scale);
        let (x, y) = (left + (self.page.0 - width) / 2.0 + inward, bottom + (self.page.1 - height) / 2.0);
        let clip = self.clip([left, bottom], (column, row), side, form);
        let [a, b, c, d, e, f] = form.upright;
        let s = self.scale;
        let (dx, dy) = (x - form.trim[0] * s, y - form.trim[1] * s);
        let mut matrix = [a * s, b * s, c * s, d * s, e * s + dx, f * s + dy];
        if slot.upside_down {
            // Half a turn about the middle of the slot.
            let (middle_x, middle_y) = (2.0 * left + self.page.0, 2.0 * bottom + self.page.1);
            matrix = [
                -matrix[0],
                -matrix[1],
                -matrix[2],
                -matrix[3],
                middle_x - matrix[4] + 2.0 * inward,
                middle_y - matrix[5],
            ];
        }
        let [m0, m1, m2, m3, m4, m5] = matrix.map(short);
        let [c0, c1, c2, c3] = clip.map(short);
        let _ = writeln!(content, "q {c0} {c1} {c2} {c3} re W n {m0} {m1} {m2} {m3} {m4} {m5} cm /P{page} Do Q");
    }

    /// What of a page may show: up to its bleed, but at a fold not beyond it.
    fn clip(&self, [left, bottom]: [f64; 2], (column, row): (usize, usize), side: &Side, form: &Form) -> [f64; 4] {
        let bleeds = [
            form.trim[0] - form.bleed[0],
            form.trim[1] - form.bleed[1],
            form.bleed[2] - form.trim[2],
            form.bleed[3] - form.trim[3],
        ];
        let bleed = bleeds.into_iter().fold(0.0, f64::max) * self.scale;
        let between = if self.folded { 0.0 } else { self.gutter / 2.0 };
        let reach = |is_outer: bool| if is_outer { bleed } else { bleed.min(between) };
        let (west, east) = (reach(column == 0), reach(column + 1 == side.columns));
        let (north, south) = (reach(row == 0), reach(row + 1 == side.rows));
        [left - west, bottom - south, self.page.0 + west + east, self.page.1 + north + south]
    }

    /// Whole lines for cuts at the corners, broken ones for folds.
    fn mark(&self, content: &mut String, side: &Side, [left, bottom, right, top]: [f64; 4]) {
        content.push_str("q 0 G 0.25 w\n");
        let line = |content: &mut String, from: (f64, f64), to: (f64, f64)| {
            let [x0, y0, x1, y1] = [from.0, from.1, to.0, to.1].map(short);
            let _ = writeln!(content, "{x0} {y0} m {x1} {y1} l S");
        };
        let step = |page: f64| page + if self.folded { 0.0 } else { self.gutter };
        let mut cuts = (vec![left, right], vec![bottom, top]);
        let (mut folds_x, mut folds_y) = (Vec::new(), Vec::new());
        for column in 1..side.columns {
            let at = left + step(self.page.0) * column as f64;
            if self.folded { folds_x.push(at) } else { cuts.0.extend([at - self.gutter, at]) }
        }
        for row in 1..side.rows {
            let at = bottom + step(self.page.1) * row as f64;
            if self.folded { folds_y.push(at) } else { cuts.1.extend([at - self.gutter, at]) }
        }
        for (broken, xs, ys) in [(false, cuts.0, cuts.1), (true, folds_x, folds_y)] {
            content.push_str(if broken { "[3 2] 0 d\n" } else { "[] 0 d\n" });
            for x in xs {
                line(content, (x, bottom - AWAY), (x, bottom - AWAY - MARK));
                line(content, (x, top + AWAY), (x, top + AWAY + MARK));
            }
            for y in ys {
                line(content, (left - AWAY, y), (left - AWAY - MARK, y));
                line(content, (right + AWAY, y), (right + AWAY + MARK, y));
            }
        }
        content.push_str("Q\n");
    }
}

/// Room that marks need beyond the pages.
pub(super) const ROOM: f64 = AWAY + MARK + 3.0;

/// A number as a PDF holds it.
fn short(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0 + 0.0
}
