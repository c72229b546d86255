//! Tables of which the dump has one cell a line.
//!
//! Only sure ones are put together: the names of columns stand on top, or cells with and without figures come in turn,
//! or every other line is the name of a property.

use std::ops::Range;

use super::context::Surroundings;
use super::features::{Ends, Features};
use super::lexicon;
use super::lines::Line;
use super::number::Family;

/// Longest cell, in characters.
const CELL: u32 = 40;

/// Rows that are looked at together.
const ROWS: usize = 200;

/// Mark the cells of flattened tables with the number of columns.
pub(super) fn cells(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let mut start = 0;
    while start < lines.len() {
        let end = (start..lines.len()).find(|at| !is_cell(*at, lines, features, around)).unwrap_or(lines.len());
        let mut from = start;
        while from + 4 <= end {
            match table(&lines[from..end], from > 0) {
                Some((columns, length)) => {
                    mark(around, from..from + length, columns);
                    from += length;
                }
                None => from += 1,
            }
        }
        start = end + 1;
    }
}

fn mark(around: &mut [Surroundings], range: Range<usize>, columns: usize) {
    for (offset, around) in around[range].iter_mut().enumerate() {
        around.columns = columns as u8;
        around.opens_row = offset % columns == 0;
    }
}

fn is_cell(index: usize, lines: &[Line], features: &[Features], around: &[Surroundings]) -> bool {
    let (line, feature) = (&lines[index], &features[index]);
    let sentence = feature.ends == Ends::Sentence && (line.chars > 24 || feature.sentences > 0);
    let numbered = feature
        .number
        .is_some_and(|number| !matches!(number.family, Family::Alone | Family::Blank | Family::Letter | Family::Roman));
    line.chars <= CELL
        && !sentence
        && feature.ends != Ends::Colon
        && !numbered
        && !feature.rule
        && !feature.page_number
        && !feature.of_the_site()
        && feature.meta.as_ref().is_none_or(|meta| meta.keys == 0 || line.chars <= 6)
        && !around[index].row
        && !around[index].speaker
        && !around[index].speaker_alone
}

/// The columns and the number of cells of a table that begins with the first of some lines.
fn table(lines: &[Line], inside: bool) -> Option<(usize, usize)> {
    let names = lines.iter().take_while(|line| lexicon::names_a_column(&line.text)).count();
    if (2..=8).contains(&names) {
        let whole = lines.len() / names * names;
        // More than one row below the names, or all of the lines: what is left over belongs to no row.
        if whole >= names * 2 && lines.len() - whole <= 2 {
            return Some((names, whole));
        }
    }
    properties(lines).or_else(|| if inside { alternating(lines) } else { None })
}

/// Names of properties and their values in turn.
fn properties(lines: &[Line]) -> Option<(usize, usize)> {
    let is_name = |line: &Line| line.chars <= 8 && lexicon::names_a_property(&line.text);
    if !is_name(&lines[0]) {
        return None;
    }
    let mut length = 2;
    let (mut known, mut unknown) = (1, 0);
    while length + 1 < lines.len() && lines[length].chars <= 8 && !is_name(&lines[length + 1]) {
        if is_name(&lines[length]) {
            (known, unknown) = (known + 1, 0);
        } else {
            unknown += 1;
        }
        length += 2;
        if unknown > 2 {
            break;
        }
    }
    // What follows the last known name and its value may be no property.
    length -= unknown * 2;
    (known >= 2 && length >= 4).then_some((2, length))
}

/// Cells with figures and cells without in a pattern that comes three times or more.
fn alternating(lines: &[Line]) -> Option<(usize, usize)> {
    let figure = |line: &Line| line.text.contains(|c: char| c.is_numeric());
    if lines[0].chars > 16 || figure(&lines[0]) {
        return None;
    }
    let fits = |columns: &usize| {
        let like_first = |row: &&[Line]| {
            row.len() == *columns && row.iter().zip(lines).all(|(cell, first)| figure(cell) == figure(first))
        };
        let rows = lines.chunks(*columns).take(ROWS).take_while(like_first).count();
        let named = lines.len() > *columns && lines[..*columns].iter().any(figure);
        let length = rows * columns;
        (named && rows >= 3 && has_even_columns(&lines[..length], *columns)).then_some((*columns, length))
    };
    (2..=5).find_map(|columns| fits(&columns))
}

/// Whether the cells of each column are about as long as each other.
fn has_even_columns(lines: &[Line], columns: usize) -> bool {
    (0..columns).all(|column| {
        let lengths = lines.iter().skip(column).step_by(columns).map(|line| line.chars);
        lengths.clone().max().unwrap_or(0) <= lengths.min().unwrap_or(0) * 4 + 4
    })
}
