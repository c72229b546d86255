//! Tables from the parser's events.

use pulldown_cmark::{Alignment, Event, Tag};

use super::blocks::{Builder, InlinePlace};
use crate::document::{Block, BlockKind, Cell, ColumnAlignment, Inline, Row, Table};

impl<'m> Builder<'m, '_> {
    pub(super) fn table(&mut self, alignments: &[Alignment]) -> BlockKind {
        let mut table = Table { alignments: alignments.iter().copied().map(alignment).collect(), ..Table::default() };
        while let Some((Event::Start(tag), _)) = self.next() {
            let row = self.row(alignments.len());
            if matches!(tag, Tag::TableHead) { table.head.push(row) } else { table.body.push(row) }
        }
        // A head without words is there because a table must have one.
        if self.is_extended() && table.head.iter().flat_map(|row| &row.cells).all(|cell| cell.blocks.is_empty()) {
            table.head.clear();
        }
        BlockKind::from(table)
    }

    fn row(&mut self, columns: usize) -> Row {
        let mut cells = Vec::with_capacity(columns);
        while let Some((Event::Start(_), _)) = self.next() {
            let content = self.inlines(InlinePlace::Line);
            let blocks = if content.is_empty() { Vec::new() } else { vec![Block::paragraph(content)] };
            cells.push(Cell { blocks, ..Cell::default() });
        }
        Row { cells }
    }
}

/// The place for a table's caption, where `content` is one: a paragraph behind a table that begins with a colon and a
/// space, which are taken off.
pub fn caption_of<'b>(before: Option<&'b mut Block>, content: &mut Vec<Inline>) -> Option<&'b mut Vec<Inline>> {
    let BlockKind::Table(table) = &mut before?.kind else { return None };
    let Some(Inline::Text(first)) = content.first_mut() else { return None };
    let caption = first.strip_prefix(": ")?.to_owned();
    if !table.caption.is_empty() || caption.is_empty() && content.len() == 1 {
        return None;
    }
    if caption.is_empty() {
        content.remove(0);
    } else {
        content[0] = Inline::Text(caption);
    }
    Some(&mut table.caption)
}

fn alignment(alignment: Alignment) -> ColumnAlignment {
    match alignment {
        Alignment::None => ColumnAlignment::Start,
        Alignment::Left => ColumnAlignment::Left,
        Alignment::Center => ColumnAlignment::Center,
        Alignment::Right => ColumnAlignment::Right,
    }
}
