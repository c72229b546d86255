//! Tables from rows parted by tabs, bars or blanks.

use super::features::split_blanks;
use super::lexicon;
use super::structure::Builder;
use crate::document::{Block, BlockKind, Cell, Row, Table};

/// Put the table that a run of rows makes; returns where the next block begins.
pub(super) fn table(builder: &mut Builder, at: usize, end: usize, blocks: &mut Vec<Block>) -> usize {
    let (first, last) = (builder.line(at), builder.line(end - 1));
    if builder.analysis.around[first].columns > 0 {
        return one_cell_a_line(builder, at, end, blocks);
    }
    let spaced = builder.analysis.around[first].spaced;
    let raws: Vec<Vec<String>> = (at..end)
        .map(|at| builder.analysis.lines[builder.line(at)].raw)
        .filter(|raw| !is_rule(raw))
        .map(|raw| {
            let cells = if spaced { raw.split_whitespace().collect() } else { cells(raw) };
            cells.into_iter().map(str::to_owned).collect()
        })
        .collect();
    let headed = spaced || has_head(&raws);
    let mut rows: Vec<Row> = Vec::with_capacity(raws.len());
    for (offset, cells) in raws.iter().enumerate() {
        let line = builder.analysis.lines[builder.line((at + offset).min(end - 1))].number;
        let cells = cells.iter().map(|text| {
            let text = builder.repairs.mend(text, line, 0);
            Cell { blocks: vec![Block::paragraph(builder.notes.inlines(text, first))], ..Cell::default() }
        });
        rows.push(Row { cells: cells.collect() });
    }
    let body = if headed { rows.split_off(1) } else { std::mem::take(&mut rows) };
    let table = Table { head: rows, body, ..Table::default() };
    blocks.push(Block::from(BlockKind::from(table)).with_origin(builder.origin(first, last)));
    end
}

/// A table of which each line is a cell, to the end of its last row.
fn one_cell_a_line(builder: &mut Builder, at: usize, end: usize, blocks: &mut Vec<Block>) -> usize {
    let columns = builder.analysis.around[builder.line(at)].columns;
    let same = |at: &usize| builder.analysis.around[builder.line(*at)].columns == columns;
    let end = (at..end).find(|at| !same(at)).unwrap_or(end);
    let (first, last) = (builder.line(at), builder.line(end - 1));
    let mut texts: Vec<Vec<String>> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for place in at..end {
        let index = builder.line(place);
        if rows.is_empty() || builder.analysis.around[index].opens_row {
            rows.push(Row::default());
            texts.push(Vec::new());
        }
        let content = builder.inlines(index, 0);
        let cell = Cell { blocks: vec![Block::paragraph(content)], ..Cell::default() };
        if let (Some(row), Some(text)) = (rows.last_mut(), texts.last_mut()) {
            row.cells.push(cell);
            text.push(builder.analysis.lines[index].text.to_string());
        }
    }
    let named = texts[0].len() > 1 && texts[0].iter().all(|text| lexicon::names_a_column(text)) && rows.len() > 1;
    let body = if named || has_head(&texts) { rows.split_off(1) } else { std::mem::take(&mut rows) };
    let table = Table { head: rows, body, ..Table::default() };
    blocks.push(Block::from(BlockKind::from(table)).with_origin(builder.origin(first, last)));
    end
}

fn cells(raw: &str) -> Vec<&str> {
    let parts: Vec<&str> = if raw.contains('\t') {
        raw.split('\t').collect()
    } else if raw.contains(['|', '｜', '│']) {
        raw.trim_matches(['|', '｜', '│', ' ']).split(['|', '｜', '│']).collect()
    } else {
        match (split_blanks(raw), raw.split_once(['：', ':'])) {
            (parts, Some((key, value))) if parts.len() == 1 => vec![key, value],
            (parts, _) => parts,
        }
    };
    parts.into_iter().map(str::trim).collect()
}

/// `|---|:--:|` and box drawing between rows.
fn is_rule(raw: &str) -> bool {
    raw.chars().all(|c| "-—–=_|｜│:+ \t─━┼├┤┬┴".contains(c))
}

/// The first row names the columns when it has no digits and some row below has.
fn has_head(rows: &[Vec<String>]) -> bool {
    let digits = |row: &Vec<String>| row.iter().any(|cell| cell.chars().any(|c| c.is_numeric()));
    let Some((first, rest)) = rows.split_first() else { return false };
    let short = first.iter().all(|cell| cell.chars().count() <= 12 && !cell.is_empty());
    short && !digits(first) && rest.len() >= 2 && rest.iter().filter(|row| digits(row)).count() * 2 >= rest.len()
}
