//! A document without what only HTML could say in a flavour, for those who want none in their Markdown: the words stay,
//! what they were is said as a diagnostic.

use std::collections::BTreeSet;

use super::containers::{is_alert, picture_with_caption};
use super::dialect::Dialect;
use super::{survey, tables};
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{
    Block, BlockKind, Cell, Document, Fold, Inline, Row, RubyPair, Span, Table, fold_block, fold_blocks, fold_inline,
    fold_inlines,
};

/// Columns of a table whose spans are undone; spans beyond them are not.
const MAX_COLUMNS: usize = 1000;

/// The document as the flavour can say it by its own means.
pub fn without_html(document: &Document, dialect: &Dialect, diagnostics: &mut Diagnostics) -> Document {
    let mut rewritten = document.clone();
    let targets = survey::targets(document);
    WithoutHtml { dialect, diagnostics, targets }.document(&mut rewritten);
    rewritten
}

struct WithoutHtml<'a> {
    dialect: &'a Dialect,
    diagnostics: &'a mut Diagnostics,
    /// Anchors that links go to.
    targets: BTreeSet<String>,
}

impl Fold for WithoutHtml<'_> {
    fn block(&mut self, mut block: Block, out: &mut Vec<Block>) {
        self.take_anchor(&mut block);
        let is_said = self.dialect.attributes || is_alert(&block, self.dialect);
        let is_picture = picture_with_caption(&block).is_some();
        match block.kind {
            BlockKind::Raw { format, .. } if &*format == "html" => self.lost("a block of HTML was left out"),
            BlockKind::PageBreak if !self.dialect.attributes => self.lost("a page break was left out"),
            BlockKind::Table(table) => self.table(*table, out),
            BlockKind::Box { title, mut blocks, .. } if !is_said => {
                self.changed("a box is written as the blocks in it, its title in bold");
                let mut title = title.into_inner();
                fold_inlines(self, &mut title);
                out.extend((!title.is_empty()).then(|| Block::paragraph(vec![Inline::Strong(title)])));
                fold_blocks(self, &mut blocks);
                out.extend(blocks);
            }
            BlockKind::Figure { mut blocks, caption } if !self.dialect.attributes && !is_picture => {
                self.changed("a figure is written as what it shows and a paragraph");
                fold_blocks(self, &mut blocks);
                out.extend(blocks);
                let mut caption = caption.into_inner();
                fold_inlines(self, &mut caption);
                out.extend((!caption.is_empty()).then(|| Block::paragraph(caption)));
            }
            _ => out.push(fold_block(self, block)),
        }
    }

    fn inline(&mut self, inline: Inline, out: &mut Vec<Inline>) {
        let inline = fold_inline(self, inline);
        let said = self.dialect.attributes;
        match inline {
            Inline::Raw { format, .. } if &*format == "html" => self.lost("HTML within a line was left out"),
            Inline::Strike(content) if !self.dialect.github => self.unmarked(content, out),
            Inline::EmphasisDots(content)
            | Inline::ProperName(content)
            | Inline::BookTitle(content)
            | Inline::Underline(content)
            | Inline::Highlight(content)
            | Inline::Superscript(content)
            | Inline::Subscript(content)
            | Inline::SmallCaps(content)
            | Inline::Span(Span { content, .. })
                if !said =>
            {
                self.unmarked(content, out);
            }
            Inline::Ruby { pairs, .. } if !said => {
                self.changed("readings are written in brackets");
                out.extend(pairs.into_iter().map(bracketed));
            }
            Inline::Image(mut image) if !said && (image.width.is_some() || image.height.is_some()) => {
                self.lost("the size of a picture was left out");
                (image.width, image.height) = (None, None);
                out.push(Inline::Image(image));
            }
            other => out.push(other),
        }
    }
}

