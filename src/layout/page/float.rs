//! Figures that do not fit where they are called stand at the head of the next page, and the text goes on before them
//! (clreq §2.3.3, JLReq §4.3): no page is left half empty for the sake of a picture.

use crate::layout::galley::{Row, Start};
use crate::length::Length;

/// Figures put off to the next page: rows of the galley that the text after them has gone before.
#[derive(Debug)]
pub(super) struct PutOff {
    /// Where they stood.
    origin: usize,
    /// Where they stand now, and how many rows they are.
    at: usize,
    count: usize,
}

impl PutOff {
    /// Put off the figure that begins with row `at`; none when it is none, or nothing could go before it.
    pub fn begin(rows: &mut [Row], at: usize) -> Option<PutOff> {
        let count = rows[at].floating;
        let mut put_off = (count > 0).then_some(PutOff { origin: at, at, count })?;
        put_off.pass(rows).then_some(put_off)
    }

    /// Whether the row is the first of those put off.
    pub fn stands_at(&self, at: usize) -> bool {
        self.at == at
    }

    /// Let the next row of text go before the figures. A figure on the way is put off with them, so that figures keep
    /// their order; false where a page or chapter begins, the text ends, or a table or box comes, which is not parted.
    pub fn pass(&mut self, rows: &mut [Row]) -> bool {
        loop {
            let next = self.at + self.count;
            let may_pass = |row: &&Row| row.start == Start::Anywhere && row.head.is_none() && row.enclosure.is_none();
            let Some(row) = rows.get(next).filter(may_pass) else { return false };
            if row.floating > 0 {
                self.count += row.floating;
                continue;
            }
            rows[self.at..=next].rotate_right(1);
            self.at += 1;
            return true;
        }
    }

    /// The page ends before row `end`: the figures come next, or where they stood if the page ends before that.
    pub fn settle(self, rows: &mut [Row], end: usize) {
        let to = end.max(self.origin);
        if to < self.at {
            rows[to..self.at + self.count].rotate_right(self.count);
        }
    }
}

/// Extent of the figure that begins with a row, the space between its rows included.
pub(super) fn extent(rows: &[Row]) -> Length {
    let figure = &rows[..rows[0].floating.clamp(1, rows.len())];
    crate::layout::galley::stack(figure).1
}
