//! A record of what of a page is not in the article, bounded.

use super::convert::is_hidden;
use super::main_content::MainContent;
use super::metadata::one_line;
use super::tree::{NodeId, Tree};
use crate::document::{Block, Origin, SetAside, plain_text, walk_inlines};

/// Pieces recorded, and characters of each.
const MOST_PIECES: usize = 100;
const MOST_CHARACTERS: usize = 200;

/// What is outside the article's element and what was cut out of it.
pub fn of(tree: &Tree, body: NodeId, found: &MainContent) -> Vec<SetAside> {
    let mut pieces = Vec::new();
    let path: Vec<NodeId> =
        std::iter::once(found.top).chain(tree.ancestors(found.top)).take_while(|id| *id != body).collect();
    for holder in path.iter().rev().filter_map(|id| tree.parent(*id)) {
        for child in tree.children(holder).filter(|child| !path.contains(child)) {
            push(&mut pieces, tree, child, "outside the article");
        }
    }
    for (id, reason) in &found.left_out {
        push(&mut pieces, tree, *id, reason);
    }
    pieces
}

/// Record a block that was taken out after all.
pub fn push_block(pieces: &mut Vec<SetAside>, block: &Block, reason: &str) {
    let mut text = String::new();
    walk_inlines(std::slice::from_ref(block), &mut |inlines| {
        text.push_str(&plain_text(inlines));
        text.push(' ');
    });
    let text: String = one_line(&text).chars().take(MOST_CHARACTERS).collect();
    if !text.is_empty() && pieces.len() < MOST_PIECES {
        pieces.push(SetAside { text, reason: reason.to_owned(), origin: block.origin });
    }
}

fn push(pieces: &mut Vec<SetAside>, tree: &Tree, id: NodeId, reason: &str) {
    if pieces.len() >= MOST_PIECES {
        return;
    }
    let text = shown(tree, id);
    if !text.is_empty() {
        let origin: Option<Origin> = None;
        pieces.push(SetAside { text, reason: reason.to_owned(), origin });
    }
}

/// The first shown characters below a node, on one line.
fn shown(tree: &Tree, top: NodeId) -> String {
    let mut text = String::new();
    let mut next = Some(top);
    while let Some(id) = next {
        if tree.is_element(id) && is_hidden(tree, id) {
            next = tree.following_skipping(id, top);
            continue;
        }
        if let Some(part) = tree.text(id) {
            text.push_str(part.trim());
            text.push(' ');
            if text.len() > 6 * MOST_CHARACTERS {
                break;
            }
        }
        next = tree.children(id).next().or_else(|| tree.following_skipping(id, top));
    }
    one_line(&text).chars().take(MOST_CHARACTERS).collect()
}
