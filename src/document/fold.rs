//! Looking at every node of a tree, and rebuilding a tree node by node.
//!
//! ```
//! use banxin::document::{Block, Document, Fold, Inline, Visit, fold_inline, visit_inline};
//!
//! /// Counts links.
//! struct Links(usize);
//! impl<'d> Visit<'d> for Links {
//!     fn inline(&mut self, inline: &'d Inline) {
//!         self.0 += usize::from(matches!(inline, Inline::Link(_)));
//!         visit_inline(self, inline);
//!     }
//! }
//!
//! /// Underlined text becomes emphasis, and links are left out but for their words.
//! struct Plain;
//! impl Fold for Plain {
//!     fn inline(&mut self, inline: Inline, out: &mut Vec<Inline>) {
//!         match fold_inline(self, inline) {
//!             Inline::Underline(content) => out.push(Inline::Emphasis(content)),
//!             Inline::Link(link) => out.extend(link.content),
//!             other => out.push(other),
//!         }
//!     }
//! }
//!
//! let link = banxin::document::Link { target: "#a".into(), title: None, content: vec![Inline::text("山")] };
//! let blocks = vec![Block::paragraph(vec![Inline::Underline(vec![link.into()])])];
//! let mut document = Document { blocks, ..Document::default() };
//! let mut links = Links(0);
//! links.document(&document);
//! assert_eq!(links.0, 1);
//! Plain.document(&mut document);
//! assert_eq!(document.blocks, [Block::paragraph(vec![Inline::Emphasis(vec![Inline::text("山")])])]);
//! ```

use super::walk::{each_child_list, each_child_list_mut, each_line, each_line_mut};
use super::{Block, Document, Inline};

/// Looks at the nodes of a tree in document order. A method that is overridden calls [`visit_block`] or [`visit_inline`]
/// where what is within the node is to be seen too.
pub trait Visit<'d> {
    /// The blocks of a document, then its notes in the order of their names.
    fn document(&mut self, document: &'d Document) {
        document.blocks.iter().for_each(|block| self.block(block));
        document.notes.values().flatten().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &'d Block) {
        visit_block(self, block);
    }

    fn inline(&mut self, inline: &'d Inline) {
        visit_inline(self, inline);
    }
}

/// Visit what is within a block: its own lines, then the blocks in it.
pub fn visit_block<'d, V: Visit<'d> + ?Sized>(visitor: &mut V, block: &'d Block) {
    each_line(&block.kind, &mut |line| line.iter().for_each(|inline| visitor.inline(inline)));
    each_child_list(&block.kind, &mut |blocks| blocks.iter().for_each(|block| visitor.block(block)));
}

/// Visit what is within an inline.
pub fn visit_inline<'d, V: Visit<'d> + ?Sized>(visitor: &mut V, inline: &'d Inline) {
    inline.children().iter().for_each(|inline| visitor.inline(inline));
}

/// Rebuilds a tree. Each method takes one node and gives any number in its place; one that is overridden calls
/// [`fold_block`] or [`fold_inline`] where what is within the node is to be rebuilt too.
pub trait Fold {
    /// The blocks of a document, then its notes.
    fn document(&mut self, document: &mut Document) {
        fold_blocks(self, &mut document.blocks);
        document.notes.values_mut().for_each(|blocks| fold_blocks(self, blocks));
    }

    fn block(&mut self, block: Block, out: &mut Vec<Block>) {
        out.push(fold_block(self, block));
    }

    fn inline(&mut self, inline: Inline, out: &mut Vec<Inline>) {
        out.push(fold_inline(self, inline));
    }
}

/// Rebuild a list of blocks.
pub fn fold_blocks<F: Fold + ?Sized>(folder: &mut F, blocks: &mut Vec<Block>) {
    let mut out = Vec::with_capacity(blocks.len());
    std::mem::take(blocks).into_iter().for_each(|block| folder.block(block, &mut out));
    *blocks = out;
}

/// Rebuild a list of inlines.
pub fn fold_inlines<F: Fold + ?Sized>(folder: &mut F, inlines: &mut Vec<Inline>) {
    let mut out = Vec::with_capacity(inlines.len());
    std::mem::take(inlines).into_iter().for_each(|inline| folder.inline(inline, &mut out));
    *inlines = out;
}

/// Rebuild what is within a block.
pub fn fold_block<F: Fold + ?Sized>(folder: &mut F, mut block: Block) -> Block {
    each_line_mut(&mut block.kind, &mut |line| fold_inlines(folder, line));
    each_child_list_mut(&mut block.kind, &mut |blocks| fold_blocks(folder, blocks));
    block
}

/// Rebuild what is within an inline.
pub fn fold_inline<F: Fold + ?Sized>(folder: &mut F, mut inline: Inline) -> Inline {
    if let Some(children) = inline.children_mut() {
        fold_inlines(folder, children);
    }
    inline
}
