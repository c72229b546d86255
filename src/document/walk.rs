//! Visiting every block or inline of a tree, in document order.

use super::{Block, BlockKind, Document, Inline};

/// Call `visit` on each block, parents before children.
pub fn walk_blocks<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        each_child_list(&block.kind, &mut |children| walk_blocks(children, &mut *visit));
    }
}

/// Call `visit` on each block, parents before children, to change it in place.
pub fn walk_blocks_mut(blocks: &mut [Block], visit: &mut impl FnMut(&mut Block)) {
    for block in blocks {
        visit(block);
        each_child_list_mut(&mut block.kind, &mut |children| walk_blocks_mut(children, &mut *visit));
    }
}

/// Call `visit` on each list of inlines of a tree of blocks: one call a paragraph, heading, caption, verse line, term.
pub fn walk_inlines<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a [Inline])) {
    walk_blocks(blocks, &mut |block| each_line(&block.kind, visit));
}

/// [`walk_inlines`], to change the lists in place.
pub fn walk_inlines_mut(blocks: &mut [Block], visit: &mut impl FnMut(&mut Vec<Inline>)) {
    walk_blocks_mut(blocks, &mut |block| each_line_mut(&mut block.kind, visit));
}

/// How many blocks and inlines a tree has.
pub fn count_nodes(blocks: &[Block]) -> usize {
    fn inlines(list: &[Inline]) -> usize {
        list.iter().map(|inline| 1 + inlines(inline.children())).sum()
    }
    let mut count = 0;
    walk_blocks(blocks, &mut |block| {
        count += 1;
        each_line(&block.kind, &mut |line| count += inlines(line));
    });
    count
}

/// How many characters a document's blocks and notes have, in words, code and mathematics.
pub fn count_characters(document: &Document) -> usize {
    fn inlines(list: &[Inline]) -> usize {
        let of = |inline: &Inline| match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Math(text) => text.chars().count(),
            Inline::Ruby { pairs, .. } => {
                pairs.iter().map(|pair| pair.base.chars().count() + pair.annotation.chars().count()).sum()
            }
            other => inlines(other.children()),
        };
        list.iter().map(of).sum()
    }
    let mut count = 0;
    for blocks in document.notes.values().chain([&document.blocks]) {
        walk_blocks(blocks, &mut |block| {
            if let BlockKind::Code { text, .. } | BlockKind::Math { tex: text } = &block.kind {
                count += text.chars().count();
            }
            each_line(&block.kind, &mut |list| count += inlines(list));
        });
    }
    count
}

/// How many levels blocks and inlines nest; 0 when there are none.
pub fn depth(blocks: &[Block]) -> usize {
    fn inlines(list: &[Inline]) -> usize {
        list.iter().map(|inline| 1 + inlines(inline.children())).max().unwrap_or_default()
    }
    let below = |block: &Block| {
        let mut levels = 0;
        each_child_list(&block.kind, &mut |list| levels = levels.max(depth(list)));
        each_line(&block.kind, &mut |list| levels = levels.max(inlines(list)));
        1 + levels
    };
    blocks.iter().map(below).max().unwrap_or_default()
}

/// What a tree is like as a whole, found in one walk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// [`count_nodes`]
    pub nodes: usize,
    /// [`depth`]
    pub levels: usize,
    /// Which of its outermost blocks show pictures, ascending: few of a long document do.
    pub pictured: Vec<usize>,
}

impl Extent {
    /// Of blocks and all that is in them.
    pub fn of(blocks: &[Block]) -> Extent {
        let mut seen = Seen { nodes: 0, levels: 0, pictures: 0 };
        let mut pictured = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            let before = seen.pictures;
            seen.see_blocks(std::slice::from_ref(block), 0);
            pictured.extend((seen.pictures > before).then_some(index));
        }
        Extent { nodes: seen.nodes, levels: seen.levels, pictured }
    }
}

/// What a walk has met so far.
struct Seen {
    nodes: usize,
    levels: usize,
    pictures: usize,
}

impl Seen {
    fn see_blocks(&mut self, blocks: &[Block], level: usize) {
        if !blocks.is_empty() {
            self.levels = self.levels.max(level + 1);
        }
        self.nodes += blocks.len();
        for block in blocks {
            each_line(&block.kind, &mut |line| self.see_inlines(line, level + 1));
            each_child_list(&block.kind, &mut |list| self.see_blocks(list, level + 1));
        }
    }

