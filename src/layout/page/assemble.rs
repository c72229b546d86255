//! Sheets of rows become pages of items at their places on the paper.

use std::collections::BTreeMap;

use super::axes::Axes;
use super::notes::SEPARATOR;
use super::{MadeUp, Sheet};
use crate::layout::frame::{Furniture, Item, LinkArea, Owner, Page, PageNumber, Placed, Point};
use crate::layout::galley::{Enclosure, EnclosureId, Galley, HeadId, RepeatedHead, Row, RowHeading, Start, stack};
use crate::layout::structure::NodeId;
use crate::length::{Em, Length};
use crate::themes::Theme;

/// A heading and where it came to stand.
#[derive(Clone, Debug)]
pub struct PlacedHeading {
    pub heading: RowHeading,
    /// Index among the pages of its galley.
    pub page: usize,
    pub at: Point,
}

pub(super) fn assemble(mut galley: Galley, sheets: Vec<Sheet>, theme: &Theme) -> MadeUp {
    let mut made = MadeUp::default();
    for (index, sheet) in sheets.into_iter().enumerate() {
        let mut layers = Layers::new(theme);
        let opens = sheet.rows.first().is_some_and(|(row, _)| index == 0 || galley.rows[*row].start == Start::Page);
        layers.grounds(&sheet, &galley.rows, &galley.enclosures);
        if let Some(HeadId(head)) = sheet.head {
            layers.repeated_head(&galley.heads[head as usize]);
        }
        for (row, top) in &sheet.rows {
            let row = std::mem::take(&mut galley.rows[*row]);
            if let Some(heading) = &row.heading {
                let at = layers.axes.point(Length::ZERO, *top);
                made.headings.push(PlacedHeading { heading: heading.clone(), page: index, at });
            }
            layers.row(row, *top);
        }
        if let Some((HeadId(head), bottom)) = sheet.cut_table {
            let head = &galley.heads[head as usize];
            layers.ornament(head.inline, bottom, head.width, Length::points(1) / 2, [0, 0, 0]);
        }
        layers.notes(sheet.notes, sheet.notes_extent, theme);
        made.pages.push(layers.page(theme, index));
        made.opens.push(opens);
    }
    made
}

/// Items in the order of painting: grounds, then content, then ornaments. Content that is not interrupted by ornaments
/// stays in one piece for those who read it by machine.
struct Layers {
    axes: Axes,
    depth: Length,
    grounds: Vec<Placed>,
    content: Vec<Placed>,
    ornaments: Vec<Placed>,
    links: BTreeMap<NodeId, LinkArea>,
    anchors: Vec<(String, Point)>,
}

impl Layers {
    fn new(theme: &Theme) -> Layers {
        Layers {
            axes: Axes::horizontal(theme),
            depth: theme.depth(),
            grounds: Vec::new(),
            content: Vec::new(),
            ornaments: Vec::new(),
            links: BTreeMap::new(),
            anchors: Vec::new(),
        }
    }

    fn row(&mut self, row: Row, top: Length) {
        for anchor in row.anchors {
            let at = self.axes.point(Length::ZERO, top);
            self.anchors.push((anchor, at));
        }
        for link in row.links {
            let area = self.axes.area(link.inline, top + link.block, link.width, link.extent);
            let entry = self.links.entry(link.node);
            let target = link.target;
            let merged = entry.or_insert_with(|| LinkArea { node: link.node, target, areas: Vec::new() });
            merged.areas.push(area);
        }
        for mark in row.marks {
            let at = self.axes.point(mark.inline, top + mark.block);
            let placed = Placed { at, owner: mark.owner, item: mark.item };
            match mark.owner {
                Owner::Furniture(Furniture::Ground) => self.grounds.push(placed),
                Owner::Furniture(_) => self.ornaments.push(placed),
                Owner::Content(_) => self.content.push(placed),
            }
        }
    }

    fn repeated_head(&mut self, head: &RepeatedHead) {
        let (tops, _) = stack(&head.rows);
        for (row, top) in head.rows.iter().zip(tops) {
            self.row(row.clone(), top);
        }
    }

    /// Tints and bars behind the rows of each enclosure on this page.
    fn grounds(&mut self, sheet: &Sheet, rows: &[Row], enclosures: &[Enclosure]) {
        let mut reach: BTreeMap<EnclosureId, (Length, Length)> = BTreeMap::new();
        for (row, top) in &sheet.rows {
            let bottom = *top + rows[*row].extent;
            let mut enclosure = rows[*row].enclosure;
            while let Some(id) = enclosure {
                let own = reach.entry(id).or_insert((*top, bottom));
                *own = (own.0.min(*top), own.1.max(bottom));
                enclosure = enclosures[id.0 as usize].parent;
            }
        }
        for (id, (top, bottom)) in reach {
            let enclosure = &enclosures[id.0 as usize];
            let boxes = [enclosure.tint.map(|color| (color, enclosure.width)), enclosure.bar];
            for (color, width) in boxes.into_iter().flatten() {
                let item = Item::Box { width, height: bottom - top, color };
                let at = self.axes.point(enclosure.inline, top);
                self.grounds.push(Placed { at, owner: Owner::Furniture(Furniture::Ground), item });
            }
        }
    }

    fn ornament(&mut self, inline: Length, block: Length, width: Length, height: Length, color: [u8; 3]) {
        let at = self.axes.point(inline, block);
        let item = Item::Box { width, height, color };
        self.ornaments.push(Placed { at, owner: Owner::Furniture(Furniture::Ornament), item });
    }

    fn notes(&mut self, rows: Vec<Row>, extent: Length, theme: &Theme) {
        if rows.is_empty() {
            return;
        }
        let mut top = self.depth - extent;
        let width = Em::ratio(8, 1).at(theme.body.size).min(theme.measure());
        self.ornament(Length::ZERO, top + SEPARATOR / 2, width, Length::points(1) / 2, [0, 0, 0]);
        top += SEPARATOR;
        for row in rows {
            let below = row.extent;
            self.row(row, top);
            top += below;
        }
    }

    fn page(self, theme: &Theme, index: usize) -> Page {
        let (width, height) = theme.page.paper;
        let mut items = self.grounds;
        items.extend(self.content);
        items.extend(self.ornaments);
        Page {
            width,
            height,
            number: PageNumber::Arabic(index as u32 + 1),
            items,
            links: self.links.into_values().collect(),
            anchors: self.anchors,
        }
    }
}
