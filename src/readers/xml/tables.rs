//! Tables of the CALS and HTML models and of plain rows and cells.

use std::collections::BTreeMap;

use super::content::Content;
use super::meaning::Meaning;
use super::tree::Element;
use crate::document::{Block, BlockKind, Cell, ColumnAlignment, ParagraphRole, Row, Table};

/// Columns and rows one cell may span.
const MOST_SPANNED: u32 = 1000;

/// What a table's columns are called and how they stand (CALS `colspec`, `spanspec`).
#[derive(Default)]
struct Columns {
    numbers: BTreeMap<String, u32>,
    spans: BTreeMap<String, (String, String)>,
    alignments: Vec<ColumnAlignment>,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Head,
    Body,
    Foot,
}

impl Content<'_> {
    pub(super) fn table(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        let mut table = Table { caption: self.title_of(element), ..Table::default() };
        if table.caption.is_empty()
            && let Some(caption) = element.elements().find(|child| matches!(child.name.as_str(), "caption" | "title"))
        {
            table.caption = self.line_of(caption);
        }
        self.depth += 1;
        let mut columns = Columns::default();
        self.rows(element, Part::Body, &mut columns, &mut table);
        self.depth -= 1;
        if table.head.is_empty() {
            let is_head = |row: &Row| row.cells.len() > 1 && row.cells.iter().all(|cell| cell.heads_row);
            let count = table.body.iter().take_while(|row| is_head(row)).count();
            if count < table.body.len() {
                table.head = table.body.drain(..count).collect();
            }
        }
        table.head.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| cell.heads_row = false);
        if columns.alignments.iter().any(|one| *one != ColumnAlignment::Start) {
            table.alignments = columns.alignments;
        }
        if table.head.is_empty() && table.body.is_empty() && table.foot.is_empty() {
            return blocks.extend(self.blocks_in(element, ParagraphRole::Body));
        }
        blocks.push(BlockKind::from(table).into());
    }

    fn rows(&mut self, element: &Element, part: Part, columns: &mut Columns, table: &mut Table) {
        for child in element.elements() {
            match child.name.as_str() {
                "tgroup" => {
                    *columns = Columns::default();
                    self.rows(child, part, columns, table);
                }
                "colgroup" | "tbody" | "body" => self.rows(child, Part::Body, columns, table),
                "thead" | "head" => self.rows(child, Part::Head, columns, table),
                "tfoot" | "foot" => self.rows(child, Part::Foot, columns, table),
                "colspec" | "col" => columns.add(child),
                "spanspec" => {
                    if let (Some(name), Some(start), Some(end)) =
                        (child.attribute("spanname"), child.attribute("namest"), child.attribute("nameend"))
                    {
                        columns.spans.insert(name.to_owned(), (start.to_owned(), end.to_owned()));
                    }
                }
                "row" | "tr" => {
                    let is_head = part == Part::Head
                        || matches!(
                            child.attribute("kind").or_else(|| child.attribute("role")),
                            Some("head" | "header")
                        )
                        || child.attribute("head").is_some_and(|head| matches!(head, "true" | "yes" | "1"));
                    let row = self.row(child, columns);
                    match part {
                        _ if is_head => table.head.push(row),
                        Part::Foot => table.foot.push(row),
                        _ => table.body.push(row),
                    }
                }
                _ => {}
            }
        }
    }

    fn row(&mut self, element: &Element, columns: &Columns) -> Row {
        let mut cells = Vec::new();
        for child in element.elements() {
            if self.vocabulary.meaning(child) == Meaning::Hidden {
                continue;
            }
            let number = |name: &str| child.attribute(name).and_then(|value| value.parse::<u32>().ok());
            let spanned = columns.spanned(child);
            let rows = number("rowspan").or_else(|| number("morerows").map(|more| more.saturating_add(1))).unwrap_or(1);
            let wide = spanned.or_else(|| number("colspan")).unwrap_or(1);
            let blocks = match child.name.as_str() {
                "entrytbl" => {
                    let mut inner = Vec::new();
                    self.table(child, &mut inner);
                    inner
                }
                _ => self.blocks_in(child, ParagraphRole::Body),
            };
            cells.push(Cell {
                blocks,
                columns: wide.clamp(1, MOST_SPANNED),
                rows: rows.clamp(1, MOST_SPANNED),
                alignment: child.attribute("align").and_then(alignment),
                heads_row: matches!(child.name.as_str(), "th" | "head"),
            });
        }
        Row { cells }
    }
}

impl Columns {
    fn add(&mut self, element: &Element) {
        let number = element.attribute("colnum").and_then(|number| number.parse::<usize>().ok());
        let index = number.unwrap_or(self.alignments.len() + 1).clamp(1, MOST_SPANNED as usize);
        if let Some(name) = element.attribute("colname") {
            self.numbers.insert(name.to_owned(), index as u32);
        }
        self.alignments.resize(self.alignments.len().max(index), ColumnAlignment::Start);
        if let Some(alignment) = element.attribute("align").and_then(alignment) {
            self.alignments[index - 1] = alignment;
        }
    }

    /// Columns from the named first to the named last.
    fn spanned(&self, cell: &Element) -> Option<u32> {
        let by_span = cell.attribute("spanname").and_then(|name| self.spans.get(name));
        let (first, last) = match by_span {
            Some((first, last)) => (first.as_str(), last.as_str()),
            None => (cell.attribute("namest")?, cell.attribute("nameend")?),
        };
        let (first, last) = (self.numbers.get(first)?, self.numbers.get(last)?);
        Some(last.checked_sub(*first)? + 1)
    }
}

fn alignment(written: &str) -> Option<ColumnAlignment> {
    match written {
        "left" => Some(ColumnAlignment::Left),
        "center" => Some(ColumnAlignment::Center),
        "right" => Some(ColumnAlignment::Right),
        _ => None,
    }
}