    fn see_inlines(&mut self, inlines: &[Inline], level: usize) {
        if !inlines.is_empty() {
            self.levels = self.levels.max(level + 1);
        }
        self.nodes += inlines.len();
        for inline in inlines {
            match inline {
                Inline::Text(_) => {}
                Inline::Image(_) => self.pictures += 1,
                other => self.see_inlines(other.children(), level + 1),
            }
        }
    }
}

/// Call `see` on each list of blocks directly within a block.
pub(super) fn each_child_list<'a>(kind: &'a BlockKind, see: &mut impl FnMut(&'a [Block])) {
    match kind {
        BlockKind::Quote { blocks, .. } | BlockKind::Figure { blocks, .. } | BlockKind::Box { blocks, .. } => {
            see(blocks)
        }
        BlockKind::List { items, .. } => items.iter().for_each(|item| see(&item.blocks)),
        BlockKind::Definitions { items } => {
            items.iter().flat_map(|item| &item.definitions).for_each(|definition| see(definition));
        }
        BlockKind::Table(table) => {
            let rows = table.head.iter().chain(&table.body).chain(&table.foot);
            rows.flat_map(|row| &row.cells).for_each(|cell| see(&cell.blocks));
        }
        BlockKind::Heading { .. }
        | BlockKind::Paragraph { .. }
        | BlockKind::Code { .. }
        | BlockKind::Verse { .. }
        | BlockKind::Math { .. }
        | BlockKind::ThematicBreak
        | BlockKind::PageBreak
        | BlockKind::Raw { .. } => {}
    }
}

/// [`each_child_list`], to change the lists in place.
pub(super) fn each_child_list_mut(kind: &mut BlockKind, see: &mut impl FnMut(&mut Vec<Block>)) {
    match kind {
        BlockKind::Quote { blocks, .. } | BlockKind::Figure { blocks, .. } | BlockKind::Box { blocks, .. } => {
            see(blocks)
        }
        BlockKind::List { items, .. } => items.iter_mut().for_each(|item| see(&mut item.blocks)),
        BlockKind::Definitions { items } => {
            items.iter_mut().flat_map(|item| &mut item.definitions).for_each(see);
        }
        BlockKind::Table(table) => {
            let rows = table.head.iter_mut().chain(&mut table.body).chain(&mut table.foot);
            rows.flat_map(|row| &mut row.cells).for_each(|cell| see(&mut cell.blocks));
        }
        BlockKind::Heading { .. }
        | BlockKind::Paragraph { .. }
        | BlockKind::Code { .. }
        | BlockKind::Verse { .. }
        | BlockKind::Math { .. }
        | BlockKind::ThematicBreak
        | BlockKind::PageBreak
        | BlockKind::Raw { .. } => {}
    }
}

/// Call `see` on each list of inlines that belongs to a block itself.
pub(super) fn each_line<'a>(kind: &'a BlockKind, see: &mut impl FnMut(&'a [Inline])) {
    match kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => see(content),
        BlockKind::Quote { attribution, .. } => see(attribution),
        BlockKind::Definitions { items } => items.iter().flat_map(|item| &item.terms).for_each(|term| see(term)),
        BlockKind::Table(table) => see(&table.caption),
        BlockKind::Figure { caption, .. } => see(caption),
        BlockKind::Verse { lines } => lines.iter().for_each(|line| see(line)),
        BlockKind::Box { title, .. } => see(title),
        BlockKind::List { .. }
        | BlockKind::Code { .. }
        | BlockKind::Math { .. }
        | BlockKind::ThematicBreak
        | BlockKind::PageBreak
        | BlockKind::Raw { .. } => {}
    }
}

/// [`each_line`], to change the lists in place.
pub(super) fn each_line_mut(kind: &mut BlockKind, see: &mut impl FnMut(&mut Vec<Inline>)) {
    match kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => see(content),
        BlockKind::Quote { attribution, .. } => see(attribution),
        BlockKind::Definitions { items } => items.iter_mut().flat_map(|item| &mut item.terms).for_each(see),
        BlockKind::Table(table) => see(&mut table.caption),
        BlockKind::Figure { caption, .. } => see(caption),
        BlockKind::Verse { lines } => lines.iter_mut().for_each(see),
        BlockKind::Box { title, .. } => see(title),
        BlockKind::List { .. }
        | BlockKind::Code { .. }
        | BlockKind::Math { .. }
        | BlockKind::ThematicBreak
        | BlockKind::PageBreak
        | BlockKind::Raw { .. } => {}
    }
}
