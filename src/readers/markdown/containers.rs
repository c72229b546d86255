//! What marks a block, or a run of blocks, by paragraphs and comments of its own: fenced divisions `::: {.aside}` … `:::`,
//! anchors `[]{#id}` before a block, page breaks, and who said a quotation.

use super::attributes;
use super::spans::ESCAPED;
use crate::addresses::link_addresses;
use crate::document::{Attributes, Block, BlockKind, BoxRole, Inline, Span, plain_text};

/// Divisions open at a time; deeper ones stay text.
const MAX_OPEN: usize = 16;

/// Whether the content of a paragraph may be a mark of [`settle`].
pub fn may_mark(content: &[Inline]) -> bool {
    match content {
        [Inline::Text(text)] => text.starts_with([':', '\\']),
        [Inline::Span(span)] => span.attributes.id.is_some(),
        _ => false,
    }
}

/// Keep a paragraph that begins with a backslash from being a mark, until [`settle`] has seen it.
pub fn keep_as_text(content: &mut [Inline]) {
    if let Some(Inline::Text(text)) = content.first_mut() {
        text.insert(0, ESCAPED);
    }
}

/// Take off the ideographic spaces that a paragraph is indented by: they are layout.
pub fn take_indent(content: &mut Vec<Inline>) {
    if let Some(Inline::Text(text)) = content.first_mut()
        && text.starts_with('\u{3000}')
    {
        text.drain(..text.len() - text.trim_start_matches(['\u{3000}', ' ']).len());
        if text.is_empty() {
            content.remove(0);
        }
    }
}

/// A paragraph; a figure where it is a picture alone whose title is its caption.
pub fn with_caption(mut content: Vec<Inline>) -> Block {
    let caption = match content.as_mut_slice() {
        [Inline::Image(image)] => image.title.take(),
        _ => None,
    };
    match caption {
        Some(caption) => {
            let mut caption = vec![Inline::Text(caption)];
            link_addresses(&mut caption, true);
            BlockKind::Figure { blocks: vec![Block::paragraph(content)], caption: caption.into() }.into()
        }
        None => Block::paragraph(content),
    }
}

/// The blocks of one list with its divisions closed, its anchors given to the blocks behind them, and its page breaks.
pub fn settle(blocks: Vec<Block>) -> Vec<Block> {
    let mut settled: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut open: Vec<(usize, Attributes)> = Vec::new();
    let mut anchor: Option<(Block, String)> = None;
    let mut blocks = blocks.into_iter().peekable();
    while let Some(mut block) = blocks.next() {
        if is_empty_comment(&block) && settled.last().is_some_and(is_list) && blocks.peek().is_some_and(is_list) {
            // It stands there only to part them.
            continue;
        }
        if let BlockKind::Paragraph { content, .. } = &mut block.kind
            && let Some(Inline::Text(text)) = content.first_mut()
            && text.starts_with(ESCAPED)
        {
            text.remove(0);
            settled.extend(anchor.take().map(|(paragraph, _)| paragraph));
            settled.push(block);
            continue;
        }
        let fence = fence(&block);
        if fence.is_none() && anchor.is_none() && is_anchor(&block) {
            anchor = take_anchor(block);
            continue;
        }
        if let Some((paragraph, id)) = anchor.take() {
            // An anchor before nothing, or before what has one, stays a paragraph.
            if fence.is_some() || block.attributes.id.is_some() {
                settled.push(paragraph);
            } else {
                block.attributes.id = Some(id);
            }
        }
        match fence {
            Some(Fence::Start(attributes)) if open.len() < MAX_OPEN => {
                open.push((settled.len(), attributes));
                settled.push(block);
            }
            Some(Fence::End) if !open.is_empty() => {
                if let Some((start, attributes)) = open.pop() {
                    let content = settled.split_off(start + 1);
                    let origin = settled.pop().and_then(|fence| fence.origin);
                    settled.push(Block { origin, ..division(attributes, content) });
                }
            }
            _ => settled.push(page_break(block)),
        }
    }
    settled.extend(anchor.map(|(paragraph, _)| paragraph));
    settled
}

fn is_list(block: &Block) -> bool {
    matches!(block.kind, BlockKind::List { .. })
}

fn is_empty_comment(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Raw { format, text } if &**format == "html" && text.trim() == "<!-- -->")
}

/// A line of colons.
enum Fence {
    Start(Attributes),
    End,
}

/// The one text a paragraph consists of.
fn only_text(block: &Block) -> Option<&str> {
    match &block.kind {
        BlockKind::Paragraph { content, .. } => match content.as_slice() {
            [Inline::Text(text)] => Some(text),
            _ => None,
        },
        _ => None,
    }
}

fn fence(block: &Block) -> Option<Fence> {
    let text = only_text(block)?.strip_prefix(":::")?.trim_start_matches(':');
    let text = text.trim();
    if text.is_empty() {
        return Some(Fence::End);
    }
    let text = text.trim_end_matches(':').trim_end();
    if let Some((attributes, length)) = attributes::parse(text) {
        return (length == text.len()).then_some(Fence::Start(attributes));
    }
    let is_class = text.chars().all(|one| one.is_alphanumeric() || matches!(one, '-' | '_'));
    is_class.then(|| Fence::Start(Attributes { classes: vec![text.to_owned()], ..Attributes::default() }))
}

/// Whether a paragraph is an anchor alone: `[]{#id}` or `<a id="…"></a>`, which read as an empty span.
fn is_anchor(block: &Block) -> bool {
    let BlockKind::Paragraph { content, .. } = &block.kind else { return false };
    match content.as_slice() {
        [Inline::Span(Span { attributes, content })] => {
            attributes.id.is_some() && attributes.is_id_alone() && content.is_empty()
        }
        _ => false,
    }
}

