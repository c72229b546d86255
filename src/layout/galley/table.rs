//! Tables: three rules, cells that wrap, heads that are set again on every page, spans (JLReq §4.4).

use super::Setter;
use super::column_widths::{PADDING, PlacedCell, column_widths, place_cells};
use super::row::{HeadId, RepeatedHead, Row, stack};
use crate::diagnostics::Loss;
use crate::document::{ColumnAlignment, Row as TableRow, Table};
use crate::layout::structure::{NodeId, Role, Scope};
use crate::layout::style::{Flow, Text};
use crate::length::{Em, Length};
use crate::themes::{Alignment, Family};

/// Over and under a cell's text.
const CELL_SPACE: Length = Length(crate::length::UNITS * 3);

/// Which part of the table rows belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Body,
    Foot,
}

/// Where a table stands and what its cells are set in.
struct Frame<'t> {
    table: &'t Table,
    /// Where each column begins, from the table's start, and where the last one ends.
    edges: Vec<Length>,
    flow: Flow,
}

impl Frame<'_> {
    /// Start and width of so many columns from `column` on.
    fn columns(&self, column: usize, columns: usize) -> (Length, Length) {
        let start = self.edges[column];
        (start, self.edges[column + columns] - start)
    }
}

/// A cell set to its column: the rows of its text, and where it begins in its unit.
struct SetCell {
    rows: Vec<Row>,
    /// Index in the unit of the table row it begins in, and of how many it takes.
    row: usize,
    spans: usize,
    extent: Length,
    column: usize,
    columns: usize,
}

impl<'a> Setter<'a> {
    pub(super) fn table(&mut self, table: &'a Table, flow: &Flow) {
        let rows: Vec<(Part, &TableRow)> = parts(table);
        let plain: Vec<&TableRow> = rows.iter().map(|(_, row)| *row).collect();
        let (places, columns) = place_cells(&plain, table.columns());
        if columns == 0 || rows.is_empty() {
            return;
        }
        let first = self.galley.rows.len();
        let node = self.structure.add(flow.node, Role::Table);
        let outer = Flow { node, on_grid: false, indent: Em::ZERO, ..flow.clone() };
        self.caption(&table.caption, &outer, true);
        let text = Text { align: Alignment::Start, ..Text::of(&self.edition.theme.table) };
        let padding = PADDING.at(text.size);
        if flow.measure < (text.size + padding * 2) * columns as i64 {
            let message = format!("a table of {columns} columns is too wide for its measure; its cells overlap");
            self.diagnostics.warn(Loss::Overfull, "overfull-table", None, message);
        }
        let widths = column_widths(&places, columns, flow.measure, text.size, padding);
        let mut edges = vec![Length::ZERO];
        edges.extend(widths.iter().scan(Length::ZERO, |edge, width| {
            *edge += *width;
            Some(*edge)
        }));
        if places.iter().flatten().any(|placed| placed.rows < placed.cell.rows) {
            let message = format!("a table of {columns} columns is too large for cells over several rows");
            self.diagnostics.warn(Loss::Substituted, "table-spans", self.place, message);
        }
        let frame = Frame { table, edges, flow: Flow { text, ..outer } };
        let mut nodes = PartNodes { table: node, has_body: !table.body.is_empty(), open: None };
        let mut head: Option<HeadId> = None;
        let head_starts = self.galley.rows.len();
        let mut at = 0;
        while at < rows.len() {
            let part = rows[at].0;
            let count = unit_length(&rows, &places, at);
            let part_node = nodes.of(self, part);
            let mut unit = self.unit(&frame, &rows[at..at + count], &places[at..at + count], part_node);
            at += count;
            self.rule_unit(&mut unit, &frame, part, at == count, rows.get(at).map(|row| row.0));
            for row in &mut unit {
                row.head = head;
                row.keep_with_next |= part == Part::Head;
            }
            self.push_rows(unit, &frame.flow);
            if part == Part::Head && rows.get(at).is_some_and(|next| next.0 != Part::Head) {
                head = self.repeat_head(head_starts, &frame);
            }
        }
        self.settle(first, Em::HALF, Em::HALF, flow);
    }

    /// Remember the head's rows, unless they would take too much of each page.
    fn repeat_head(&mut self, starts: usize, frame: &Frame<'_>) -> Option<HeadId> {
        let rows: Vec<Row> = self.galley.rows[starts..].iter().map(Row::repeated).collect();
        let (_, extent) = stack(&rows);
        if rows.is_empty() || extent > self.page_depth() / 3 {
            return None;
        }
        let id = HeadId(self.galley.heads.len() as u32);
        self.galley.heads.push(RepeatedHead { rows, inline: frame.flow.start, width: frame.flow.measure });
        Some(id)
    }

