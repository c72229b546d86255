//! Tables with heads, spans and captions.

use super::escape::attribute;
use super::markup::Markup;
use crate::document::{Block, BlockKind, Cell, ColumnAlignment, Row, Table, plain_text};

/// Widest and tallest cell HTML allows (HTML §4.9.11).
const MOST_COLUMNS: u32 = 1000;
const MOST_ROWS: u32 = 65_534;

impl<'a> Markup<'a> {
    pub(super) fn table(&mut self, block: &'a Block, table: &'a Table) {
        if table.columns() == 0 {
            return;
        }
        self.findings.tables = true;
        let caption = plain_text(&table.caption);
        let label = if caption.trim().is_empty() { self.around.labels.table } else { caption.trim() };
        self.out.push_str("<div class=\"table\" role=\"group\" tabindex=\"0\"");
        attribute("aria-label", label, &mut self.out);
        self.out.push_str(">\n");
        self.open("table", block, "");
        self.out.push('\n');
        if !table.caption.is_empty() {
            self.out.push_str("<caption>");
            self.inlines(&table.caption);
            self.out.push_str("</caption>\n");
        }
        self.rows("thead", &table.head, &table.alignments);
        self.rows("tbody", &table.body, &table.alignments);
        self.rows("tfoot", &table.foot, &table.alignments);
        self.out.push_str("</table>\n</div>\n");
    }

    fn rows(&mut self, part: &str, rows: &'a [Row], alignments: &[ColumnAlignment]) {
        if rows.is_empty() {
            return;
        }
        self.out.push('<');
        self.out.push_str(part);
        self.out.push_str(">\n");
        // Columns still covered by cells of rows above: how many rows more.
        let mut covered: Vec<u32> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            self.out.push_str("<tr>");
            let rows_left = (rows.len() - index) as u32;
            let mut column = 0;
            for cell in &row.cells {
                while covered.get(column).is_some_and(|rows| *rows > 0) {
                    column += 1;
                }
                let rows = cell.rows.clamp(1, MOST_ROWS).min(rows_left);
                let columns = cell.columns.clamp(1, MOST_COLUMNS);
                let alignment = cell.alignment.or_else(|| alignments.get(column).copied()).unwrap_or_default();
                self.cell(part == "thead", cell, rows, columns, alignment);
                let end = column + columns as usize;
                if rows > 1 {
                    covered.resize(covered.len().max(end), 0);
                    covered[column..end].fill(rows);
                }
                column = end;
            }
            covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</");
        self.out.push_str(part);
        self.out.push_str(">\n");
    }

    fn cell(&mut self, in_head: bool, cell: &'a Cell, rows: u32, columns: u32, alignment: ColumnAlignment) {
        let has_words = !cell.blocks.is_empty();
        // A head cell without words would be announced as an unnamed heading: it is a plain corner.
        let tag = if (in_head || cell.heads_row) && has_words { "th" } else { "td" };
        self.out.push('<');
        self.out.push_str(tag);
        if tag == "th" {
            let scope = match (in_head, rows > 1, columns > 1) {
                (true, _, true) => "colgroup",
                (true, _, false) => "col",
                (false, true, _) => "rowgroup",
                (false, false, _) => "row",
            };
            attribute("scope", scope, &mut self.out);
        }
        if columns > 1 {
            attribute("colspan", &columns.to_string(), &mut self.out);
        }
        if rows > 1 {
            attribute("rowspan", &rows.to_string(), &mut self.out);
        }
        match alignment {
            ColumnAlignment::Start => {}
            ColumnAlignment::Left => attribute("class", "left", &mut self.out),
            ColumnAlignment::Center => attribute("class", "center", &mut self.out),
            ColumnAlignment::Right => attribute("class", "right", &mut self.out),
        }
        self.out.push('>');
        match cell.blocks.as_slice() {
            [Block { kind: BlockKind::Paragraph { content, .. }, attributes, .. }]
                if attributes.id.is_none() && attributes.language.is_none() =>
            {
                self.inlines(content);
            }
            blocks => self.nested_blocks(blocks),
        }
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }
}
