//! Blocks of raw HTML that have a meaning become part of the document, together with the Markdown that stands between
//! their tags: `<details>`, some paragraphs, `</details>`.
//!
//! The tags go through the HTML reader with a placeholder for each block of Markdown, which is put back afterwards. What
//! is not made of known elements only, or is not closed in its list of blocks, stays raw.

use std::collections::VecDeque;

use super::tags;
use crate::document::{Block, BlockKind, Fold, Origin, Visit, fold_block, fold_blocks, visit_block};
use crate::options::ReadOptions;
use crate::readers::html::read_fragment;

/// Elements of an article. `<p>`, `<li>` and others whose end may be left out are in [`OPTIONAL_ENDS`].
const KNOWN: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "caption",
    "center",
    "cite",
    "code",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "i",
    "ins",
    "kbd",
    "main",
    "mark",
    "ol",
    "picture",
    "pre",
    "q",
    "rb",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "time",
    "tt",
    "u",
    "ul",
    "var",
];

const OPTIONAL_ENDS: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "col", "img", "br", "hr", "wbr",
    "source",
];

/// How often an element that is never closed is passed over in one list of blocks, to look for others behind it.
const UNCLOSED: usize = 8;

/// Elements open at a time; deeper ones stay raw.
const MAX_OPEN: usize = 48;

/// The blocks with their raw HTML as nodes where it has a meaning.
pub fn settle(blocks: Vec<Block>, options: &ReadOptions) -> Vec<Block> {
    let mut settled = Vec::with_capacity(blocks.len());
    let mut rest = VecDeque::from(blocks);
    let mut unclosed = 0;
    while let Some(first) = rest.front() {
        let begins = unclosed < UNCLOSED && html(first).is_some_and(begins_element);
        match begins.then(|| group(&rest)).flatten() {
            Some(parts) => {
                let blocks = rest.drain(..parts.len()).zip(parts).collect();
                settled.extend(converted(blocks, options));
            }
            None => {
                unclosed += usize::from(begins);
                settled.extend(rest.pop_front());
            }
        }
    }
    settled
}

fn html(block: &Block) -> Option<&str> {
    match &block.kind {
        BlockKind::Raw { format, text } if &**format == "html" => Some(text),
        _ => None,
    }
}

fn begins_element(text: &str) -> bool {
    tags::parse(text.trim_start()).is_some_and(|tag| !tag.is_end)
}

/// What a block of a group is to it.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// Tags and text of the group itself.
    Html,
    /// Something that stands between its tags.
    Slot,
}

/// The blocks from the first one until all that it opens is closed.
fn group(blocks: &VecDeque<Block>) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for block in blocks {
        let after = html(block).and_then(|text| followed(text, &open));
        parts.push(if after.is_some() { Part::Html } else { Part::Slot });
        open = after.unwrap_or(open);
        if parts[0] == Part::Slot || open.len() > MAX_OPEN {
            return None;
        }
        if open.is_empty() {
            return Some(parts);
        }
    }
    None
}

/// The elements open behind a text, by those open before it. `None` where it has other tags than those of known elements.
fn followed(text: &str, open: &[String]) -> Option<Vec<String>> {
    let mut open = open.to_vec();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = &comment[comment.find("-->")? + 3..];
            continue;
        }
        let Some(tag) = tags::parse(rest) else {
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.length..];
        if OPTIONAL_ENDS.contains(&tag.name.as_str()) {
            continue;
        }
        if !KNOWN.contains(&tag.name.as_str()) {
            return None;
        }
        if tag.is_end {
            let start = open.iter().rposition(|name| *name == tag.name)?;
            open.truncate(start);
        } else {
            open.push(tag.name);
        }
    }
    Some(open)
}

/// A group as nodes; as it was where that would lose something.
fn converted(group: Vec<(Block, Part)>, options: &ReadOptions) -> Vec<Block> {
    let mut markup = String::new();
    let mut slots = 0;
    for (block, part) in &group {
        match html(block).filter(|_| *part == Part::Html) {
            Some(text) => markup.push_str(text),
            None => {
                markup.push_str(&format!("<pre>{PLACEHOLDER}{slots}</pre>"));
                slots += 1;
            }
        }
        markup.push('\n');
    }
    let mut nodes = read_fragment(&markup, options);
    let mut seen = Seen::default();
    nodes.blocks.iter().for_each(|block| seen.block(block));
    if nodes.blocks.is_empty() || !nodes.notes.is_empty() || !seen.0.iter().copied().eq(0..slots) {
        return group.into_iter().map(|(block, _)| block).collect();
    }
    let origin = group.first().and_then(|(block, _)| block.origin);
    let slots = group.into_iter().filter(|(_, part)| *part == Part::Slot).map(|(block, _)| Some(block)).collect();
    fold_blocks(&mut Filling { slots, origin }, &mut nodes.blocks);
    nodes.blocks
}

/// Begins the text of a placeholder; its number follows. No source is likely to have it, and one that has stays raw.
const PLACEHOLDER: &str = "\u{F8FF}banxin\u{F8FF}";

fn slot_number(block: &Block) -> Option<usize> {
    match &block.kind {
        BlockKind::Code { text, .. } => text.trim().strip_prefix(PLACEHOLDER)?.parse().ok(),
        _ => None,
    }
}

/// Placeholders in the order they are met.
#[derive(Default)]
struct Seen(Vec<usize>);

impl<'d> Visit<'d> for Seen {
    fn block(&mut self, block: &'d Block) {
        self.0.extend(slot_number(block));
        visit_block(self, block);
    }
}

/// Puts the blocks back in place of their placeholders.
struct Filling {
    slots: Vec<Option<Block>>,
    origin: Option<Origin>,
}

impl Fold for Filling {
    fn block(&mut self, block: Block, out: &mut Vec<Block>) {
        let slot = slot_number(&block).and_then(|number| self.slots.get_mut(number)?.take());
        let origin = self.origin;
        out.push(slot.unwrap_or_else(|| Block { origin, ..fold_block(self, block) }));
    }
}
