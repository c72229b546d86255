//! Column widths of a table by what its cells hold.

use std::collections::{BTreeMap, BTreeSet};

use unicode_width::UnicodeWidthChar;

use crate::document::{Block, BlockKind, Cell, Row as TableRow, plain_text, walk_blocks, walk_inlines};
use crate::length::{Em, Length};

/// Text wanted and needed by a column, in half ems.
#[derive(Clone, Copy, Debug, Default)]
struct Demand {
    /// Its longest line, unbroken.
    wanted: i64,
    /// Its longest word.
    needed: i64,
}

/// Half ems beyond which a column's text is not asked for whole, so that one long cell does not starve the others.
const MOST_WANTED: i64 = 400;
const MOST_NEEDED: i64 = 24;

/// Widths that add up to the measure. Each column gets what its longest word needs; what is left is shared by what their
/// longest lines want.
pub(super) fn column_widths(
    places: &[Vec<PlacedCell<'_>>],
    columns: usize,
    measure: Length,
    size: Length,
    padding: Length,
) -> Vec<Length> {
    let mut demands = vec![Demand { wanted: 2, needed: 2 }; columns];
    let mut spanning = Vec::new();
    for PlacedCell { column, columns, cell, .. } in places.iter().flatten().copied() {
        let demand = demand(cell);
        if columns == 1 {
            let own = &mut demands[column];
            own.wanted = own.wanted.max(demand.wanted);
            own.needed = own.needed.max(demand.needed);
        } else {
            spanning.push((column, columns, demand));
        }
    }
    for (column, span, demand) in spanning {
        let under = &mut demands[column..column + span];
        let wanted: i64 = under.iter().map(|demand| demand.wanted).sum();
        let missing = (demand.wanted.min(MOST_WANTED / 4) - wanted).max(0) / span as i64;
        under.iter_mut().for_each(|demand| demand.wanted += missing);
    }
    share(&demands, measure, size / 2, padding * 2)
}

fn share(demands: &[Demand], measure: Length, unit: Length, padding: Length) -> Vec<Length> {
    let count = demands.len() as i64;
    let room = (measure - padding * count).max(unit * count);
    let wanted: Vec<Length> = demands.iter().map(|demand| unit * demand.wanted).collect();
    let needed: Vec<Length> = demands.iter().map(|demand| unit * demand.needed.min(demand.wanted)).collect();
    let (all_wanted, all_needed) = (wanted.iter().copied().sum::<Length>(), needed.iter().copied().sum::<Length>());
    let mut widths: Vec<Length> = if all_wanted <= room {
        let spare = room - all_wanted;
        wanted.iter().map(|width| *width + part(spare, *width, all_wanted)).collect()
    } else if all_needed <= room {
        let flexible = all_wanted - all_needed;
        let spare = room - all_needed;
        needed.iter().zip(&wanted).map(|(least, most)| *least + part(spare, *most - *least, flexible)).collect()
    } else {
        needed.iter().map(|least| part(room, *least, all_needed)).collect()
    };
    widths.iter_mut().for_each(|width| *width += padding);
    let rounded: Length = widths.iter().copied().sum();
    if let Some(last) = widths.last_mut() {
        *last += measure - rounded;
    }
    widths
}

/// `of` · `share` / `whole`.
fn part(of: Length, share: Length, whole: Length) -> Length {
    if whole.0 <= 0 {
        Length::ZERO
    } else {
        Length((i128::from(of.0) * i128::from(share.0) / i128::from(whole.0)) as i64)
    }
}

fn demand(cell: &Cell) -> Demand {
    let mut demand = Demand::default();
    walk_inlines(&cell.blocks, &mut |inlines| measure_text(&plain_text(inlines), &mut demand));
    walk_blocks(&cell.blocks, &mut |block: &Block| match &block.kind {
        BlockKind::Code { text, .. } => measure_text(text, &mut demand),
        BlockKind::List { .. } => demand.wanted += 5,
        _ => {}
    });
    demand.wanted = (demand.wanted + 1).min(MOST_WANTED);
    demand.needed = demand.needed.min(MOST_NEEDED);
    demand
}

fn measure_text(text: &str, demand: &mut Demand) {
    for line in text.lines() {
        let (mut width, mut word) = (0i64, 0i64);
        for character in line.chars().take(2 * MOST_WANTED as usize) {
            let own = character.width_cjk().unwrap_or(0) as i64;
            width += own;
            word = if own == 1 && !character.is_whitespace() { word + 1 } else { 0 };
            demand.needed = demand.needed.max(word).max(own * 2);
        }
        demand.wanted = demand.wanted.max(width);
    }
}

/// A cell at its place in the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlacedCell<'a> {
    pub column: usize,
    /// How many columns it takes.
    pub columns: usize,
    /// How many rows it takes, perhaps more than there are; 1 in a table that is too large for spans.
    pub rows: u32,
    pub cell: &'a Cell,
}

