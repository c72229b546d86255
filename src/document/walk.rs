//! Visiting every block or inline of a tree, in document order.

use super::{Block, BlockKind, Inline};

/// Call `visit` on each block, parents before children.
pub fn walk_blocks<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        for children in child_blocks(&block.kind) {
            walk_blocks(children, visit);
        }
    }
}

/// Call `visit` on each block, parents before children, to change it in place.
pub fn walk_blocks_mut(blocks: &mut [Block], visit: &mut impl FnMut(&mut Block)) {
    for block in blocks {
        visit(block);
        for children in child_blocks_mut(&mut block.kind) {
            walk_blocks_mut(children, visit);
        }
    }
}

/// Call `visit` on each list of inlines of a tree of blocks: one call a paragraph, heading, caption, verse line, term.
pub fn walk_inlines<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a [Inline])) {
    walk_blocks(blocks, &mut |block| match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => visit(content),
        BlockKind::Quote { attribution, .. } => visit(attribution),
        BlockKind::Definitions { items } => items.iter().flat_map(|item| &item.terms).for_each(|term| visit(term)),
        BlockKind::Table(table) => visit(&table.caption),
        BlockKind::Figure { caption, .. } => visit(caption),
        BlockKind::Verse { lines } => lines.iter().for_each(|line| visit(line)),
        BlockKind::Box { title, .. } => visit(title),
        BlockKind::List { .. }
        | BlockKind::Code { .. }
        | BlockKind::Math { .. }
        | BlockKind::ThematicBreak
        | BlockKind::PageBreak
        | BlockKind::Raw { .. } => {}
    });
}

/// [`walk_inlines`], to change the lists in place.
pub fn walk_inlines_mut(blocks: &mut [Block], visit: &mut impl FnMut(&mut Vec<Inline>)) {
    walk_blocks_mut(blocks, &mut |block| match &mut block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => visit(content),
        BlockKind::Quote { attribution, .. } => visit(attribution),
        BlockKind::Definitions { items } => items.iter_mut().flat_map(|item| &mut item.terms).for_each(&mut *visit),
        BlockKind::Table(table) => visit(&mut table.caption),
        BlockKind::Figure { caption, .. } => visit(caption),
        BlockKind::Verse { lines } => lines.iter_mut().for_each(&mut *visit),
        BlockKind::Box { title, .. } => visit(title),
        BlockKind::List { .. }
        | BlockKind::Code { .. }
        | BlockKind::Math { .. }
        | BlockKind::ThematicBreak
        | BlockKind::PageBreak
        | BlockKind::Raw { .. } => {}
    });
}

/// How many blocks and inlines a tree has.
pub fn count_nodes(blocks: &[Block]) -> usize {
    fn inlines(list: &[Inline]) -> usize {
        list.iter().map(|inline| 1 + inlines(inline.children())).sum()
    }
    let mut count = 0;
    walk_blocks(blocks, &mut |_| count += 1);
    walk_inlines(blocks, &mut |list| count += inlines(list));
    count
}

fn child_blocks(kind: &BlockKind) -> Vec<&[Block]> {
    match kind {
        BlockKind::Quote { blocks, .. } | BlockKind::Figure { blocks, .. } | BlockKind::Box { blocks, .. } => {
            vec![blocks]
        }
        BlockKind::List { items, .. } => items.iter().map(|item| item.blocks.as_slice()).collect(),
        BlockKind::Definitions { items } => {
            items.iter().flat_map(|item| item.definitions.iter().map(Vec::as_slice)).collect()
        }
        BlockKind::Table(table) => {
            let rows = table.head.iter().chain(&table.body).chain(&table.foot);
            rows.flat_map(|row| row.cells.iter().map(|cell| cell.blocks.as_slice())).collect()
        }
        BlockKind::Heading { .. }
        | BlockKind::Paragraph { .. }
        | BlockKind::Code { .. }
        | BlockKind::Verse { .. }
        | BlockKind::Math { .. }
        | BlockKind::ThematicBreak
        | BlockKind::PageBreak
        | BlockKind::Raw { .. } => Vec::new(),
    }
}

fn child_blocks_mut(kind: &mut BlockKind) -> Vec<&mut [Block]> {
    match kind {
        BlockKind::Quote { blocks, .. } | BlockKind::Figure { blocks, .. } | BlockKind::Box { blocks, .. } => {
            vec![blocks]
        }
        BlockKind::List { items, .. } => items.iter_mut().map(|item| item.blocks.as_mut_slice()).collect(),
        BlockKind::Definitions { items } => {
            items.iter_mut().flat_map(|item| item.definitions.iter_mut().map(Vec::as_mut_slice)).collect()
        }
        BlockKind::Table(table) => {
            let rows = table.head.iter_mut().chain(&mut table.body).chain(&mut table.foot);
            rows.flat_map(|row| row.cells.iter_mut().map(|cell| cell.blocks.as_mut_slice())).collect()
        }
        BlockKind::Heading { .. }
        | BlockKind::Paragraph { .. }
        | BlockKind::Code { .. }
        | BlockKind::Verse { .. }
        | BlockKind::Math { .. }
        | BlockKind::ThematicBreak
        | BlockKind::PageBreak
        | BlockKind::Raw { .. } => Vec::new(),
    }
}
