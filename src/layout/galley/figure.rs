//! Pictures and figures: in the middle of the measure, with their caption, never parted from it (JLReq §4.3).

use super::Setter;
use super::row::{Mark, Row, Start};
use crate::diagnostics::{Loss, Place};
use crate::document::{Block, BlockKind, Image, Inline, ResourceId, plain_text};
use crate::layout::frame::{Item, Owner};
use crate::layout::structure::{NodeId, Role};
use crate::layout::style::{Flow, Text};
use crate::length::{Em, Length};
use crate::themes::Alignment;

impl<'a> Setter<'a> {
    /// A paragraph of pictures alone.
    pub(super) fn picture_paragraph(&mut self, block: &'a Block, flow: &Flow) {
        let first = self.galley.rows.len();
        let BlockKind::Paragraph { content, .. } = &block.kind else { return };
        for inline in content {
            if let Inline::Image(image) = inline {
                self.picture(image, None, flow.node, flow);
            }
        }
        self.settle(first, Em::HALF, Em::HALF, flow);
        self.let_float(first, flow);
    }

    pub(super) fn figure(&mut self, blocks: &'a [Block], caption: &'a [Inline], flow: &Flow) {
        let first = self.galley.rows.len();
        let node = self.structure.add(flow.node, Role::Aside);
        let inner = Flow { node, on_grid: false, indent: Em::ZERO, ..flow.clone() };
        let holds_table = blocks.iter().any(|block| matches!(block.kind, BlockKind::Table(_)));
        if holds_table {
            self.caption(caption, &inner, true);
        }
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph { content, .. } if Setter::is_picture(block) => {
                    if let Some(id) = &block.attributes.id {
                        self.waiting_anchors.push(id.clone());
                    }
                    for inline in content {
                        if let Inline::Image(image) = inline {
                            self.picture(image, Some(caption), node, &inner);
                        }
                    }
                }
                _ => self.block(block, &inner),
            }
        }
        if !holds_table {
            self.caption(caption, &inner, false);
        }
        self.settle(first, Em::HALF, Em::HALF, flow);
        if !holds_table {
            self.let_float(first, flow);
        }
    }

    /// The rows from `first` on may stand at the head of the next page, when they are pictures of the body itself and
    /// the text before does not announce them with a colon.
    fn let_float(&mut self, first: usize, flow: &Flow) {
        let (before, rows) = self.galley.rows.split_at_mut(first);
        let announced = before.last().is_some_and(|row| row.marks.iter().rev().find_map(last_character) == Some('：'));
        let is_plain =
            rows.iter().all(|row| row.start == Start::Anywhere && row.notes.is_empty() && row.head.is_none());
        if flow.node.0 != 0 || flow.enclosure.is_some() || announced || !is_plain {
            return;
        }
        let count = rows.len();
        if let Some(row) = rows.first_mut() {
            row.floating = count;
        }
        // All but the last are kept together: a figure is not parted from its caption.
        rows.iter_mut().rev().skip(1).for_each(|row| row.keep_with_next = true);
    }

    /// A caption over or under what it belongs to, never parted from it.
    pub(super) fn caption(&mut self, caption: &'a [Inline], flow: &Flow, over: bool) {
        if caption.is_empty() {
            return;
        }
        let node = self.structure.add(flow.node, Role::Caption);
        let text = Text::of(&self.edition.theme.caption);
        let gap = Length::points(4);
        if !over && let Some(row) = self.galley.rows.last_mut() {
            row.keep_with_next = true;
            row.after = row.after.max(gap);
        }
        let first = self.galley.rows.len();
        let place = Flow { text, on_grid: false, ..flow.indented(Em::ratio(2, 1), Em::ratio(2, 1)) };
        let rows = self.text_rows(caption, &place, text, Em::ZERO, node);
        self.push_paragraph(rows, &place);
        let rows = &mut self.galley.rows[first..];
        let count = rows.len();
        for (index, row) in rows.iter_mut().enumerate() {
            row.keep_with_next |= over || index + 1 < count;
        }
        if over && let Some(row) = rows.last_mut() {
            row.after = gap;
        }
    }

    /// One picture as a row; what it says where it cannot be shown.
    fn picture(&mut self, image: &'a Image, caption: Option<&[Inline]>, parent: NodeId, flow: &Flow) {
        let size = image.resource.as_ref().and_then(|id| Some((id.clone(), self.picture_size(image, id, flow)?)));
        let Some((resource, (width, height))) = size else {
            self.picture_in_words(image, parent, flow);
            return;
        };
        let alternative = self.alternative(
            &image.alternative,
            image.title.as_deref().or(caption.map(plain_text).as_deref()),
            &resource,
        );
        let node = self.structure.add(parent, Role::Figure { alternative });
        let owner = Owner::Content(self.structure.content(node));
        let mut row = Row::blank(height);
        let inline = flow.start + (flow.measure - width) / 2;
        row.marks.push(Mark { inline, block: Length::ZERO, owner, item: Item::Picture { resource, width, height } });
        self.push_rows(vec![row], flow);
    }

    /// A picture that is not there keeps its alternative text.
    fn picture_in_words(&mut self, image: &Image, parent: NodeId, flow: &Flow) {
        let words = if image.alternative.trim().is_empty() { &image.source } else { &image.alternative };
        let shown: String = words.chars().take(500).collect();
        let node = self.structure.add(parent, Role::Paragraph);
        let text = Text { align: Alignment::Center, ..Text::of(&self.edition.theme.caption) };
        let rows = self.text_rows(&[Inline::text(format!("［{shown}］"))], flow, text, Em::ZERO, node);
        self.push_paragraph(rows, &Flow { on_grid: false, ..flow.clone() });
    }

    /// Width and height of a picture: as asked for or 96 pixels an inch, made smaller to fit the measure and the page.
    fn picture_size(&mut self, image: &Image, id: &ResourceId, flow: &Flow) -> Option<(Length, Length)> {
        let resource = self.document.resources.get(id)?;
        let pixels = |count: u32| f64::from(count) * 0.75;
        let (own_width, own_height) = match (resource.width, resource.height) {
            (0, _) | (_, 0) => (flow.measure.to_points(), flow.measure.to_points() * 0.6),
            (width, height) => (pixels(width), pixels(height)),
        };
        let ratio = own_height / own_width;
        let (width, height) = match (image.width.filter(|w| *w > 0), image.height.filter(|h| *h > 0)) {
            (Some(width), Some(height)) => (pixels(width), pixels(height)),
            (Some(width), None) => (pixels(width), pixels(width) * ratio),
            (None, Some(height)) => (pixels(height) / ratio, pixels(height)),
            (None, None) => (own_width, own_height),
        };
        let room = (flow.measure.to_points(), self.page_depth().to_points() * 0.8);
        let scale = (room.0 / width).min(room.1 / height).min(1.0);
        let (width, height) = (width * scale, height * scale);
        (width >= 0.5 && height >= 0.5).then(|| (Length::from_points(width), Length::from_points(height)))
    }

    /// What to say of a picture to one who cannot see it: a picture without alternative text is reported, and its title,
    /// caption or name stands in.
    pub(super) fn alternative(&mut self, alternative: &str, stand_in: Option<&str>, resource: &str) -> String {
        if !alternative.trim().is_empty() {
            return alternative.to_owned();
        }
        let message =
            format!("the picture {resource} has no alternative text; those who cannot see it get its caption or name");
        self.diagnostics.warn(Loss::Substituted, "missing-alternative", None::<Place>, message);
        stand_in.filter(|words| !words.trim().is_empty()).unwrap_or(resource).to_owned()
    }
}

fn last_character(mark: &Mark) -> Option<char> {
    match &mark.item {
        Item::Glyphs(run) => run.text.trim_end().chars().next_back(),
        _ => None,
    }
}
