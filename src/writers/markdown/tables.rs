//! Tables: with bars where rows and columns are plain, as HTML elsewhere.

use unicode_width::UnicodeWidthStr;

use super::inlines::{InlineContext, Place, write_line};
use crate::document::{BlockKind, Cell, ColumnAlignment, ParagraphRole, Row, Table};

/// Columns wider than this are not padded, nor any other of their table: one long cell would blow up every row.
const MAX_PADDED: usize = 80;

/// Whether a pipe table can say all of it: at most one head row, no spans, a line of text a cell.
pub fn is_plain(table: &Table) -> bool {
    let mut rows = table.head.iter().chain(&table.body);
    table.head.len() <= 1
        && table.foot.is_empty()
        && table.columns() > 0
        && rows.all(|row| row.cells.iter().all(is_plain_cell))
}

fn is_plain_cell(cell: &Cell) -> bool {
    let is_line = match cell.blocks.as_slice() {
        [] => true,
        [block] => matches!(block.kind, BlockKind::Paragraph { role: ParagraphRole::Body, .. }),
        _ => false,
    };
    is_line && cell.columns == 1 && cell.rows == 1 && cell.alignment.is_none() && !cell.heads_row
}

/// The lines of a pipe table, columns aligned by display width: a Han character takes two columns.
pub fn pipe_table(table: &Table, context: &mut InlineContext<'_>) -> Vec<String> {
    let columns = table.columns();
    let empty = Row::default();
    let head = table.head.first().unwrap_or(&empty);
    let mut cells = |row: &Row| -> Vec<String> {
        (0..columns).map(|column| row.cells.get(column).map(|cell| text(cell, context)).unwrap_or_default()).collect()
    };
    let head = cells(head);
    let body: Vec<Vec<String>> = table.body.iter().map(cells).collect();
    let mut widths = vec![3; columns];
    for row in std::iter::once(&head).chain(&body) {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    if widths.iter().any(|width| *width > MAX_PADDED) {
        widths.fill(0);
    }
    let alignment = |column: usize| table.alignments.get(column).copied().unwrap_or_default();
    let line = |row: &Vec<String>| {
        let padded = row.iter().enumerate().map(|(column, cell)| padded(cell, widths[column], alignment(column)));
        let mut line = String::from("|");
        padded.for_each(|cell| line.push_str(&if cell.is_empty() { " |".to_owned() } else { format!(" {cell} |") }));
        line
    };
    let rule = (0..columns).map(|column| rule(widths[column].max(3), alignment(column))).collect::<Vec<_>>();
    let mut lines = vec![line(&head), format!("| {} |", rule.join(" | "))];
    lines.extend(body.iter().map(line));
    lines
}

fn text(cell: &Cell, context: &mut InlineContext<'_>) -> String {
    match cell.blocks.first().map(|block| &block.kind) {
        Some(BlockKind::Paragraph { content, .. }) => write_line(content, Place::Cell, context),
        _ => String::new(),
    }
}

fn padded(cell: &str, width: usize, alignment: ColumnAlignment) -> String {
    let free = width.saturating_sub(cell.width());
    let (before, after) = match alignment {
        ColumnAlignment::Start | ColumnAlignment::Left => (0, free),
        ColumnAlignment::Center => (free / 2, free - free / 2),
        ColumnAlignment::Right => (free, 0),
    };
    format!("{}{cell}{}", " ".repeat(before), " ".repeat(after))
}

fn rule(width: usize, alignment: ColumnAlignment) -> String {
    match alignment {
        ColumnAlignment::Start => "-".repeat(width),
        ColumnAlignment::Left => format!(":{}", "-".repeat(width - 1)),
        ColumnAlignment::Center => format!(":{}:", "-".repeat(width - 2)),
        ColumnAlignment::Right => format!("{}:", "-".repeat(width - 1)),
    }
}
