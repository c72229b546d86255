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
use super::signs::Signs;

/// Longest cell, in characters.
const CELL: u32 = 40;

/// Columns of a table whose columns are named.
const MOST_COLUMNS: usize = 8;

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
                    let end = from + length;
                    mark(around, with_head(lines, start, from, columns)..end, columns);
                    (start, from) = (end, end);
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
    let sentence = feature.ends == Ends::Sentence && (line.chars > 16 || feature.sentences > 0);
    let step =
        feature.number.is_some_and(|number| number.family == Family::Alone) && line.text.starts_with(['步', 'S']);
    let numbered = feature
        .number
        .is_some_and(|number| !matches!(number.family, Family::Alone | Family::Blank | Family::Letter | Family::Roman));
    line.chars <= CELL
        && !sentence
        && feature.ends != Ends::Colon
        && !numbered
        && !step
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
    let names = lines.iter().take(MOST_COLUMNS + 1).take_while(|line| lexicon::names_a_column(&line.text)).count();
    if (2..=MOST_COLUMNS).contains(&names) {
        let whole = lines.len() / names * names;
        // More than one row below the names, or all of the lines: what is left over belongs to no row.
        if whole >= names * 2 && lines.len() - whole <= 2 && has_alike_columns(&lines[names..whole], names) {
            return Some((names, whole));
        }
    }
    properties(lines).or_else(|| if inside { alternating(lines) } else { None })
}

/// Where a table begins whose first rows were found at `from`: a row of columns' names may stand above them.
fn with_head(lines: &[Line], start: usize, from: usize, columns: usize) -> usize {
    let Some(head) = from.checked_sub(columns).filter(|head| *head >= start) else { return from };
    let plain = |line: &Line| line.chars <= 12 && !figure(line);
    let named = lines[head..from].iter().any(|line| lexicon::names_a_column(&line.text));
    if named && lines[head..from].iter().all(plain) { head } else { from }
}

fn figure(line: &Line) -> bool {
    line.signs.any(Signs::DIGIT) && line.text.bytes().any(|byte| byte.is_ascii_digit())
        || line.signs.any(Signs::FIGURE) && line.text.contains(|c: char| c.is_numeric())
}

/// Whether each column has figures in nearly all of its cells, or in few.
fn has_alike_columns(lines: &[Line], columns: usize) -> bool {
    let rows = lines.len() / columns;
    (0..columns).all(|column| {
        let with = lines.iter().skip(column).step_by(columns).take(ROWS).filter(|line| figure(line)).count();
        with * 4 <= rows || with * 4 >= rows * 3
    })
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
    if lines[0].chars > 16 || figure(&lines[0]) {
        return None;
    }
    // Looked for first: lines that are all alike would be compared again from each of them.
    let least = 1 + lines.iter().take(5).position(figure)?;
    let fits = |columns: usize| {
        let alike = |(cell, first): (&Line, &Line)| figure(cell) == figure(first) && cell.chars <= first.chars * 4 + 4;
        let like_first = |row: &usize| {
            let cells = lines.get(row * columns..(row + 1) * columns);
            cells.is_some_and(|cells| cells.iter().zip(lines).all(alike))
        };
        let rows = (0..ROWS).take_while(like_first).count();
        (rows >= 3).then_some((columns, rows * columns))
    };
    (least.max(2)..=5).find_map(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::text::{features, lines};

    /// The columns each line is a cell of.
    fn columns(text: &str) -> Vec<u8> {
        let (lines, _) = lines::lines(text);
        let features: Vec<_> = lines.iter().map(features::features).collect();
        let mut around = vec![Surroundings::default(); lines.len()];
        cells(&lines, &features, &mut around);
        around.iter().map(|around| around.columns).collect()
    }

    #[test]
    fn sure_tables_are_found() {
        assert_eq!(columns("用料\n鸡蛋\n10个\n红茶\n15克\n老抽\n2勺"), [0, 2, 2, 2, 2, 2, 2]);
        assert_eq!(columns("渡口表\n站名\n票价\n东渡\n两元\n西渡\n三元"), [0, 2, 2, 2, 2, 2, 2]);
        assert_eq!(columns("中文名\n河口浮桥\n所在地\n河口市"), [2, 2, 2, 2]);
        assert_eq!(
            columns("航程\n航线\n票价\n班次\n东渡\n2元\n9班\n西渡\n3元\n8班\n南渡\n4元\n7班"),
            [0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3]
        );
        assert_eq!(columns("清晨\n黄昏\n渡口\n远山\n归舟\n灯火"), [0; 6]);
    }
}
