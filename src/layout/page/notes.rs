//! Footnotes at the foot of the page (JLReq §4.2).

use std::collections::VecDeque;

use crate::layout::galley::Row;
use crate::length::Length;

/// Between the text and the first note: a rule stands in the middle of it.
pub(super) const SEPARATOR: Length = Length(crate::length::UNITS * 12);

/// The notes of one page.
#[derive(Debug, Default)]
pub(super) struct NoteArea {
    pub rows: Vec<Row>,
}

impl NoteArea {
    /// Along the block axis, the space over the first note included.
    pub fn extent(&self) -> Length {
        if self.rows.is_empty() {
            return Length::ZERO;
        }
        SEPARATOR + self.rows.iter().map(|row| row.extent).sum()
    }

    /// Take as many rows left over from the page before as there is room for; one at least, so that an end is reached.
    pub fn take_carried(&mut self, carried: &mut VecDeque<Row>, room: Length) {
        let mut extent = SEPARATOR;
        while let Some(row) = carried.pop_front() {
            extent += row.extent;
            if extent > room && !self.rows.is_empty() {
                carried.push_front(row);
                break;
            }
            self.rows.push(row);
        }
    }
}
