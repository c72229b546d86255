//! Tables, and those that only lay out a page.

use super::convert::{Converter, is_blank};
use super::tree::NodeId;
use crate::document::white_space::settle;
use crate::document::{Cell, ColumnAlignment, Row, Table};

/// Columns and rows one cell may span (HTML §4.9.11 bounds them too).
const MOST_COLUMNS: u32 = 1000;
const MOST_ROWS: u32 = 65_534;

impl Converter<'_> {
    /// Whether a table holds the page together instead of data: one column or row of blocks, or tables in tables.
    pub(super) fn is_layout_table(&self, id: NodeId) -> bool {
        let tree = self.tree;
        if matches!(tree.attribute(id, "role"), Some("presentation" | "none")) {
            return true;
        }
        let mut rows = 0;
        let mut cells = 0;
        let mut has_head = false;
        let mut has_inner = false;
        for one in tree.subtree(id).skip(1) {
            match tree.name(one) {
                "table" => has_inner = true,
                "th" | "caption" | "thead" => has_head = true,
                "tr" => rows += 1,
                "td" => cells += 1,
                _ => {}
            }
        }
        if has_head {
            return false;
        }
        let holds_much = || {
            let paragraphs =
                tree.subtree(id).filter(|one| matches!(tree.name(*one), "p" | "h1" | "h2" | "h3" | "br" | "ul"));
            paragraphs.count() > 2 * cells
        };
        cells <= 1 || (has_inner && cells >= rows) || (rows == 1 && holds_much()) || (cells <= rows && holds_much())
    }

    /// The table of an element; none when it has no cells.
    pub(super) fn table(&mut self, id: NodeId) -> Option<Table> {
        let mut table = Table::default();
        let mut alignments = Vec::new();
        self.rows_below(id, Part::Body, &mut table, &mut alignments);
        if table.head.is_empty() {
            self.take_head(id, &mut table);
        }
        if table.head.is_empty() && table.body.is_empty() && table.foot.is_empty() {
            return None;
        }
        if alignments.iter().any(|one| *one != ColumnAlignment::Start) {
            table.alignments = alignments;
        }
        self.take_common_alignment(&mut table);
        Some(table)
    }

    fn rows_below(&mut self, id: NodeId, part: Part, table: &mut Table, alignments: &mut Vec<ColumnAlignment>) {
        for child in self.tree.children(id) {
            if self.is_left_out(child) || self.is_hidden(child) {
                continue;
            }
            match self.tree.name(child) {
                "caption" => table.caption = settle(self.inlines_below(child)),
                "colgroup" => self.rows_below(child, part, table, alignments),
                "col" => {
                    let span = self.span(child, "span", MOST_COLUMNS) as usize;
                    let alignment = self.alignment(child).unwrap_or_default();
                    alignments.extend(std::iter::repeat_n(alignment, span.min(MOST_COLUMNS as usize)));
                }
                "thead" => self.rows_below(child, Part::Head, table, alignments),
                "tfoot" => self.rows_below(child, Part::Foot, table, alignments),
                "tbody" => self.rows_below(child, Part::Body, table, alignments),
                "tr" => {
                    let row = self.row(child);
                    if !row.cells.is_empty() {
                        match part {
                            Part::Head => table.head.push(row),
                            Part::Body => table.body.push(row),
                            Part::Foot => table.foot.push(row),
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn row(&mut self, id: NodeId) -> Row {
        let mut cells = Vec::new();
        for child in self.tree.children(id) {
            let name = self.tree.name(child);
            if !matches!(name, "td" | "th") || self.is_hidden(child) {
                continue;
            }
            let blocks = if self.is_left_out(child) { Vec::new() } else { self.blocks_below(child) };
            cells.push(Cell {
                blocks,
                columns: self.span(child, "colspan", MOST_COLUMNS),
                rows: self.span(child, "rowspan", MOST_ROWS),
                alignment: self.alignment(child).or_else(|| self.alignment(id)),
                heads_row: name == "th",
            });
        }
        Row { cells }
    }

    fn span(&self, id: NodeId, name: &str, most: u32) -> u32 {
        let written = self.tree.attribute(id, name).and_then(|value| value.trim().parse().ok());
        written.unwrap_or(1).clamp(1, most)
    }

    fn alignment(&self, id: NodeId) -> Option<ColumnAlignment> {
        let declared = self.styles.property(self.tree, id, "text-align");
        let written = declared.or_else(|| self.tree.attribute(id, "align").map(str::to_ascii_lowercase))?;
        match written.as_str() {
            "left" => Some(ColumnAlignment::Left),
            "center" => Some(ColumnAlignment::Center),
            "right" => Some(ColumnAlignment::Right),
            _ => None,
        }
    }

    /// Without `thead`, first rows of nothing but `th` are the head. In the head no cell is marked as naming its row.
    fn take_head(&self, _: NodeId, table: &mut Table) {
        let is_head = |row: &Row| row.cells.len() > 1 && row.cells.iter().all(|cell| cell.heads_row);
        let count = table.body.iter().take_while(|row| is_head(row)).count();
        if count < table.body.len() {
            table.head = table.body.drain(..count).collect();
        }
    }

    /// An alignment that all cells of a column share belongs to the column.
    fn take_common_alignment(&self, table: &mut Table) {
        table.head.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| cell.heads_row = false);
        let columns = table.columns();
        let simple = |row: &Row| row.cells.len() == columns && row.cells.iter().all(|cell| cell.rows == 1);
        if columns > 200 || !table.head.iter().chain(&table.body).chain(&table.foot).all(simple) {
            return;
        }
        table.alignments.resize(columns, ColumnAlignment::Start);
        for column in 0..columns {
            let of_body: Vec<_> = table.body.iter().map(|row| row.cells[column].alignment).collect();
            if let Some(Some(first)) = of_body.first().copied()
                && of_body.iter().all(|one| *one == Some(first))
            {
                table.alignments[column] = first;
            }
            let own = table.alignments[column];
            for row in table.head.iter_mut().chain(&mut table.body).chain(&mut table.foot) {
                let cell = &mut row.cells[column];
                cell.alignment = cell.alignment.filter(|one| *one != own);
            }
        }
        if table.alignments.iter().all(|one| *one == ColumnAlignment::Start) {
            table.alignments.clear();
        }
        let blank = |cell: &Cell| {
            cell.blocks.iter().all(|block| match &block.kind {
                crate::document::BlockKind::Paragraph { content, .. } => is_blank(content),
                _ => false,
            })
        };
        table.body.retain(|row| !row.cells.iter().all(blank));
    }
}

#[derive(Clone, Copy)]
enum Part {
    Head,
    Body,
    Foot,
}
