//! The heading tree: spine, nav, landmarks and bookmarks all derive from it.

use super::{Block, BlockKind, Level, plain_text};

/// Headings nested by their levels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    pub entries: Vec<OutlineEntry>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OutlineEntry {
    pub title: String,
    pub level: Level,
    /// Anchor of the heading; every heading has one after the transforms.
    pub id: Option<String>,
    /// Index of the heading among the document's top-level blocks.
    pub block: usize,
    pub children: Vec<OutlineEntry>,
}

impl Outline {
    /// The outline of top-level blocks; a heading inside a quotation or a box belongs to that, not to the article.
    pub fn of(blocks: &[Block]) -> Outline {
        let headings = blocks.iter().enumerate().filter_map(|(index, block)| match &block.kind {
            BlockKind::Heading { level, content } => Some(OutlineEntry {
                title: plain_text(content).replace('\n', " "),
                level: *level,
                id: block.attributes.id.clone(),
                block: index,
                children: Vec::new(),
            }),
            _ => None,
        });
        let mut entries: Vec<OutlineEntry> = Vec::new();
        for heading in headings {
            place(&mut entries, heading);
        }
        Outline { entries }
    }
}

/// Put a heading under the last one that outranks it.
fn place(entries: &mut Vec<OutlineEntry>, heading: OutlineEntry) {
    match entries.last_mut() {
        Some(last) if last.level < heading.level => place(&mut last.children, heading),
        _ => entries.push(heading),
    }
}

/// The anchor a heading gets from its words when the source gives none: letters and digits of any script kept, the rest
/// as hyphens. A writer need not repeat such an anchor.
pub fn anchor_of_words(words: &str) -> String {
    let mut slug = String::new();
    for character in words.trim().chars().take(64) {
        if character.is_alphanumeric() || character == '_' {
            slug.extend(character.to_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "section".to_owned() } else { slug.to_owned() }
}