/// Where each cell of each row stands: its first column, with the columns taken by cells from rows above left out; and
/// how many columns that makes. Columns in which nothing begins or ends are no columns.
pub(super) fn place_cells<'a>(rows: &[&'a TableRow], columns: usize) -> (Vec<Vec<PlacedCell<'a>>>, usize) {
    let mut taken = vec![0u32; columns.min(MOST_COLUMNS)];
    let mut places: Vec<Vec<PlacedCell<'a>>> = Vec::with_capacity(rows.len());
    for row in rows {
        let mut placed = Vec::new();
        let mut column = 0;
        for cell in &row.cells {
            while taken.get(column).is_some_and(|left| *left > 0) {
                column += 1;
            }
            let asked = cell.columns.max(1) as usize;
            let after = taken[column.min(taken.len())..].iter().take(asked);
            let columns = after.take_while(|left| **left == 0).count().max(1);
            if column + columns > taken.len() {
                taken.resize(column + columns, 0);
            }
            let is_bounded = taken.len().saturating_mul(rows.len()) <= MOST_PLACES;
            let reach = if is_bounded { cell.rows.max(1) } else { 1 };
            taken[column..column + columns].fill(reach);
            placed.push(PlacedCell { column, columns, rows: reach, cell });
            column += columns;
        }
        taken.iter_mut().for_each(|left| *left = left.saturating_sub(1));
        places.push(placed);
    }
    let edges: BTreeSet<usize> =
        places.iter().flatten().flat_map(|placed| [placed.column, placed.column + placed.columns]).collect();
    let rank: BTreeMap<usize, usize> = edges.iter().enumerate().map(|(rank, edge)| (*edge, rank)).collect();
    for placed in places.iter_mut().flatten() {
        let (start, end) = (rank[&placed.column], rank[&(placed.column + placed.columns)]);
        (placed.column, placed.columns) = (start, end - start);
    }
    (places, edges.len().saturating_sub(1))
}

/// Columns a table has at most by its spans alone; cells of their own always get a column.
const MOST_COLUMNS: usize = 256;

/// Columns by rows up to which cells may reach over rows: beyond, each row would be looked through for each of its columns.
const MOST_PLACES: usize = 4_000_000;

/// Space between a column's edge and its text.
pub(super) const PADDING: Em = Em(crate::length::UNITS * 2 / 5);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_nothing_stands_in_are_no_columns() {
        let cell = |columns, rows| Cell { columns, rows, ..Cell::default() };
        let first = TableRow { cells: vec![cell(4_000_000_000, 2), cell(1, 1)] };
        let second = TableRow { cells: vec![cell(1, 1), cell(1, 1)] };
        let (places, columns) = place_cells(&[&first, &second], first.cells.len());
        assert_eq!(columns, 3);
        let starts: Vec<usize> = places.iter().flatten().map(|placed| placed.column).collect();
        assert_eq!(starts, [0, 1, 1, 2]);
    }

    #[test]
    fn columns_fill_the_measure_and_wide_text_gets_more() {
        let demands = [Demand { wanted: 4, needed: 4 }, Demand { wanted: 300, needed: 8 }];
        let measure = Length::points(420);
        let widths = share(&demands, measure, Length::points(5), Length::points(8));
        assert_eq!(widths.iter().copied().sum::<Length>(), measure);
        assert!(widths[1] > widths[0] * 5);
    }
}