impl WithoutHtml<'_> {
    fn lost(&mut self, what: &str) {
        self.diagnostics.note(Loss::Dropped, "without-html", None, format!("{what}: without HTML it cannot be said"));
    }

    fn changed(&mut self, how: &str) {
        let message = format!("{how}: without HTML it cannot be said");
        self.diagnostics.note(Loss::Substituted, "without-html", None, message);
    }

    fn unmarked(&mut self, content: Vec<Inline>, out: &mut Vec<Inline>) {
        self.lost("what marks some words was left out");
        out.extend(content);
    }

    fn take_anchor(&mut self, block: &mut Block) {
        let is_target = block.attributes.id.as_ref().is_some_and(|id| self.targets.contains(id));
        if is_target && !self.dialect.heading_attributes {
            block.attributes.id = None;
            self.lost("an anchor was left out");
        }
    }

    /// A table with bars where the flavour has them, else its rows as the lines of a paragraph.
    fn table(&mut self, mut table: Table, out: &mut Vec<Block>) {
        if !tables::is_plain(&table) {
            self.changed("a table is written with one head row, a cell in each column and a line in each cell");
            table = plain_table(table);
        }
        let table = fold_block(self, BlockKind::from(table).into());
        let (false, BlockKind::Table(table)) = (self.dialect.github, &table.kind) else { return out.push(table) };
        self.changed("a table is written as a paragraph, its rows as lines");
        out.extend((!table.caption.is_empty()).then(|| Block::paragraph(table.caption.clone())));
        let rows = table.head.iter().chain(&table.body);
        let lines = rows.map(|row| row.cells.iter().map(|cell| line_of(&cell.blocks)).collect::<Vec<_>>());
        let lines: Vec<_> = lines.map(|cells| cells.join(&Inline::text(" | "))).collect();
        out.push(Block::paragraph(lines.join(&Inline::LineBreak)));
    }
}

fn bracketed(pair: RubyPair) -> Inline {
    match pair.annotation.as_str() {
        "" => Inline::Text(pair.base),
        annotation => Inline::Text(format!("{}（{annotation}）", pair.base)),
    }
}

/// The table without what a table of bars has not: spans, a foot, several head rows, cells of blocks.
fn plain_table(table: Table) -> Table {
    let mut rows = table.head.into_iter();
    let head: Vec<Row> = rows.next().into_iter().collect();
    let rest = rows.chain(table.body).chain(table.foot);
    // How many more rows the cells above reach down, a number each column.
    let mut reaching: Vec<u32> = Vec::new();
    let mut plain = |row: Row| {
        let mut cells = Vec::new();
        for cell in row.cells {
            while let Some(left) = reaching.get_mut(cells.len()).filter(|left| **left > 0) {
                *left -= 1;
                cells.push(Cell::default());
            }
            let width = (cell.columns.max(1) as usize).min(MAX_COLUMNS.saturating_sub(cells.len()).max(1));
            let end = cells.len() + width;
            reaching.resize(reaching.len().max(end), 0);
            reaching[end - width..end].fill(cell.rows.max(1) - 1);
            let line = line_of(&cell.blocks);
            let blocks = if line.is_empty() { Vec::new() } else { vec![Block::paragraph(line)] };
            cells.push(Cell { blocks, ..Cell::default() });
            cells.resize(end, Cell::default());
        }
        while let Some(left) = reaching.get_mut(cells.len()).filter(|left| **left > 0) {
            *left -= 1;
            cells.push(Cell::default());
        }
        Row { cells }
    };
    let head = head.into_iter().map(&mut plain).collect();
    let body = rest.map(plain).collect();
    Table { caption: table.caption, alignments: table.alignments, head, body, foot: Vec::new() }
}

/// All words of some blocks as one line.
fn line_of(blocks: &[Block]) -> Vec<Inline> {
    let parts = blocks.iter().map(|block| match &block.kind {
        BlockKind::Paragraph { content, .. } | BlockKind::Heading { content, .. } => content.clone(),
        BlockKind::Code { text, .. } => vec![Inline::Code(text.replace('\n', " "))],
        BlockKind::Math { tex } => vec![Inline::Math(tex.replace('\n', " "))],
        BlockKind::Verse { lines } => lines.join(&Inline::text(" ")),
        BlockKind::Quote { blocks, attribution: words } | BlockKind::Box { blocks, title: words, .. } => {
            joined([words.to_vec(), line_of(blocks)])
        }
        BlockKind::Figure { blocks, caption } => joined([line_of(blocks), caption.to_vec()]),
        BlockKind::List { items, .. } => joined(items.iter().map(|item| line_of(&item.blocks))),
        BlockKind::Definitions { items } => joined(items.iter().flat_map(|item| {
            item.terms.iter().cloned().chain(item.definitions.iter().map(|definition| line_of(definition)))
        })),
        BlockKind::Table(table) => {
            let rows = table.head.iter().chain(&table.body).chain(&table.foot);
            joined(rows.flat_map(|row| &row.cells).map(|cell| line_of(&cell.blocks)))
        }
        BlockKind::ThematicBreak | BlockKind::PageBreak | BlockKind::Raw { .. } => Vec::new(),
    });
    joined(parts)
}

fn joined(parts: impl IntoIterator<Item = Vec<Inline>>) -> Vec<Inline> {
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(&Inline::text(" "))
}