    /// Table rows that hang together by cells over several rows, as one strip, or as many where one would be too long.
    fn unit(
        &mut self,
        frame: &Frame<'_>,
        rows: &[(Part, &'a TableRow)],
        places: &[Vec<PlacedCell<'a>>],
        part: NodeId,
    ) -> Vec<Row> {
        let mut cells = Vec::new();
        // By column, the first row that no cell from above reaches into.
        let mut taken = vec![0; frame.edges.len() - 1];
        for (index, placed) in places.iter().enumerate() {
            let row_node = self.structure.add(part, Role::Row);
            let mut next = 0;
            for placed in placed {
                self.missing_cells(&taken[next..placed.column], index, row_node);
                let spans = (placed.rows as usize).min(places.len() - index);
                cells.push(self.cell(frame, rows[index].0, *placed, index, spans, row_node));
                next = placed.column + placed.columns;
                taken[placed.column..next].fill(index + spans);
            }
            self.missing_cells(&taken[next..], index, row_node);
        }
        let tops = row_tops(&cells, places.len());
        self.assemble(frame, cells, &tops, rows.first().map(|row| row.0) == Some(Part::Head))
    }

    /// An empty cell for each gap in a row: every row must span the same columns (ISO 14289-1 §7.5).
    fn missing_cells(&mut self, taken: &[usize], row: usize, node: NodeId) {
        for gap in taken.chunk_by(|left, right| (*left <= row) == (*right <= row)).filter(|gap| gap[0] <= row) {
            self.structure.add(node, Role::Cell { columns: gap.len() as u32, rows: 1 });
        }
    }

    fn cell(
        &mut self,
        frame: &Frame<'_>,
        part: Part,
        placed: PlacedCell<'a>,
        row: usize,
        spans: usize,
        node: NodeId,
    ) -> SetCell {
        let PlacedCell { column, columns, cell, .. } = placed;
        let (span_columns, span_rows) = (columns as u32, spans as u32);
        let role = if part == Part::Head || cell.heads_row {
            let scope = if part == Part::Head { Scope::Column } else { Scope::Row };
            Role::HeadCell { scope, columns: span_columns, rows: span_rows }
        } else {
            Role::Cell { columns: span_columns, rows: span_rows }
        };
        let own = self.structure.add(node, role);
        let (start, width) = frame.columns(column, columns);
        let padding = PADDING.at(frame.flow.text.size);
        let alignment = cell.alignment.or(frame.table.alignments.get(column).copied()).unwrap_or_default();
        let align = match alignment {
            ColumnAlignment::Start if part == Part::Head && columns > 1 => Alignment::Center,
            ColumnAlignment::Start | ColumnAlignment::Left => Alignment::Start,
            ColumnAlignment::Center => Alignment::Center,
            ColumnAlignment::Right => Alignment::End,
        };
        let (family, bold) = match (part, cell.heads_row) {
            (Part::Head, _) => (Family::Hei, true),
            (_, true) => (Family::Hei, false),
            _ => (frame.flow.text.family, frame.flow.text.bold),
        };
        let flow = Flow {
            start: frame.flow.start + start + padding,
            measure: (width - padding * 2).max(frame.flow.text.size),
            node: own,
            text: Text { family, bold, align, ..frame.flow.text },
            ..frame.flow.clone()
        };
        let rows = self.rows_of(|setter| setter.blocks(&cell.blocks, &flow));
        let (_, extent) = stack(&rows);
        let extent = extent.max(frame.flow.text.pitch) + CELL_SPACE * 2;
        SetCell { rows, row, spans, extent, column, columns }
    }

    /// Put the cells of a unit side by side.
    fn assemble(&mut self, frame: &Frame<'_>, cells: Vec<SetCell>, tops: &[Length], is_head: bool) -> Vec<Row> {
        let extent = *tops.last().expect("a unit has a row");
        let mut placed: Vec<(Length, Row)> = Vec::new();
        let mut rules = Row::default();
        let color = self.edition.theme.colors.rule.0;
        for cell in cells {
            let top = tops[cell.row] + CELL_SPACE;
            let (offsets, _) = stack(&cell.rows);
            placed.extend(offsets.into_iter().zip(cell.rows).map(|(offset, row)| (top + offset, row)));
            let below = cell.row + cell.spans;
            // Inside a unit a hairline parts what does not reach over it; a head over several columns is underlined.
            if below < tops.len() - 1 || (is_head && cell.columns > 1 && below < tops.len() - 1) {
                let (start, width) = frame.columns(cell.column, cell.columns);
                let inset = if is_head { PADDING.at(frame.flow.text.size) } else { Length::ZERO };
                rules.rule(frame.flow.start + start + inset, tops[below], width - inset * 2, HAIRLINE, color);
            }
        }
        let mut rows = if extent <= self.page_depth() / 2 {
            let mut whole = Row::blank(extent);
            for (top, row) in placed {
                whole.absorb(row, top);
            }
            vec![whole]
        } else {
            bands(placed, extent)
        };
        rows[0].marks.append(&mut rules.marks);
        rows
    }

    /// The three rules of a table, and hairlines between its rows.
    fn rule_unit(&self, unit: &mut [Row], frame: &Frame<'_>, part: Part, is_first: bool, next: Option<Part>) {
        let (start, width) = (frame.flow.start, frame.flow.measure);
        let black = [0, 0, 0];
        if is_first && let Some(row) = unit.first_mut() {
            row.rule(start, Length::ZERO, width, HEAVY, black);
        }
        let Some(row) = unit.last_mut() else { return };
        let bottom = row.extent;
        match next {
            None => row.rule(start, bottom - HEAVY, width, HEAVY, black),
            Some(next) if next != part => row.rule(start, bottom - LIGHT, width, LIGHT, black),
            Some(_) if part == Part::Head => {}
            Some(_) => row.rule(start, bottom - HAIRLINE, width, HAIRLINE, self.edition.theme.colors.rule.0),
        }
    }
}

const HEAVY: Length = Length(crate::length::UNITS);
const LIGHT: Length = Length(crate::length::UNITS / 2);
const HAIRLINE: Length = Length(crate::length::UNITS / 4);

/// The structure's nodes for head, body and foot, made when they are first needed. A table that is all head and foot has a
/// body nonetheless (ISO 14289-1 §7.5).
struct PartNodes {
    table: NodeId,
    has_body: bool,
    open: Option<(Role, NodeId)>,
}

impl PartNodes {
    fn of(&mut self, setter: &mut Setter<'_>, part: Part) -> NodeId {
        let role = match part {
            Part::Head if self.has_body => Role::TableHead,
            Part::Foot if self.has_body => Role::TableFoot,
            Part::Head | Part::Body | Part::Foot => Role::TableBody,
        };
        if let Some((open, node)) = &self.open
            && *open == role
        {
            return *node;
        }
        let node = setter.structure.add(self.table, role.clone());
        self.open = Some((role, node));
        node
    }
}

fn parts(table: &Table) -> Vec<(Part, &TableRow)> {
    let head = table.head.iter().map(|row| (Part::Head, row));
    let body = table.body.iter().map(|row| (Part::Body, row));
    let foot = table.foot.iter().map(|row| (Part::Foot, row));
    head.chain(body).chain(foot).collect()
}

/// How many rows from `at` on hang together by cells that reach over several rows.
fn unit_length(rows: &[(Part, &TableRow)], places: &[Vec<PlacedCell<'_>>], at: usize) -> usize {
    let part = rows[at].0;
    let mut end = at + 1;
    let mut index = at;
    while index < end {
        let reach = places[index].iter().map(|placed| index.saturating_add(placed.rows as usize)).max();
        end = end.max(reach.unwrap_or(end).min(rows.len()));
        index += 1;
        if index < end && rows[index].0 != part {
            end = index;
        }
    }
    end - at
}

/// Where each table row of a unit begins, and where the last one ends.
fn row_tops(cells: &[SetCell], count: usize) -> Vec<Length> {
    let mut extents = vec![Length::ZERO; count];
    for cell in cells.iter().filter(|cell| cell.spans == 1) {
        extents[cell.row] = extents[cell.row].max(cell.extent);
    }
    for cell in cells.iter().filter(|cell| cell.spans > 1) {
        let under = &mut extents[cell.row..cell.row + cell.spans];
        let missing = cell.extent - under.iter().copied().sum();
        if missing > Length::ZERO
            && let Some(last) = under.last_mut()
        {
            *last += missing;
        }
    }
    let mut tops = vec![Length::ZERO];
    for extent in extents {
        let top = *tops.last().expect("it begins with the first row's top");
        tops.push(top + extent);
    }
    tops
}

/// Cut a unit too long for a page wherever no line of any cell is cut.
fn bands(mut placed: Vec<(Length, Row)>, extent: Length) -> Vec<Row> {
    placed.sort_by_key(|(top, _)| *top);
    let mut bands: Vec<Row> = Vec::new();
    let mut band_top = Length::ZERO;
    let mut reach = Length::ZERO;
    let mut band = Row::default();
    for (top, row) in placed {
        if top >= reach && !band.marks.is_empty() {
            band.extent = top - band_top;
            bands.push(std::mem::take(&mut band));
            band_top = top;
        }
        reach = reach.max(top + row.extent);
        band.absorb(row, top - band_top);
    }
    band.extent = extent - band_top;
    bands.push(band);
    bands
}
