//! Brings a document to what Markdown can say, where the model has several forms and Markdown one: verse is paragraphs of
//! broken lines, a division that says nothing is what stands in it, a picture alone without a caption is a paragraph, an
//! address in text is a link.

use std::borrow::Cow;

use super::dialect::Dialect;
use crate::addresses::{has_addresses, link_addresses};
use crate::document::{
    Block, BlockKind, BoxRole, Document, Fold, Inline, Span, fold_block, walk_blocks, walk_inlines, walk_inlines_mut,
};

/// The document in those forms; itself where nothing is to be done.
pub fn plain<'d>(document: &'d Document, dialect: &Dialect) -> Cow<'d, Document> {
    let links = dialect.links_addresses;
    let mut is_plain = true;
    let mut see = |block: &Block| {
        is_plain &= !(is_rewritten(block) || says_nothing(block) || dialect.attributes && is_titled_picture(block));
    };
    walk_blocks(&document.blocks, &mut see);
    document.notes.values().for_each(|blocks| walk_blocks(blocks, &mut see));
    let mut see = |line: &[Inline]| is_plain &= !(is_loose(line) || links && has_addresses(line));
    walk_inlines(&document.blocks, &mut see);
    document.notes.values().for_each(|blocks| walk_inlines(blocks, &mut see));
    if is_plain {
        return Cow::Borrowed(document);
    }
    let mut rewritten =
        Document { blocks: document.blocks.clone(), notes: document.notes.clone(), ..head_of(document) };
    Plain { has_captions: dialect.attributes }.document(&mut rewritten);
    let mut join = |line: &mut Vec<Inline>| {
        *line = joined(std::mem::take(line));
        if links {
            // They end where CJK text goes on, but for GitHub.
            link_addresses(line, dialect.attributes);
        }
    };
    walk_inlines_mut(&mut rewritten.blocks, &mut join);
    rewritten.notes.values_mut().for_each(|blocks| walk_inlines_mut(blocks, &mut join));
    Cow::Owned(rewritten)
}

/// All but blocks and notes.
fn head_of(document: &Document) -> Document {
    Document {
        banxin: document.banxin,
        metadata: document.metadata.clone(),
        blocks: Vec::new(),
        notes: Default::default(),
        resources: document.resources.clone(),
        provenance: document.provenance.clone(),
    }
}

struct Plain {
    /// The title of a picture alone is its caption.
    has_captions: bool,
}

impl Fold for Plain {
    fn block(&mut self, block: Block, out: &mut Vec<Block>) {
        // A figure is no line of a cell.
        let had_captions = self.has_captions;
        self.has_captions &= !matches!(block.kind, BlockKind::Table(_));
        let block = fold_block(self, block);
        self.has_captions = had_captions;
        if says_nothing(&block) {
            return;
        }
        if self.has_captions && is_titled_picture(&block) {
            return out.push(captioned(block));
        }
        if !is_rewritten(&block) {
            return out.push(block);
        }
        match block.kind {
            BlockKind::Verse { lines } => out.extend(stanzas(&lines)),
            BlockKind::Box { blocks, .. } | BlockKind::Figure { blocks, .. } => out.extend(blocks),
            _ => {}
        }
    }
}

/// Whether [`joined`] has something to do.
fn is_loose(inlines: &[Inline]) -> bool {
    let is_text = |inline: &Inline| matches!(inline, Inline::Text(_));
    inlines.windows(2).any(|pair| pair.iter().all(is_text))
        || inlines.iter().any(|inline| is_bare_span(inline) || is_loose(inline.children()))
}

fn is_bare_span(inline: &Inline) -> bool {
    matches!(inline, Inline::Span(span) if span.attributes.is_empty())
}

/// Inlines with texts side by side as one, also those of spans that say nothing.
fn joined(inlines: Vec<Inline>) -> Vec<Inline> {
    fn push(out: &mut Vec<Inline>, mut inline: Inline) {
        if let Some(children) = inline.children_mut() {
            *children = joined(std::mem::take(children));
        }
        match (out.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, Inline::Span(Span { attributes, content })) if attributes.is_empty() => {
                content.into_iter().for_each(|inline| push(out, inline));
            }
            (_, inline) => out.push(inline),
        }
    }
    let mut out = Vec::with_capacity(inlines.len());
    inlines.into_iter().for_each(|inline| push(&mut out, inline));
    out
}

fn says_nothing(block: &Block) -> bool {
    let is_break = |inline: &Inline| match inline {
        Inline::LineBreak => true,
        Inline::Text(text) => text.trim_matches([' ', '\t', '\u{3000}']).is_empty(),
        _ => false,
    };
    matches!(&block.kind, BlockKind::Paragraph { content, .. } if content.iter().all(is_break))
}

fn is_titled_picture(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Paragraph { content, .. } => {
            matches!(content.as_slice(), [Inline::Image(image)] if image.title.is_some())
        }
        _ => false,
    }
}

/// A paragraph of one picture as a figure, its title below it.
fn captioned(mut block: Block) -> Block {
    let BlockKind::Paragraph { content, .. } = &mut block.kind else { return block };
    let title = match content.first_mut() {
        Some(Inline::Image(image)) => image.title.take(),
        _ => None,
    };
    let picture = Block::paragraph(std::mem::take(content));
    let caption: Vec<Inline> = title.into_iter().map(Inline::Text).collect();
    Block { kind: BlockKind::Figure { blocks: vec![picture], caption: caption.into() }, ..block }
}

fn is_rewritten(block: &Block) -> bool {
    let is_bare = block.attributes.is_empty();
    match &block.kind {
        BlockKind::Verse { .. } => true,
        BlockKind::Box { role: BoxRole::Division, title, .. } => is_bare && title.is_empty(),
        BlockKind::Figure { blocks, caption } => is_bare && caption.is_empty() && is_picture(blocks),
        _ => false,
    }
}

fn is_picture(blocks: &[Block]) -> bool {
    match blocks {
        [Block { kind: BlockKind::Paragraph { content, .. }, .. }] => {
            matches!(content.as_slice(), [Inline::Image(image)] if image.title.is_none())
        }
        _ => false,
    }
}

/// A paragraph a stanza, its lines broken by hand.
fn stanzas(lines: &[Vec<Inline>]) -> impl Iterator<Item = Block> {
    let stanzas = lines.split(|line| line.is_empty()).filter(|stanza| !stanza.is_empty());
    stanzas.map(|stanza| Block::paragraph(stanza.join(&Inline::LineBreak)))
}