fn take_anchor(block: Block) -> Option<(Block, String)> {
    let BlockKind::Paragraph { content, .. } = &block.kind else { return None };
    match content.as_slice() {
        [Inline::Span(span)] => span.attributes.id.clone().map(|id| (block, id)),
        _ => None,
    }
}

/// What the first class of a division says it is.
pub const ROLES: &[(&str, BoxRole)] = &[
    ("aside", BoxRole::Aside),
    ("abstract", BoxRole::Abstract),
    ("editor-note", BoxRole::EditorNote),
    ("note", BoxRole::Note),
    ("tip", BoxRole::Tip),
    ("important", BoxRole::Important),
    ("warning", BoxRole::Warning),
    ("caution", BoxRole::Caution),
    ("details", BoxRole::Details),
    ("epigraph", BoxRole::Epigraph),
    ("dedication", BoxRole::Dedication),
    ("division", BoxRole::Division),
];

fn division(mut attributes: Attributes, mut blocks: Vec<Block>) -> Block {
    let classes = &mut attributes.classes;
    if classes.first().is_some_and(|class| class == "figure") {
        classes.remove(0);
        let caption = take_part(&mut blocks, "caption").unwrap_or_default();
        let kind = BlockKind::Figure { blocks, caption: caption.into() };
        return Block::from(kind).with_attributes(attributes);
    }
    let role = classes.first().and_then(|class| ROLES.iter().find(|(name, _)| name == class)).map(|(_, role)| *role);
    if role.is_some() {
        classes.remove(0);
    }
    let title = match attributes.pairs.remove("title") {
        Some(title) => vec![Inline::Text(title)],
        None => take_part(&mut blocks, "title").unwrap_or_default(),
    };
    let kind = BlockKind::Box { role: role.unwrap_or(BoxRole::Division), title: title.into(), blocks };
    Block::from(kind).with_attributes(attributes)
}

/// The words of the first or last division of a class that holds one paragraph, taken out of the blocks.
fn take_part(blocks: &mut Vec<Block>, class: &str) -> Option<Vec<Inline>> {
    let index = if class == "title" { 0 } else { blocks.len().checked_sub(1)? };
    let part = blocks.get_mut(index)?;
    let BlockKind::Box { role: BoxRole::Division, title, blocks: inner } = &mut part.kind else { return None };
    if !title.is_empty() || part.attributes.classes.as_slice() != [class] {
        return None;
    }
    let content = match inner.as_mut_slice() {
        [only] => words_of(&mut only.kind)?,
        _ => return None,
    };
    blocks.remove(index);
    Some(content)
}

/// A page break in any of its usual notations: `\newpage`, `<!-- pagebreak -->`, a `<div>` with a style.
fn page_break(mut block: Block) -> Block {
    let is_break = match &block.kind {
        BlockKind::Raw { format, text } if &**format == "html" => {
            let text = text.trim().to_ascii_lowercase();
            let comment = text.strip_prefix("<!--").and_then(|text| text.strip_suffix("-->")).map(str::trim);
            let is_empty_division =
                text.starts_with("<div ") && text.ends_with("></div>") && text.matches('<').count() == 2;
            matches!(comment, Some("pagebreak" | "page-break" | "page break" | "newpage"))
                || is_empty_division && (text.contains("page-break-after") || text.contains("break-after: page"))
        }
        _ => matches!(only_text(&block), Some("\\newpage" | "\\pagebreak" | "\\clearpage")),
    };
    if is_break {
        block.kind = BlockKind::PageBreak;
    }
    block
}

/// Dashes that announce who said what was quoted.
const DASHES: [&str; 3] = ["——", "― ", "— "];

/// Characters in which a name and its work may be given.
const LONGEST_ATTRIBUTION: usize = 60;

/// Take the last paragraph of a quotation that names who said it.
pub fn take_attribution(blocks: &mut Vec<Block>) -> Vec<Inline> {
    if blocks.len() < 2 {
        return Vec::new();
    }
    let Some(Block { kind: BlockKind::Paragraph { content, .. }, .. }) = blocks.last_mut() else { return Vec::new() };
    let Some(Inline::Text(first)) = content.first() else { return Vec::new() };
    let Some(name) = DASHES.iter().find_map(|dash| first.strip_prefix(dash)) else { return Vec::new() };
    let name = name.trim_start_matches([' ', '—', '\u{3000}']).to_owned();
    let said = plain_text(content);
    let goes_on = said.chars().count() > LONGEST_ATTRIBUTION
        || said.ends_with(['。', '！', '？', '”', '」'])
        || content.contains(&Inline::LineBreak);
    if goes_on || name.is_empty() && content.len() == 1 {
        return Vec::new();
    }
    let mut attribution = std::mem::take(content);
    if name.is_empty() {
        attribution.remove(0);
    } else {
        attribution[0] = Inline::Text(name);
    }
    blocks.pop();
    attribution
}

/// The words of a block that is a paragraph, or was one before the title of its picture became a caption.
fn words_of(kind: &mut BlockKind) -> Option<Vec<Inline>> {
    match kind {
        BlockKind::Paragraph { content, .. } => Some(std::mem::take(content)),
        BlockKind::Figure { blocks, caption } => match blocks.as_mut_slice() {
            [only] => {
                let mut content = words_of(&mut only.kind)?;
                if let [Inline::Image(image)] = content.as_mut_slice() {
                    image.title = Some(plain_text(caption));
                }
                Some(content)
            }
            _ => None,
        },
        _ => None,
    }
}
