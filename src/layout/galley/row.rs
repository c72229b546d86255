//! Rows: the unbreakable strips a galley is made of.

use crate::document::NoteId;
use crate::layout::frame::{Furniture, Item, Owner};
use crate::layout::structure::NodeId;
use crate::length::Length;

/// An unbreakable strip of the column; offsets run from the column's start and from the row's top.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Space wanted over it; the larger of this and the `after` of the row before counts, none at the head of a page.
    pub before: Length,
    /// Along the block axis.
    pub extent: Length,
    pub after: Length,
    /// It begins on a line of the body's grid (clreq §2.3.3).
    pub on_grid: bool,
    /// No page break between this row and the next.
    pub keep_with_next: bool,
    pub start: Start,
    /// So many rows from this one on are a figure that may stand at the head of the next page, with the text that
    /// follows it before it; 0 for all else.
    pub floating: usize,
    /// Where its first baseline is, for labels that stand beside it.
    pub baseline: Option<Length>,
    pub marks: Vec<Mark>,
    pub links: Vec<RowLink>,
    /// Notes called in it, in order.
    pub notes: Vec<NoteId>,
    pub anchors: Vec<String>,
    pub enclosure: Option<EnclosureId>,
    /// The table head that is set again when this row starts a page.
    pub head: Option<HeadId>,
    /// Level and words of a heading that ends in this row.
    pub heading: Option<RowHeading>,
}

/// Where a row may start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    #[default]
    Anywhere,
    Page,
}

/// Something at its place in a row.
#[derive(Clone, Debug)]
pub struct Mark {
    pub inline: Length,
    /// Of glyphs the baseline, of all else the upper edge.
    pub block: Length,
    pub owner: Owner,
    pub item: Item,
}

/// The part of a link that stands in a row.
#[derive(Clone, Debug)]
pub struct RowLink {
    pub node: NodeId,
    pub target: String,
    pub inline: Length,
    pub width: Length,
    pub block: Length,
    pub extent: Length,
}

#[derive(Clone, Debug)]
pub struct RowHeading {
    pub level: u8,
    pub words: String,
    pub id: Option<String>,
    /// It belongs to the document and not to a quotation or box in it.
    pub top_level: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EnclosureId(pub u32);

/// What is drawn around or beside consecutive rows, on each page they stand on.
#[derive(Clone, Debug)]
pub struct Enclosure {
    pub parent: Option<EnclosureId>,
    pub inline: Length,
    pub width: Length,
    pub tint: Option<[u8; 3]>,
    /// A bar at the start edge.
    pub bar: Option<([u8; 3], Length)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeadId(pub u32);

/// A table's head, to be set again at the head of each page the table goes on to.
#[derive(Clone, Debug)]
pub struct RepeatedHead {
    pub rows: Vec<Row>,
    /// Where the table stands, for the rule that closes it on a page it goes on from.
    pub inline: Length,
    pub width: Length,
}

impl Row {
    /// An empty strip.
    pub fn blank(extent: Length) -> Row {
        Row { extent, ..Row::default() }
    }

    /// A filled rectangle that is no content.
    pub fn rule(&mut self, inline: Length, block: Length, width: Length, height: Length, color: [u8; 3]) {
        let item = Item::Box { width, height, color };
        self.marks.push(Mark { inline, block, owner: Owner::Furniture(Furniture::Ornament), item });
    }

    /// Take over what stands in `other`, so much below this row's top.
    pub fn absorb(&mut self, other: Row, below: Length) {
        let Row { marks, links, notes, anchors, .. } = other;
        self.marks.extend(marks.into_iter().map(|mark| Mark { block: mark.block + below, ..mark }));
        self.links.extend(links.into_iter().map(|link| RowLink { block: link.block + below, ..link }));
        self.notes.extend(notes);
        self.anchors.extend(anchors);
    }

    /// Move everything along the block axis.
    pub fn lower(&mut self, by: Length) {
        self.marks.iter_mut().for_each(|mark| mark.block += by);
        self.links.iter_mut().for_each(|link| link.block += by);
        self.baseline = self.baseline.map(|baseline| baseline + by);
    }

    /// Move everything along the inline axis.
    pub fn shift(&mut self, by: Length) {
        self.marks.iter_mut().for_each(|mark| mark.inline += by);
        self.links.iter_mut().for_each(|link| link.inline += by);
    }

    /// The row again as furniture: what a reader has met before.
    pub fn repeated(&self) -> Row {
        let again = |mark: &Mark| Mark { owner: Owner::Furniture(Furniture::Repeated), ..mark.clone() };
        Row {
            marks: self.marks.iter().map(again).collect(),
            links: Vec::new(),
            notes: Vec::new(),
            anchors: Vec::new(),
            heading: None,
            head: None,
            ..self.clone()
        }
    }
}

/// Stack rows on each other: each row's distance from the top, and the whole extent.
pub fn stack(rows: &[Row]) -> (Vec<Length>, Length) {
    let mut tops = Vec::with_capacity(rows.len());
    let mut bottom = Length::ZERO;
    let mut after = Length::ZERO;
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            bottom += row.before.max(after);
        }
        tops.push(bottom);
        bottom += row.extent;
        after = row.after;
    }
    (tops, bottom)
}
