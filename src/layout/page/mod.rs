//! Making up: a galley's rows are dealt to pages, with their notes at the foot.
//!
//! Rows that must stay together do; body lines stay on the grid; a table's head is set again where the table goes on.

mod assemble;
mod axes;
mod float;
mod notes;
mod running;

use std::collections::{BTreeSet, VecDeque};

pub use assemble::PlacedHeading;
pub use running::{Furnishing, furnish};

use assemble::assemble;
use float::PutOff;
use notes::{NoteArea, SEPARATOR};

use crate::document::NoteId;
use crate::layout::frame::Page;
use crate::layout::galley::{Galley, HeadId, Row, Start, stack};
use crate::length::Length;
use crate::themes::Theme;

/// Pages of one galley, and the headings on them.
#[derive(Debug, Default)]
pub struct MadeUp {
    pub pages: Vec<Page>,
    pub headings: Vec<PlacedHeading>,
    /// For each page: whether a chapter or the title opens on it.
    pub opens: Vec<bool>,
    /// Rows taller than a page.
    pub overfull: usize,
}

impl MadeUp {
    /// Put the pages of another galley after these.
    pub fn append(&mut self, other: MadeUp) {
        let before = self.pages.len();
        self.pages.extend(other.pages);
        self.headings
            .extend(other.headings.into_iter().map(|placed| PlacedHeading { page: placed.page + before, ..placed }));
        self.opens.extend(other.opens);
        self.overfull += other.overfull;
    }
}

/// What stands on one page, before it has a place on the paper.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Each row's index and its distance from the top of the column.
    rows: Vec<(usize, Length)>,
    /// A table's head, set again at the top.
    head: Option<HeadId>,
    /// A table goes on to the next page: where it is cut off here.
    cut_table: Option<(HeadId, Length)>,
    notes: Vec<Row>,
    notes_extent: Length,
}

/// Deal a galley to pages. Stops with what it has when there are more than `limit` of them.
pub fn make_up(galley: Galley, theme: &Theme, limit: usize) -> MadeUp {
    let mut dealer = Dealer {
        galley,
        depth: theme.depth(),
        pitch: theme.body.pitch,
        noted: BTreeSet::new(),
        carried: VecDeque::new(),
        overfull: 0,
    };
    let mut sheets = Vec::new();
    let mut next = 0;
    while (next < dealer.galley.rows.len() || !dealer.carried.is_empty()) && sheets.len() <= limit {
        let (sheet, after) = dealer.deal(next);
        sheets.push(sheet);
        next = after;
    }
    let overfull = dealer.overfull;
    let mut made = assemble(dealer.galley, sheets, theme);
    made.overfull = overfull;
    made
}

struct Dealer {
    galley: Galley,
    depth: Length,
    pitch: Length,
    /// Notes that have their place.
    noted: BTreeSet<NoteId>,
    /// Rows of notes that did not fit on the page of their call.
    carried: VecDeque<Row>,
    overfull: usize,
}

/// A row that fits, and what its notes take.
struct Candidate {
    top: Length,
    notes: Vec<NoteId>,
    /// Rows of its notes that fit; less than all only on the page's last row.
    note_rows: usize,
    note_extent: Length,
}

impl Dealer {
    /// One page from row `start` on; gives the row the next page starts with.
    fn deal(&mut self, start: usize) -> (Sheet, usize) {
        let mut sheet = Sheet::default();
        let mut notes = NoteArea::default();
        let has_text = start < self.galley.rows.len();
        let room = if has_text { self.depth - self.pitch * 3 } else { self.depth };
        notes.take_carried(&mut self.carried, room);
        let mut bottom = self.repeat_head(start, &mut sheet);
        let carried_over = !self.carried.is_empty();
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut seen: BTreeSet<NoteId> = BTreeSet::new();
        let mut extent = notes.extent();
        let mut end = start;
        let mut turned = false;
        let mut put_off: Option<PutOff> = None;
        while end < self.galley.rows.len() {
            if end > start && !self.figure_fits(end, start, bottom, extent, &mut put_off) {
                break;
            }
            let row = &self.galley.rows[end];
            if end > start && row.start == Start::Page {
                turned = true;
                break;
            }
            let top = self.top_of(end, start, bottom);
            let row_bottom = top + row.extent;
            let new_notes = self.new_notes(row, &seen);
            let left = self.depth - row_bottom;
            let Some((note_rows, note_extent, split)) = self.fit_notes(&new_notes, extent, left, carried_over) else {
                break;
            };
            extent = note_extent;
            seen.extend(new_notes.iter().cloned());
            candidates.push(Candidate { top, notes: new_notes, note_rows, note_extent });
            bottom = row_bottom;
            end += 1;
            if split {
                break;
            }
        }
        let end = self.legal_break(start, end, turned, bottom, &mut candidates);
        if let Some(put_off) = put_off {
            put_off.settle(&mut self.galley.rows, end);
        }
        for (offset, candidate) in candidates.into_iter().take(end - start).enumerate() {
            sheet.rows.push((start + offset, candidate.top));
            self.set_notes(&candidate, &mut notes);
        }
        self.cut_table(end, &mut sheet);
        sheet.notes_extent = notes.extent();
        sheet.notes = notes.rows;
        (sheet, end)
    }

    /// Whether the page goes on with row `end`: a figure it has no room for lets the text after it go before.
    fn figure_fits(
        &mut self,
        end: usize,
        start: usize,
        bottom: Length,
        notes: Length,
        put_off: &mut Option<PutOff>,
    ) -> bool {
        let fits = self.top_of(end, start, bottom) + float::extent(&self.galley.rows[end..]) + notes <= self.depth;
        if self.galley.rows[end].floating == 0 || fits && put_off.is_none() {
            return true;
        }
        match put_off {
            Some(put_off) => !put_off.stands_at(end) || put_off.pass(&mut self.galley.rows),
            None => {
                *put_off = PutOff::begin(&mut self.galley.rows, end);
                put_off.is_some()
            }
        }
    }

    /// The table head a page begins with, when its first row goes on with a table; gives the column's bottom so far.
    fn repeat_head(&self, start: usize, sheet: &mut Sheet) -> Length {
        let Some(head) = self.galley.rows.get(start).and_then(|row| row.head) else { return Length::ZERO };
        sheet.head = Some(head);
        stack(&self.galley.heads[head.0 as usize].rows).1
    }

    /// Where a row begins: under what is before it, with the space wanted between them, on the grid if it stands there.
    fn top_of(&self, index: usize, start: usize, bottom: Length) -> Length {
        let row = &self.galley.rows[index];
        let mut top = bottom;
        if index > start {
            top += row.before.max(self.galley.rows[index - 1].after);
        }
        if row.on_grid {
            let pitch = self.pitch.0.max(1);
            // A hair over a line still stands on it: lengths from the theme need not divide evenly.
            top = Length((top.0 - crate::length::UNITS / 16).div_euclid(pitch) * pitch + pitch);
            if top - bottom >= self.pitch && index == start && bottom.is_zero() {
                top = Length::ZERO;
            }
        }
        top
    }

    /// Notes called in a row for the first time, each followed at last by those that are called within notes.
    fn new_notes(&self, row: &Row, seen: &BTreeSet<NoteId>) -> Vec<NoteId> {
        let mut found: Vec<NoteId> = Vec::new();
        let mut known: BTreeSet<&NoteId> = BTreeSet::new();
        let mut rows = vec![row];
        let mut next = 0;
        loop {
            for note in rows.iter().flat_map(|row| &row.notes) {
                if !self.noted.contains(note) && !seen.contains(note) && known.insert(note) {
                    found.push(note.clone());
                }
            }
            let Some(note) = found.get(next) else { return found };
            rows = self.galley.notes.get(note).into_iter().flatten().collect();
            next += 1;
        }
    }

    /// Whether new notes fit under what is there: how many of their rows, the note area's extent then, and whether they
    /// are split. A row without new notes fits when there is room for it.
    fn fit_notes(
        &self,
        new: &[NoteId],
        extent: Length,
        left: Length,
        carried_over: bool,
    ) -> Option<(usize, Length, bool)> {
        let rows: Vec<&Row> = new.iter().filter_map(|note| self.galley.notes.get(note)).flatten().collect();
        if rows.is_empty() {
            return (extent <= left).then_some((0, extent, false));
        }
        if carried_over {
            return None;
        }
        let base = if extent.is_zero() { SEPARATOR } else { extent };
        let all: Length = rows.iter().map(|row| row.extent).sum();
        if base + all <= left {
            return Some((rows.len(), base + all, false));
        }
        // Only a note of more than four lines is split, with two lines at least on either page.
        if rows.len() <= 4 {
            return None;
        }
        let mut fitting = 0;
        let mut so_far = base;
        for row in &rows {
            if so_far + row.extent > left || fitting + 2 >= rows.len() {
                break;
            }
            so_far += row.extent;
            fitting += 1;
        }
        (fitting >= 2).then_some((fitting, so_far, true))
    }

    /// The last place at or before `end` where a page may end.
    fn legal_break(
        &mut self,
        start: usize,
        end: usize,
        turned: bool,
        bottom: Length,
        candidates: &mut Vec<Candidate>,
    ) -> usize {
        if turned || end >= self.galley.rows.len() {
            return end;
        }
        if end == start {
            if !self.carried.is_empty() {
                return start;
            }
            // Nothing fits an empty page: the row is set all the same, and reported.
            self.overfull += usize::from(self.galley.rows[start].extent > self.depth);
            let row = &self.galley.rows[start];
            let notes = self.new_notes(row, &BTreeSet::new());
            candidates.push(Candidate { top: bottom, notes, note_rows: 0, note_extent: Length::ZERO });
            return start + 1;
        }
        let mut legal = end;
        while legal > start && self.galley.rows[legal - 1].keep_with_next {
            legal -= 1;
        }
        if legal == start { end } else { legal }
    }

    /// Put a row's notes at the foot, and keep for the next page what does not fit.
    fn set_notes(&mut self, candidate: &Candidate, area: &mut NoteArea) {
        let mut left = candidate.note_rows;
        for note in &candidate.notes {
            self.noted.insert(note.clone());
            for row in self.galley.notes.remove(note).unwrap_or_default() {
                if left > 0 {
                    left -= 1;
                    area.rows.push(row);
                } else {
                    self.carried.push_back(row);
                }
            }
        }
        debug_assert!(candidate.note_extent.0 >= 0);
    }

    fn cut_table(&self, end: usize, sheet: &mut Sheet) {
        let (Some((last, top)), Some(next)) = (sheet.rows.last().copied(), self.galley.rows.get(end)) else { return };
        let row = &self.galley.rows[last];
        if let Some(head) = next.head.filter(|head| row.head == Some(*head)) {
            sheet.cut_table = Some((head, top + row.extent));
        }
    }
}
